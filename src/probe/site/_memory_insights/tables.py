"""Figures by line, bounded, with what changed since they were last sent."""

from _memory_insights.origins import OTHER_FILE

MAX_LINES = 20000
MAX_ROWS = 2000
MAX_DELTA_ROWS = 500
MAX_SNAPSHOT_ROWS = 2000


def batches(rows, size=MAX_ROWS):
    """Yields the rows in lists of at most `size`."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def largest(rows):
    """Returns the rows `[file, line, bytes, …]` that matter most, largest change first."""
    rows.sort(key=lambda row: -abs(row[2]))
    return rows[:MAX_DELTA_ROWS]


def snapshot_rows(held):
    """Returns rows `[file, line, bytes, blocks]` of {(file, line): (bytes, blocks)}: the largest, and
    all others together as the last."""
    rows = [[key[0], key[1], size, blocks] for key, (size, blocks) in held.items() if size]
    rows.sort(key=lambda row: -row[2])
    rest = rows[MAX_SNAPSHOT_ROWS:]
    if rest:
        blocks = None if rest[0][3] is None else sum(row[3] for row in rest)
        rows[MAX_SNAPSHOT_ROWS:] = [[OTHER_FILE, 0, sum(row[2] for row in rest), blocks]]
    return rows


class GrownLines:
    """Bytes by (file, line), only ever growing. Beyond the bound, new lines share one entry."""

    def __init__(self):
        self.total = 0
        self._grown = {}
        self._changed = set()
        self._at_mark = {}

    def add(self, key, size):
        """Adds `size` bytes to the line `key`."""
        if key not in self._grown and len(self._grown) >= MAX_LINES:
            key = (OTHER_FILE, 0)
        self.total += size
        self._grown[key] = self._grown.get(key, 0) + size
        self._changed.add(key)

    def take_changed(self):
        """Returns `lines` rows of what changed since the last call."""
        rows = [[key[0], key[1], None, None, None, self._grown[key]] for key in self._changed]
        self._changed.clear()
        return rows

    def held(self):
        """Returns {(file, line): (bytes, None)} of what grew since the start."""
        return {key: (size, None) for key, size in self._grown.items()}

    def take_delta(self):
        """Returns `delta` rows of what grew since the last call, largest first."""
        before = self._at_mark
        rows = [
            [key[0], key[1], size - before.get(key, 0), None]
            for key, size in self._grown.items()
            if size != before.get(key, 0)
        ]
        self._at_mark = dict(self._grown)
        return largest(rows)
