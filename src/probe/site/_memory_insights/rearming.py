"""When lines that have reported shall report again.

A line reports once and costs nothing from then on. But what a server keeps of each request is made
by the same line each time, in a moment that the sampler hardly ever meets. So after a rise of memory
the user's lines report anew, and the next rise is seen where it happens.
"""

from _collections import deque

from _memory_insights.clock import monotonic, thread_time

_LEAST_RISE_BYTES = 1 << 20
_MAX_CODES = 2000
# Of the time, for making lines report and for their reports, which cost about twice as much again.
_SHARE = 0.01
_REPORTS = 3
# A line that is just reporting is silent again once it has, and one that runs already reports only
# when its function is entered anew: both are met by the next look.
_TIMES = 2


class Rearming:
    """Keeps the user's code objects that have run, the newest of them."""

    def __init__(self, bring_back):
        """`bring_back(code)` makes the lines of a code object report again."""
        self._bring_back = bring_back
        self._codes = deque(maxlen=_MAX_CODES)
        self._risen = self._times = 0
        self._due = 0.0

    def add(self, code):
        """Counts a code object in that has run."""
        self._codes.append(code)

    def note_rise(self, risen):
        """Makes lines report again when memory has risen since the last time; `risen` are the bytes
        of all rises so far. To be called at each look."""
        if risen - self._risen >= _LEAST_RISE_BYTES:
            self._risen = risen
            self._times = _TIMES
        now = monotonic()
        if not self._times or now < self._due:
            return
        self._times -= 1
        started = thread_time()
        for code in tuple(self._codes):
            self._bring_back(code)
        self._due = now + _REPORTS * (thread_time() - started) / _SHARE
