"""How many objects of each type there are, from one mark to the next.

The collector knows containers and instances; texts and numbers it does not, and neither does anyone
else.
"""

from _memory_insights import headroom, objects
from _memory_insights.allowance import Allowance
from _memory_insights.clock import monotonic
from _memory_insights.type_names import type_name

# Of allocated blocks; counting takes about a quarter of a second then.
_MAX_BLOCKS = 2_000_000
_MAX_ROWS = 500
# Of the time that passes, where nobody asked for a round.
_SHARE = 0.1


class Census:
    """Counts at marks, and tells what changed."""

    def __init__(self, read_virtual):
        self._read_virtual = read_virtual
        self._before = None
        self._allowance = Allowance(_SHARE, 0.0)

    def take(self, blocks, is_round, is_traced):
        """Returns rows [type, change, count] of what changed since the last one, largest first; None
        where it was not counted. `blocks` are those that Python has allocated. While they are traced,
        tuples are left out: the probe's own figures are many of them."""
        if blocks > _MAX_BLOCKS or self._allowance.is_spent() and not is_round:
            return None
        if not headroom.is_enough(self._read_virtual):
            return None
        started = monotonic()
        counts = _named(objects.counted())
        before, self._before = self._before, counts
        self._allowance.spend(monotonic() - started)
        changes = [] if before is None else _changes(before, counts)
        return [row for row in changes if not is_traced or row[0] != "tuple"]


def _named(pairs):
    named = {}
    for kind, count in pairs:
        name = type_name(kind)
        if name is not None:
            named[name] = named.get(name, 0) + count
    return named


def _changes(before, counts):
    rows = []
    for name in before.keys() | counts.keys():
        count = counts.get(name, 0)
        change = count - before.get(name, 0)
        if change:
            rows.append([name[:200], change, count])
    rows.sort(key=lambda row: -abs(row[1]))
    return rows[:_MAX_ROWS]
