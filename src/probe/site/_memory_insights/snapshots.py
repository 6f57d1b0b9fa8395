"""When to take a snapshot of traced memory between marks."""

from _memory_insights import traced
from _memory_insights.clock import monotonic


class Snapshots:
    """Takes snapshots near each new peak, and now and then, so that a program that is killed leaves
    its lines behind; never more than a share of the time. `lines` holds what they tell."""

    _SHARE = 0.05
    _GROWTH = 1.2
    _LEAST_GROWTH_BYTES = 1 << 20
    _INTERVAL_MS = 2000.0

    def __init__(self, sorter, frames, earlier=None):
        """Starts tracing. `earlier` are the snapshots of the process this one was forked from."""
        was_tracing = traced.is_tracing()
        traced.start(frames)
        self.lines = traced.TracedLines(sorter)
        self._last = 0.0
        self._next_allowed = 0.0
        self._peak = 0
        self._seconds_per_byte = 0.0
        if earlier is not None:
            self.lines.go_on_from(earlier.lines)
        elif was_tracing:
            self.lines.take_first()

    def take_if_due(self, now):
        """Takes a snapshot when one is due and the budget allows it; `now` in milliseconds."""
        if now < self._next_allowed:
            return
        size = traced.traced_memory()[0] or 0
        is_peak = size >= max(self._peak * self._GROWTH, self._peak + self._LEAST_GROWTH_BYTES)
        if is_peak or now - self._last >= self._INTERVAL_MS:
            self.take(now)

    def take_last(self, now, deadline):
        """Takes a snapshot at exit; False when it would hold the exit up beyond `deadline`."""
        size = traced.traced_memory()[0] or 0
        if monotonic() + self._seconds_per_byte * size > deadline:
            return False
        self.take(now)
        return True

    def take(self, now):
        """Takes a snapshot now."""
        started = monotonic()
        self.lines.take()
        size = traced.traced_memory()[0] or 0
        seconds = monotonic() - started
        self._peak = max(self._peak, size)
        self._last = now
        self._seconds_per_byte = seconds / max(size, 1)
        self._next_allowed = now + seconds * 1000 / self._SHARE
