"""Limits of memory at which the program shall stop, and holding it there.

The host stops the program through its debugger, which takes some milliseconds. Where this Python can
call back before the next line of a function, the thread waits there until the debugger is ready.
"""

import _thread
from _collections import deque
from threading import _active

from _memory_insights import origins
from _memory_insights.attribution import frames_of_others

RSS = "rss"
TRACED = "traced"
GROWTH = "growth"
LINE = "line"
KINDS = (RSS, TRACED, GROWTH, LINE)

# A limit that was passed counts again once the figure has fallen below this share of it.
_FALLEN = 0.9
_HOLD_SECONDS = 1.0
_MAX_DEPTH = 200


class Reading:
    """What limits are held against; `lines` is {(file, line): (bytes, blocks)} or None. Until the
    program `has_begun`, it is the debugger that grows."""

    def __init__(self, now, rss, traced, lines, has_begun):
        self.now = now
        self.rss = rss
        self.traced = traced
        self.lines = lines
        self.has_begun = has_begun


class Limits:
    """The limits that the host has set: `{"id", "of", "bytes", "seconds"}` each."""

    def __init__(self, earlier=None):
        """`earlier` are those of the process that this one was forked from: what that had passed, this
        one has not passed by itself."""
        self._limits = earlier._limits if earlier else []
        self._passed = {
            limit["id"]: earlier._passed.get(limit["id"]) for limit in self._limits
        }
        self._recent = deque()
        self._seconds = earlier._seconds if earlier else 0

    @property
    def has_any(self):
        """False while there is nothing to hold a reading against."""
        return bool(self._limits)

    @property
    def wants_lines(self):
        """True when what single lines hold matters."""
        return any(limit["of"] == LINE for limit in self._limits)

    def line_bytes_left(self, lines):
        """Returns how much more some line has to hold until it passes a limit."""
        most = [limit["bytes"] for limit in self._limits if limit["of"] == LINE]
        sizes = [size for size, _ in lines.values()]
        below = [max((size for size in sizes if size < each), default=0) for each in most]
        return min((each - size for each, size in zip(most, below)), default=0)

    def set(self, limits):
        """Sets other limits; those that stay keep what they know."""
        kept = {limit["id"]: self._passed.get(limit["id"]) for limit in limits}
        self._limits, self._passed = limits, kept
        growth = [limit["seconds"] for limit in limits if limit["of"] == GROWTH]
        self._seconds = max(growth, default=0)
        self._recent.clear()

    def passed(self, reading):
        """Returns [(limit, bytes, line)] of limits that are passed now and were not before; `line` is
        (file, line) where a limit is about one, else None."""
        self._keep(reading)
        return [one for limit in self._limits for one in self._check(limit, reading)]

    def _keep(self, reading):
        if not self._seconds:
            return
        if not reading.has_begun:
            self._recent.clear()
        self._recent.append((reading.now, reading.rss))
        while self._recent[0][0] < reading.now - self._seconds * 1000:
            self._recent.popleft()

    def _check(self, limit, reading):
        if limit["of"] == LINE:
            return self._check_lines(limit, reading.lines or {})
        value = self._value(limit, reading)
        if value is None:
            return []
        number, most = limit["id"], limit["bytes"]
        if value < most * _FALLEN:
            self._passed[number] = None
        if value < most or self._passed[number]:
            return []
        self._passed[number] = True
        return [(limit, value, None)]

    def _value(self, limit, reading):
        if limit["of"] == RSS:
            return reading.rss
        if limit["of"] == TRACED:
            return reading.traced
        since = reading.now - limit["seconds"] * 1000
        return reading.rss - min(size for t, size in self._recent if t >= since)

    def _check_lines(self, limit, lines):
        number, most = limit["id"], limit["bytes"]
        before = self._passed[number] or frozenset()
        over = {key: size for key, (size, _) in lines.items() if size >= most}
        self._passed[number] = frozenset(over)
        return [(limit, size, key) for key, size in over.items() if key not in before]


class Hold:
    """Keeps one thread of the program waiting until the debugger has been told to stop it."""

    def __init__(self):
        self._lock = _thread.allocate_lock()

    def begin(self, on_next_line, code):
        """Has the next line of `code` wait; nothing happens where that cannot be."""
        if code is not None and self._lock.acquire(False):
            if not on_next_line(code, self._wait):
                self.release()

    def _wait(self):
        if self._lock.acquire(timeout=_HOLD_SECONDS):
            self._lock.release()

    def release(self):
        """Lets the program go on, to where the debugger stops it."""
        if self._lock.locked():
            self._lock.release()


def find_thread(sorter, own_thread, line):
    """Returns (name, code) of the thread that runs the user's `line`, else of any that runs code of
    the user's, the first thread first; (None, None) when none does."""
    found = []
    for ident, frame in frames_of_others().items():
        if ident == own_thread:
            continue
        user = _user_frame(sorter, frame)
        if user is not None:
            place = (sorter.absolute(user.f_code.co_filename), user.f_lineno)
            found.append((place != line, ident, user.f_code))
    if not found:
        return None, None
    _, ident, code = min(found, key=lambda one: one[:2])
    return _name(ident), code


def _user_frame(sorter, frame):
    depth = 0
    while frame is not None and depth < _MAX_DEPTH:
        if sorter.of(frame.f_code.co_filename) is origins.USER:
            return frame
        frame = frame.f_back
        depth += 1
    return None


def _name(ident):
    """Reads a thread's name without running code of the program's own thread classes."""
    try:
        name = object.__getattribute__(_active[ident], "_name")
    except Exception:
        return None
    return name if type(name) is str else None
