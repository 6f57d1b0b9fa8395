"""Which line runs now, by a look at every thread's stack. No tracing, no callback."""

import _thread
import sys

from _memory_insights import hindsight, interpreters, origins
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


def frames_of_others():
    """Returns {thread: frame} without the thread that asks. Its own frame, held by a variable of that
    frame, would keep itself and all its callers alive, with what they hold, until a collection."""
    frames = sys._current_frames()
    frames.pop(_thread.get_ident(), None)
    return frames


class Place:
    """Where one thread is: the line to charge, and what tells this visit from the one before.

    Code objects are kept instead of frames: a frame would keep the program's own objects alive."""

    __slots__ = ("callers", "instructions", "is_own", "line", "names", "position", "state")

    def __init__(self, line, position, state):
        self.line = line
        self.position = position
        self.state = state
        # (code, offset) of the frame to charge and of its caller; empty when it is not the user's.
        self.instructions = ()
        self.callers = ()
        # Globals of the frame to charge and of its caller, until the look has been made use of.
        self.names = ()
        self.is_own = False


class Attribution:
    """Names the lines that a rise of memory belongs to, from one look to the next."""

    def __init__(self, sorter, own_thread):
        self._sorter = sorter
        self._own_thread = own_thread
        self._before = {}
        self._now = {}
        self._was_held_up = False
        self._part_thread = None

    def follow_part(self, thread):
        """Says which thread runs a part of the program, None for none. What others do meanwhile is
        the business of the program that runs the parts, unless they run code of the user's."""
        self._part_thread = thread

    def look(self, was_held_up, ending_thread=None, ended_file=None):
        """Looks at all threads. `was_held_up` says that one of them has kept the interpreter for
        long, so that what grew came from instructions just before the place where it is seen.
        `ending_thread` is the one that looks itself, at the program's end or at that of a part of
        it, which is all of `ended_file`."""
        self._before = self._now
        self._was_held_up = was_held_up
        self._now = {}
        if not interpreters.is_alone():
            return
        for ident, frame in frames_of_others().items():
            place = self._place(frame)
            if self._part_thread in (None, ident) or self._is_users(place):
                self._now[ident] = place
        here = _thread.get_ident()
        if here == ending_thread:
            line = self._line_seen(here) or (origins.OTHER_FILE, 0)
            if ended_file and line[0] != ended_file:
                # Nobody saw which line it was.
                line = (ended_file, 0)
            self._now[here] = Place(line, None, _RUNS)
        elif here != self._own_thread:
            self._now[here] = self._place(sys._getframe(1))

    def _is_users(self, place):
        return place.line is not None and self._sorter.of(place.line[0]) is origins.USER

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
        moved, running, waiting, is_still = [], [], [], False
        for ident, place in self._now.items():
            earlier = self._before.get(ident)
            has_moved = earlier is None or earlier.position != place.position
            if place.state == _IS_HELD:
                if has_moved or is_new_stop:
                    moved.append([self._line_seen(ident) or self._line_before(place)])
                else:
                    is_still = True
            elif place.state == _RUNS and has_moved:
                moved.append(self._look_back(place, earlier) or [place.line])
            elif place.state == _RUNS and _is_quiet(place):
                # It keeps no memory there: it has been round a loop and back.
                waiting.append(self._look_back(place, earlier) or [place.line])
            elif place.state == _RUNS:
                # It has been round a loop and back here too, where it is seen after a call.
                running.append(self._come_through_again(place) or [place.line])
        if not self._now:
            return [(origins.OTHER_FILE, 0)]
        lines = [line for lines in moved or running or waiting for line in lines]
        return lines or ([] if is_still else [TOOL_LINE])

    def _place(self, frame):
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
        # A frame's place in memory is used again: its caller tells most visits apart.
        caller = first.f_back
        called_at = caller.f_lasti if caller is not None else None
        position = (id(first), first.f_lasti, called_at, id(tool) if tool else None)
        line = (self._sorter.absolute(chosen.f_code.co_filename), chosen.f_lineno or 0)
        state = _WAITS_FOR_SOMETHING if tool is None and _is_wait(first.f_code) else _RUNS
        if tool is not None and not is_own:
            state = _IS_HELD
        place = Place(line, position, state)
        place.is_own = is_own
        place.callers = _callers(chosen)
        if user is first:
            place.instructions = _instructions(user)
            place.names = _names(user)
        return place

    def let_go(self):
        """Forgets what is the program's own; after each look."""
        for place in self._now.values():
            place.names = ()

    def _line_before(self, place):
        """The line before the one that a held thread stands on and has not begun."""
        if not place.instructions:
            return place.line
        number = hindsight.line_before(*place.instructions[0])
        return place.line if number is None else (place.line[0], number)

    def _look_back(self, place, earlier):
        """Returns the lines that can have grown memory just now; empty: the one that is seen."""
        if place.is_own:
            return self._come_through_again(place) or [self._line_before(place)]
        if not place.instructions:
            return []
        code, last = place.instructions[0]
        if hindsight.is_quiet(code, last):
            return self._before_quiet(place, earlier)
        is_at_entry = hindsight.is_at_entry(code, last)
        if is_at_entry and _is_quiet(earlier):
            # It waited a moment ago, and has done nothing here yet.
            return self._before_call(place, earlier)
        come_through = self._come_through(place, is_at_entry)
        if come_through or not (self._was_held_up and hindsight.IS_NEEDED):
            return come_through
        if is_at_entry and len(place.instructions) > 1:
            return self._before_call(place, earlier)
        return self._in_file_of(code, hindsight.lines_before(code, last, True))

    def _come_through_again(self, place):
        if not place.instructions:
            return []
        return self._come_through(place, hindsight.is_at_entry(*place.instructions[0]))

    def _come_through(self, place, is_at_entry):
        """What ran before the place where a thread has let go, which has done nothing itself yet: a
        function that begins, or a loop that goes round after a call."""
        depth = 1 if is_at_entry else 0
        if len(place.names) <= depth or len(place.instructions) <= depth:
            return []
        code, last = place.instructions[depth]
        if not is_at_entry and not hindsight.is_at_jump_back(code, last):
            return []
        found, lines = hindsight.lines_come_through(code, last, place.names[depth]) or (code, [])
        if not is_at_entry and found is code:
            return []
        return self._in_file_of(found, lines)

    def _before_quiet(self, place, earlier):
        code, last = place.instructions[0]
        if _ran_below(earlier, code):
            return [earlier.line]
        line = hindsight.line_before_this(code, last)
        return self._before_call(place, earlier) if line is None else [(place.line[0], line)]

    def _before_call(self, place, earlier):
        """What ran before a function that has done nothing yet that allocates."""
        if len(place.instructions) < 2:
            return []
        code, last = place.instructions[1]
        if _ran_in(earlier, code) or _ran_below(earlier, code):
            return [earlier.line]
        lines = hindsight.lines_before(code, last, False)
        return self._in_file_of(code, lines or [hindsight.line_before_this(code, last)])

    def _in_file_of(self, code, lines):
        if self._sorter.of(code.co_filename) is not origins.USER:
            return []
        name = self._sorter.absolute(code.co_filename)
        return [(name, line) for line in lines if line is not None]


def _is_quiet(place):
    return place is not None and bool(place.instructions) and hindsight.is_quiet(*place.instructions[0])


def _ran_in(place, code):
    """True when a thread did something in this code a moment ago that can have allocated."""
    return bool(place and place.instructions) and place.instructions[0][0] is code and not _is_quiet(place)


def _ran_below(place, code):
    """True when a thread did so in a function that this code has called."""
    return place is not None and id(code) in place.callers and not _is_quiet(place)


def _instructions(frame):
    caller = frame.f_back
    here = (frame.f_code, frame.f_lasti)
    return (here,) if caller is None else (here, (caller.f_code, caller.f_lasti))


def _names(frame):
    if not hindsight.IS_NEEDED:
        return ()
    caller = frame.f_back
    return (frame.f_globals,) if caller is None else (frame.f_globals, caller.f_globals)


def _callers(frame):
    """Returns the identities of the code that called this frame, the nearest first."""
    callers = []
    # Asked once each: the thread runs on, and a frame that has returned has no caller any more.
    frame = frame.f_back
    while frame is not None and len(callers) < _MAX_CALLERS:
        callers.append(id(frame.f_code))
        frame = frame.f_back
    return callers


def _is_wait(code):
    name = code.co_filename
    return (name[max(name.rfind("/"), name.rfind("\\")) + 1 :], code.co_name) in _WAITS
