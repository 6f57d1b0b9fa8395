"""Functions of the user's that have comments for this probe: which comments has control passed?"""

from _memory_insights import comments
from _memory_insights.allowance import Allowance
from _memory_insights.wishes import TRACE


class Watch:
    """One code object with comments. Frames are told apart by their identity, not held."""

    def __init__(self, code, marks, is_traced):
        self.code = code
        self.place = (code.co_filename, code.co_firstlineno, code.co_name)
        self.is_traced = is_traced
        self.allowance = Allowance()
        self._marks = marks
        self._inside = set()

    def begin(self, frame):
        """A frame of the code begins; one of the same identity may have ended by an exception."""
        if self._inside:
            self._inside = {key for key in self._inside if key[0] != frame}

    def wake(self):
        """Has its comments told again where that is allowed; true when some are."""
        awake = [mark for mark in self._marks if mark.is_resting and not mark.allowance.is_spent()]
        for mark in awake:
            mark.is_resting = False
        return bool(awake)

    def pass_line(self, number, frame):
        """Notes that a line begins; 0 stands for the end of the frame. Returns the marks that are due,
        whether the line has to be told again, and whether lines that were not told any more are."""
        due, is_kept, has_moved = [], False, False
        inside = self._inside
        for mark in self._marks:
            key = (frame, mark)
            if mark.is_resting:
                inside.discard(key)
            elif mark.first <= number <= mark.last:
                # A block may go round many times; its lines come back when it has been left.
                is_kept = is_kept or number <= mark.head[1] == mark.last
                if key not in inside:
                    inside.add(key)
                    has_moved = True
                    if mark.at_entry:
                        due.append(mark)
            elif key in inside:
                inside.discard(key)
                has_moved = True
                if not mark.at_entry:
                    due.append(mark)
        return due, is_kept, has_moved


class Finder:
    """Finds the code objects with comments; reads each file once, when the first of its code runs."""

    def __init__(self, sorter, traced_function):
        """`traced_function` is `file.py:name` or `module:name`; empty for none."""
        self._sorter = sorter
        self._files = {}
        place, _, self._traced_name = traced_function.rpartition(":")
        self._traced_place = place.replace("\\", "/")

    def find(self, code, frame):
        """Returns the watch of a code object that begins for the first time, or None."""
        is_asked_for = self._is_asked_for(code, frame)
        marks = self._marks_in(code.co_filename)
        if not marks and not is_asked_for:
            return None
        begins = [mark for mark in marks if mark.action == TRACE]
        is_traced = is_asked_for or any(_begins_at(code, mark) for mark in begins)
        lines = _own_lines(code)
        own = [mark for mark in marks if mark not in begins and _is_of(mark, lines)]
        return Watch(code, own, is_traced) if own or is_traced else None

    def _marks_in(self, filename):
        marks = self._files.get(filename)
        if marks is None:
            marks = self._files[filename] = comments.read(self._sorter.absolute(filename))
        return marks

    def _is_asked_for(self, code, frame):
        if not self._traced_name or code.co_qualname != self._traced_name:
            return False
        place = self._traced_place
        if place.endswith(".py"):
            name = code.co_filename.replace("\\", "/")
            return name == place or name.endswith("/" + place)
        return dict.get(frame.f_globals, "__name__") == place


def _begins_at(code, mark):
    first, last = mark.head
    return not code.co_name.startswith("<") and first <= code.co_firstlineno <= last


def _own_lines(code):
    """Returns the lines of the code's statements, not those of code in it, nor of its own `def`."""
    if code.co_name.startswith("<") and code.co_name != "<module>":
        return frozenset()
    lines = {line for _, _, line in code.co_lines() if line}
    return lines if code.co_name == "<module>" else lines - {code.co_firstlineno}


def _is_of(mark, lines):
    first, last = mark.head
    return any(line in lines for line in range(first, last + 1))
