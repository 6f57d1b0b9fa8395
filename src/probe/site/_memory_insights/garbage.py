"""Runs of the garbage collector, each with its pause."""

import gc
from _collections import deque

from _memory_insights.clock import perf_counter
from _memory_insights.unseen import unseen

_MAX_WAITING = 4096
_MAX_ROWS = 40
# Timing one collection costs some microseconds; programs that collect more often are left alone.
_MAX_RUNS_A_SECOND = 4000
_RETRY_MS = 5000.0


class Collections:
    """Notes collections by `gc.callbacks`; the notes are read on the probe's thread."""

    def __init__(self, origin):
        """`origin` is the reading of `perf_counter` at time 0 of the run."""
        self._origin = origin
        self._runs = deque(maxlen=_MAX_WAITING)
        self._next_event = []
        self._callback = _make_callback(self._runs, self._next_event)
        self._is_listening = False
        self._resume_at = 0.0
        self._last_read = 0.0
        self.was_too_often = False

    def start(self):
        """Begins to listen."""
        gc.callbacks.append(self._callback)
        self._is_listening = True

    def on_next_run(self, work):
        """Calls `work()` on the program's thread after its next collection; once."""
        self._next_event[:] = [work]

    def stop(self):
        """Stops listening; harmless when the program has cleared the callbacks."""
        self._is_listening = False
        if self._callback in gc.callbacks:
            gc.callbacks.remove(self._callback)

    def take(self, now):
        """Returns `collections` rows since the last call. Many short runs of one generation that
        lie close together are one row, with the sums of their figures."""
        runs = []
        while self._runs:
            runs.append(self._runs.popleft())
        self._adapt(len(runs), now)
        rows = [self._row(*run) for run in runs]
        return rows if len(rows) <= _MAX_ROWS else _merge(rows)

    def _adapt(self, count, now):
        seconds = max(0.001, (now - self._last_read) / 1000)
        self._last_read = now
        if self._is_listening and count / seconds > _MAX_RUNS_A_SECOND and count > 500:
            self.stop()
            self.was_too_often = True
            self._resume_at = now + _RETRY_MS
        elif not self._is_listening and now >= self._resume_at:
            self.start()

    def _row(self, started, ended, info):
        get = info.get
        t = (started - self._origin) * 1000
        figures = [get("generation", 0), (ended - started) * 1000]
        return [t] + figures + [get("collected", 0), get("uncollectable", 0)]


def _merge(rows):
    merged = {}
    for row in rows:
        first = merged.get(row[1])
        if first is None or row[1] == 2:
            merged[row[1] if row[1] != 2 else (2, row[0])] = row
            continue
        for column in (2, 3, 4):
            first[column] += row[column]
    return sorted(merged.values())


def _make_callback(runs, next_event):
    started = [0.0]
    append = runs.append

    def _on_collection(phase, info, clock=perf_counter):
        if phase == "start":
            started[0] = clock()
        else:
            append((started[0], clock(), info))
            if next_event:
                next_event.pop()()

    return unseen(_on_collection)
