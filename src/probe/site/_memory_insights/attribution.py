"""Which line runs now, by a look at every thread's stack. No tracing, no callback."""

import sys

from _memory_insights import hindsight, origins
from _memory_insights.unseen import FILE_NAME

# Functions of the standard library in which a thread waits for something; it allocates nothing.
_WAITS = frozenset(
    [
        ("threading.py", "wait"),
        ("threading.py", "join"),
        ("threading.py", "_wait_for_tstate_lock"),
        ("threading.py", "acquire"),
        ("queue.py", "get"),
        ("queue.py", "put"),
        ("selectors.py", "select"),
        ("socket.py", "accept"),
        ("socket.py", "readinto"),
        ("socketserver.py", "serve_forever"),
        ("ssl.py", "read"),
        ("subprocess.py", "_try_wait"),
        ("subprocess.py", "_communicate"),
        ("subprocess.py", "_readerthread"),
        ("thread.py", "_worker"),
        ("connection.py", "_recv"),
        ("connection.py", "wait"),
        ("popen_fork.py", "poll"),
        ("popen_spawn_win32.py", "wait"),
    ]
)
# The debugger's functions that run the program; what they call is the program's.
_PROGRAM_STARTS = frozenset(
    ["_exec", "_run_code", "_run_module_code", "run_path", "run_module", "run_file", "__call__"]
)
_MAX_DEPTH = 400
_MAX_CALLERS = 8

# What a thread does where it is seen.
_RUNS = 0
_WAITS_FOR_SOMETHING = 1
# The debugger's code is on top: the line below it has not begun.
_IS_HELD = 2
_RUNS_A_TOOL = 3


# Where growth goes while nothing of the program runs.
TOOL_LINE = (origins.TOOL_FILE, 0)


class Place:
    """Where one thread is: the line to charge, and what tells this visit from the one before."""

    __slots__ = ("before", "callers", "line", "position", "state")

    def __init__(self, line, position, state, callers=()):
        self.line = line
        self.position = position
        self.state = state
        self.before = line
        self.callers = callers


class Attribution:
    """Names the lines that a rise of memory belongs to, from one look to the next."""

    def __init__(self, sorter, own_thread):
        self._sorter = sorter
        self._own_thread = own_thread
        self._before = {}
        self._now = {}
        self._lines_now = {}

    def look(self, was_held_up, ending_thread=None):
        """Looks at all threads. `was_held_up` says that one of them has kept the interpreter for
        long, so that what grew came from instructions just before the place where it is seen.
        `ending_thread` is the one that looks itself, at the program's end."""
        self._before = self._now
        self._now = {}
        self._lines_now = {}
        for ident, frame in sys._current_frames().items():
            if ident == ending_thread:
                line = self._line_seen(ident) or (origins.OTHER_FILE, 0)
                self._now[ident] = Place(line, None, _RUNS)
            elif ident != self._own_thread:
                self._now[ident] = self._place(ident, frame, was_held_up)

    def _line_seen(self, ident):
        earlier = self._before.get(ident)
        return earlier.line if earlier is not None else None

    def lines(self, is_new_stop):
        """Returns the lines, as (file, line), that share what grew up to the last look.

        `is_new_stop` says that the debugger has just stopped the program, so that a thread held
        where it was held before has been round a loop and back. Without it such a thread may stand
        still, and the answer is empty: what grows is the debugger's own, unless a stop is reported
        in a moment.
        """
        moved, running, is_still = [], [], False
        for ident, place in self._now.items():
            earlier = self._before.get(ident)
            has_moved = earlier is None or earlier.position != place.position
            if place.state == _IS_HELD:
                if has_moved or is_new_stop:
                    has_line = earlier is not None and earlier.line is not None
                    moved.append([earlier.line if has_line else place.before])
                else:
                    is_still = True
            elif place.state == _RUNS:
                (moved if has_moved else running).append(self._lines_of(ident, place))
        lines = [line for lines in moved or running for line in lines]
        return lines or ([] if is_still else [TOOL_LINE])

    def _lines_of(self, ident, place):
        return self._lines_now.get(ident) or [place.line]

    def _place(self, ident, frame, was_held_up):
        """Finds the innermost line of the user's code, or else the innermost of any library."""
        of = self._sorter.of
        first = user = tool = None
        is_own = False
        depth = 0
        while frame is not None and depth < _MAX_DEPTH:
            code = frame.f_code
            origin = of(code.co_filename)
            if origin is origins.USER:
                user = frame
                first = first or frame
                break
            if origin is origins.LIBRARY:
                first = first or frame
            elif code.co_name in _PROGRAM_STARTS and first is not None:
                break
            else:
                tool = tool or frame
                is_own = is_own or code.co_filename == FILE_NAME
            frame = frame.f_back
            depth += 1
        chosen = user or first
        if chosen is None or (tool is not None and user is None):
            return Place(None, None, _RUNS_A_TOOL)
        position = (id(first), first.f_lasti, id(tool) if tool else None)
        line = (self._sorter.absolute(chosen.f_code.co_filename), chosen.f_lineno or 0)
        if tool is not None:
            return self._held(chosen, line, position, is_own)
        if _is_wait(first.f_code):
            return Place(line, position, _WAITS_FOR_SOMETHING)
        has_moved = ident not in self._before or self._before[ident].position != position
        if has_moved and user is first:
            self._lines_now[ident] = self._look_back(ident, first, was_held_up)
        return Place(line, position, _RUNS, _callers(chosen))

    def _held(self, frame, line, position, is_own):
        """The line of `frame` has not begun: what grew belongs to the one before it. `is_own` when
        the probe itself is called there, and not a debugger that may hold the thread for long."""
        number = hindsight.line_before(frame.f_code, frame.f_lasti)
        before = line if number is None else (line[0], number)
        if is_own:
            return Place(before, position, _RUNS)
        place = Place(line, position, _IS_HELD)
        place.before = before
        return place

    def _look_back(self, ident, frame, was_held_up):
        """Returns the lines that can have grown memory just now; empty: the one that is seen."""
        code, last = frame.f_code, frame.f_lasti
        name = self._sorter.absolute(code.co_filename)
        if hindsight.is_quiet(code, last):
            earlier = self._before.get(ident)
            if earlier is not None and id(code) in earlier.callers:
                # It ran in a function that this one has called, a moment ago.
                return [earlier.line]
            line = hindsight.line_before_this(code, last)
            return [] if line is None else [(name, line)]
        if not (was_held_up and hindsight.IS_NEEDED):
            return []
        has_run = True
        if hindsight.is_at_entry(code, last) and frame.f_back is not None:
            # A function that has done nothing yet: it was its caller.
            frame, has_run = frame.f_back, False
        if self._sorter.of(frame.f_code.co_filename) is not origins.USER:
            return []
        name = self._sorter.absolute(frame.f_code.co_filename)
        lines = hindsight.lines_before(frame.f_code, frame.f_lasti, has_run)
        return [(name, line) for line in lines or [frame.f_lineno or 0]]


def _callers(frame):
    """Returns the identities of the code that called this frame, the nearest first."""
    callers = []
    while frame.f_back is not None and len(callers) < _MAX_CALLERS:
        frame = frame.f_back
        callers.append(id(frame.f_code))
    return callers


def _is_wait(code):
    name = code.co_filename
    return (name[max(name.rfind("/"), name.rfind("\\")) + 1 :], code.co_name) in _WAITS
