"""Counts the places that orders go to."""

import re

SPACES = re.compile(r"\s+")
LABEL = (
    "to  {0.street:<20} {0.number:012} / {0.city:<16} / {0.country:>4}"
    "  by parcel, worth {1:>12,.2f} euro"
)

# Nothing is ever taken out again, and nearly every address comes only once.
_labels = {}


def count(orders):
    letters = {}
    for order in orders:
        letters[order.city] = letters.get(order.city, 0) + len(label(order))
    return f"{len(letters)} cities, {sum(letters.values())} letters on labels"


def label(order):
    """Returns an address the way the post office wants it."""
    key = order.number
    if key not in _labels:
        _labels[key] = SPACES.sub(" ", LABEL.format(order, order.cents / 100))
    return _labels[key]
