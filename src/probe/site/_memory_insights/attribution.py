"""Which line runs now, by a look at every thread's stack. No tracing, no callback."""

import sys

from _memory_insights import origins

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
        ("signal.py", "pause"),
    ]
)
_MAX_DEPTH = 400


class Place:
    """Where one thread is: its line, how it got there, and whether a debugger holds it."""

    __slots__ = ("line", "position", "is_idle", "is_paused")

    def __init__(self, line, position, is_idle, is_paused):
        self.line = line
        self.position = position
        self.is_idle = is_idle
        self.is_paused = is_paused


class Attribution:
    """Names the lines that a rise of memory belongs to, from one look to the next."""

    def __init__(self, sorter, own_thread):
        self._sorter = sorter
        self._own_thread = own_thread
        self._before = {}

    def look(self, is_new_stop=False):
        """Returns the lines, as (file, line), that share what grew since the last look.

        `is_new_stop` says that the debugger has just stopped the program, so that a thread paused
        where it was paused before has been round a loop and back.
        """
        before = self._before
        self._before = now = {}
        for ident, frame in sys._current_frames().items():
            if ident != self._own_thread:
                now[ident] = self._place(frame)
        frame = None
        lines = self._running(before, now) or self._resumed(before, now, is_new_stop)
        return lines or [(origins.TOOL_FILE, 0)]

    def _running(self, before, now):
        """Lines of threads that run; of several, those that moved since the last look."""
        busy = [(ident, place) for ident, place in now.items() if not place.is_idle]
        moved = [
            place.line
            for ident, place in busy
            if ident not in before or before[ident].position != place.position
        ]
        return moved or [place.line for _, place in busy]

    def _resumed(self, before, now, is_new_stop):
        """Lines that ran up to a stop: a paused thread has not yet begun the line it stands on."""
        lines = []
        for ident, place in now.items():
            earlier = before.get(ident)
            if not place.is_paused or earlier is None or earlier.line is None:
                continue
            # Standing still in the debugger: what grows is the debugger's own.
            if earlier.is_paused and earlier.position == place.position and not is_new_stop:
                continue
            lines.append(earlier.line)
        return lines

    def _place(self, frame):
        """Finds the innermost line of the user's code, or else the innermost of any library."""
        of = self._sorter.of
        first = user = None
        is_paused = False
        pause = None
        depth = 0
        while frame is not None and depth < _MAX_DEPTH:
            code = frame.f_code
            origin = of(code.co_filename)
            if origin is origins.TOOL:
                if first is None and "wait_suspend" in code.co_name:
                    is_paused = True
                    pause = id(frame)
            else:
                if first is None:
                    first = frame
                if origin is origins.USER:
                    user = frame
                    break
            frame = frame.f_back
            depth += 1
        if first is None:
            return Place(None, None, True, False)
        chosen = user or first
        line = (self._sorter.absolute(chosen.f_code.co_filename), chosen.f_lineno or 0)
        position = (id(first), first.f_lasti, pause)
        is_idle = is_paused or _is_wait(first.f_code)
        return Place(line, position, is_idle, is_paused)


def _is_wait(code):
    name = code.co_filename
    return (name[max(name.rfind("/"), name.rfind("\\")) + 1 :], code.co_name) in _WAITS
