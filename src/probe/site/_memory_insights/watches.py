"""Answers the comments in the user's code as control passes them, on the program's own threads.

Lines report once; those of a function with comments are asked to report again whenever control has
come to a comment, for the line that follows may have reported before.
"""

from _memory_insights.watch import Finder
from _memory_insights.wishes import TOO_OFTEN, TRACE_BEGIN, TRACE_END


class Watches:
    """All watched code objects of a process. `known` has their identities."""

    def __init__(self, sorter, wanted_function, bring_back):
        """`bring_back(code)` has all lines of a code object report again."""
        self._finder = Finder(sorter, wanted_function)
        self._bring_back = bring_back
        self._resting = set()
        # Calls of functions that are traced while they run, in all threads.
        self._running = []
        self._answer = None
        self.known = {}
        self.has_traced = False

    def use(self, answer):
        """`answer(action, name, place)` answers on the program's thread and returns how many seconds it
        took. The place is (file, line, function)."""
        self._answer = answer

    def find(self, code, frame):
        """Looks at a code object that begins for the first time; true when it is watched."""
        watch = self._finder.find(code, frame)
        if watch is None:
            return False
        self.known[id(code)] = watch
        self.has_traced = self.has_traced or watch.is_traced
        self.begin(code, id(frame))
        return True

    def begin(self, code, frame):
        """A frame of a watched code object begins."""
        watch = self.known[id(code)]
        watch.begin(frame)
        if watch.is_traced:
            self._running.append(code)
            if len(self._running) == 1 and not self._is_spent(watch.allowance, watch.place):
                self._ask(TRACE_BEGIN, watch)

    def end(self, code):
        """A call ends, by a return or by an exception."""
        watch = self.known.get(id(code))
        if watch is None or not watch.is_traced or not self._running:
            return
        self._running.pop()
        if not self._running:
            self._ask(TRACE_END, watch)

    def _ask(self, action, watch):
        watch.allowance.spend(self._answer(action, watch.code.co_qualname, watch.place))

    def _is_spent(self, allowance, place):
        is_spent = allowance.is_spent()
        if is_spent:
            self._answer(TOO_OFTEN, "", place)
        return is_spent

    def pass_line(self, code, number, frame):
        """A line of a watched code object begins; 0 for the end of its frame. True when the same line
        shall report again."""
        watch = self.known[id(code)]
        due, is_kept, has_moved = watch.pass_line(number, frame)
        for mark in due:
            place = (code.co_filename, mark.line, code.co_name)
            if self._is_spent(mark.allowance, place):
                mark.is_resting = True
                self._resting.add(watch)
            else:
                mark.allowance.spend(self._answer(mark.action, mark.name, place))
        if has_moved:
            self._bring_back(code)
        return is_kept

    def wake(self):
        """Has those report again that were passed too often; on the probe's own thread."""
        for watch in list(self._resting):
            self._resting.discard(watch)
            if watch.wake():
                self._bring_back(watch.code)
            else:
                self._resting.add(watch)
