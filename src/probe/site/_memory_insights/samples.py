"""Samples of the timeline, and Python's own count of blocks."""

import sys

from _memory_insights import interpreters
from _memory_insights.clock import monotonic


class Samples:
    """Samples that wait to be sent, as columns. `highest_rss` is that of all samples ever kept."""

    def __init__(self):
        self.count = 0
        self.highest_rss = 0
        self._clear()

    def _clear(self):
        self._t, self._rss, self._traced, self._blocks = [], [], [], []

    def add(self, t, rss_bytes, traced_bytes, blocks):
        """Keeps one sample; `rss_bytes` is 0 and `traced_bytes` None where it is not known."""
        self.count += 1
        self.highest_rss = max(self.highest_rss, rss_bytes)
        self._t.append(t)
        self._rss.append(rss_bytes)
        self._traced.append(traced_bytes)
        self._blocks.append(blocks)

    def take(self):
        """Returns a `samples` message of what waits, and forgets it; None when nothing waits."""
        if not self._t:
            return None
        message = {"kind": "samples", "t": self._t, "rss": self._rss, "traced": self._traced}
        message["blocks"] = self._blocks
        self._clear()
        return message


class BlockCount:
    """Python's allocated blocks. Counting walks every arena: the longer that takes, the less often
    it is done, and with millions of objects once a second."""

    _SHARE = 0.002
    _SLOW_MS = 0.2
    _SLOW_INTERVAL_MS = 1000.0

    def __init__(self):
        self._count = 0
        self._next = self._next_exact = 0.0

    def read(self, now):
        """Returns a count that may be as old as counting takes long; `now` in milliseconds."""
        if now >= self._next:
            self.read_exact(now)
        return self._count

    def read_exact(self, now):
        """Returns the count of this moment, unless counting is slow."""
        if now >= self._next_exact and interpreters.is_alone():
            started = monotonic()
            self._count = sys.getallocatedblocks()
            milliseconds = (monotonic() - started) * 1000
            is_slow = milliseconds > self._SLOW_MS
            self._next_exact = now + (self._SLOW_INTERVAL_MS if is_slow else 0.0)
            self._next = max(self._next_exact, now + milliseconds / self._SHARE)
        return self._count
