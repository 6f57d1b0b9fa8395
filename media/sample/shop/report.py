"""Lays out the report, one row for every order."""


def lay_out(orders):
    rows = []
    for order in orders:
        rows.append(
            f"{order.number:>10} {order.street:<20} {order.city:<20} {order.country:>4}"
            f" {order.cents / 100:>14,.2f} {order.cents / 119:>14,.2f} net"
            f" {order.cents / 3:>14,.2f} monthly {order.cents / 12:>14,.2f} yearly"
            f" {order.cents / 500_000:>10.3%} of the limit {order.cents / 11_900:>14,.4f}"
        )
    # The rows are walked through once, so there was no need to hold them all.
    characters = widest = 0
    for row in rows:
        characters += len(row)
        widest = max(widest, len(row))
    return f"{characters} characters, up to {widest} in a row"


def headline(title, marks=["=", "-"]):
    """Looks like a leak, and is none: nobody ever changes this list."""
    text = ""
    for mark in marks:
        # Python lengthens a plain local string in place, so this costs nothing either.
        text += mark * len(title) + "\n"
    return title + "\n" + text
