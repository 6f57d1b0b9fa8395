"""Figures by line, bounded, with what changed since they were last sent."""

from _memory_insights.origins import OTHER_FILE

MAX_LINES = 20000
MAX_ROWS = 2000
MAX_DELTA_ROWS = 500
MAX_SNAPSHOT_ROWS = 2000
MAX_FREED_ROWS = 500


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


def freed_rows(freed):
    """Returns rows `[file, line, bytes]` of {(file, line): bytes}: the largest."""
    rows = [[key[0], key[1], size] for key, size in freed.items() if size > 0]
    rows.sort(key=lambda row: -row[2])
    return rows[:MAX_FREED_ROWS]


def turnover(freed, freed_before, came):
    """Returns rows of what came and went between two moments: `came(key, went)` are the bytes that a
    line got meanwhile, when so many of its bytes went."""
    rows = {}
    for key, size in freed.items():
        went = size - freed_before.get(key, 0)
        if went:
            rows[key] = min(went, came(key, went))
    return freed_rows(rows)


class GrownLines:
    """Bytes by (file, line), only ever growing. Beyond the bound, new lines share one entry.

    `freed` is by how much memory fell while a line ran; whose memory that was, nobody knows."""

    def __init__(self):
        self.total = 0
        self._grown = {}
        self._changed = set()
        self._at_mark = {}
        self.freed = {}
        self._freed_at_mark = {}

    def add(self, key, size):
        """Adds `size` bytes to the line `key`."""
        if key not in self._grown and len(self._grown) >= MAX_LINES:
            key = (OTHER_FILE, 0)
        self.total += size
        self._grown[key] = self._grown.get(key, 0) + size
        self._changed.add(key)

    def note_fall(self, key, size):
        """Notes that memory fell by `size` bytes while a line ran that has made it rise before."""
        if key in self._grown:
            self.freed[key] = self.freed.get(key, 0) + size

    def take_changed(self):
        """Returns `lines` rows of what changed since the last call."""
        rows = [[key[0], key[1], None, None, None, self._grown[key]] for key in self._changed]
        self._changed.clear()
        return rows

    def held(self):
        """Returns {(file, line): (bytes, None)} of what grew since the start."""
        return {key: (size, None) for key, size in self._grown.items()}

    def take_delta(self):
        """Returns `delta` rows of what grew since the last call, and rows of what came and went,
        both largest first."""
        before, grown = self._at_mark, self._grown
        came = lambda key, went: grown[key] - before.get(key, 0)
        passing = turnover(self.freed, self._freed_at_mark, came)
        rows = [
            [key[0], key[1], size - before.get(key, 0), None]
            for key, size in grown.items()
            if size != before.get(key, 0)
        ]
        self._at_mark, self._freed_at_mark = dict(grown), dict(self.freed)
        return largest(rows), passing
