"""Writes a thank-you letter for every order."""

from functools import lru_cache

LETTER = (
    "Dear customer, thank you for order {0:010}. It goes to {1} tomorrow. You paid {2:>12,.2f} "
    "euro, of which {3:>12,.2f} tax and {4:>12,.2f} postage. Your points: {5:>12,.4f} euro."
)


class Printer:
    """Prints the letters of one group of customers."""

    def __init__(self, group):
        self.group = group

    @lru_cache(maxsize=None)
    def letter(self, number, city, euro):
        # No order comes twice: the cache keeps every letter, and every printer, for nothing.
        return LETTER.format(number, city, euro, euro * 0.19, euro * 0.07, euro * 0.003)


def write_all(orders):
    printers = [Printer(group) for group in range(4)]
    length = 0
    for order in orders:
        printer = printers[order.number % 4]
        length += len(printer.letter(order.number, order.city, order.cents / 100))
    return f"{length} characters"
