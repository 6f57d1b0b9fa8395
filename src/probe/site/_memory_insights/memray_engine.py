"""memray as the engine: it counts every allocation, those of native libraries too.

Only where the host asks for it, and the program's Python has it. memray writes a file for each process,
which the host reads after the end; a forked child's is named as one that it had begun itself.
"""

import os

from _memory_insights import settings

_FAILED = "memray could not start (%s: %s); allocations are traced by Python instead."


class Tracking:
    """Tracking of this process by memray; `end` ends it, in this process only."""

    def __init__(self, tracker):
        self._tracker = tracker
        self._pid = os.getpid()

    def end(self):
        """Ends tracking; what is allocated from here on is not counted."""
        tracker, self._tracker = self._tracker, None
        if tracker is not None and os.getpid() == self._pid:
            tracker.__exit__(None, None, None)


def start(wanted):
    """Starts tracking where that is wanted, and returns it; None where it is not, or where Python has
    to trace instead: `wanted` is changed to say so."""
    if not wanted.memray_file:
        return None
    try:
        import memray

        # What was forked and then became another program has begun a file that nobody goes on with.
        path = "%s.%d" % (wanted.memray_file, os.getpid())
        tracker = memray.Tracker(
            destination=memray.FileDestination(path, overwrite=True),
            native_traces=False,
            follow_fork=True,
            trace_python_allocators=True,
        )
        tracker.__enter__()
        return Tracking(tracker)
    except Exception as error:
        wanted.level = settings.ALLOCATIONS
        wanted.problem = _FAILED % (type(error).__name__, error)
        return None
