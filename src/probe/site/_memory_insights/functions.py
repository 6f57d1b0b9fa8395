"""Which of the user's functions ran at least once."""

import sys

from _memory_insights import origins

EXACT = "exact"
FUNCTIONS = "functions"
NONE = "none"

_CO_OPTIMIZED = 1
_MAX_FUNCTIONS = 20000
_COMPREHENSIONS = frozenset(["<listcomp>", "<dictcomp>", "<setcomp>", "<genexpr>"])


def open_recorder(sorter, read_memory, wanted_function):
    """Returns what this Python can do: monitoring, the interpreter's own counters, or nothing."""
    if hasattr(sys, "monitoring"):
        from _memory_insights.monitoring import MonitoredRuns

        recorder = MonitoredRuns(sorter, read_memory, wanted_function)
        return recorder if recorder.start() else NoRuns()
    from _memory_insights.counters import CountedRuns

    return CountedRuns(sorter) if CountedRuns.is_supported() else NoRuns()


class NoRuns:
    """Stands in where nothing can be told, and for what the others cannot."""

    coverage = NONE

    def measure_with(self, read_memory):
        """Measures nothing."""

    def answer_with(self, answer):
        """Answers no comments."""

    def wake(self):
        """Has nothing that rests."""

    def prepare(self):
        """Loads what `take_changed` needs; it may take long the first time."""

    def note_rise(self, risen):
        """Has no lines that report."""

    def take_steps(self):
        """Returns no steps."""
        return []

    def take_changed(self):
        """Returns no rows."""
        return []

    def follow_running(self):
        """Sees functions that run already as well as those that start; here, neither."""

    def on_next_line(self, code, work):
        """Cannot call back; returns False."""
        return False

    def stop(self):
        """Has nothing to stop."""


class FunctionTable:
    """Functions of the user's files and whether each ran; hands out what changed."""

    def __init__(self, sorter):
        self._sorter = sorter
        self._rows = {}
        self._changed = set()

    def add(self, code, ran):
        """Notes one code object; a function that ran once stays so."""
        key = (code.co_filename, code.co_firstlineno, code.co_name)
        row = self._rows.get(key)
        if row is None:
            if len(self._rows) >= _MAX_FUNCTIONS:
                return
            name = self._sorter.absolute(code.co_filename)
            is_module = code.co_name == "<module>"
            first = 1 if is_module else code.co_firstlineno
            row = [name, first, _last_line(code), code.co_name, 0]
            self._rows[key] = row
            self._changed.add(key)
        if ran and not row[4]:
            row[4] = 1
            self._changed.add(key)

    def add_module(self, filename):
        """Notes a module whose code is gone; it ran, for it is there."""
        key = (filename, 1, "<module>")
        if key not in self._rows and len(self._rows) < _MAX_FUNCTIONS:
            name = self._sorter.absolute(filename)
            last = max((row[2] for row in self._rows.values() if row[0] == name), default=1)
            self._rows[key] = [name, 1, last, "<module>", 1]
            self._changed.add(key)

    def take_changed(self):
        """Returns `functions` rows of what is new since the last call."""
        rows = [list(self._rows[key]) for key in self._changed]
        self._changed.clear()
        return rows

    def is_user(self, code):
        """True for code in the user's own files."""
        return self._sorter.of(code.co_filename) is origins.USER


def nested(code):
    """Yields the functions that are written inside a code object, at any depth."""
    waiting = [code]
    while waiting:
        for constant in waiting.pop().co_consts:
            if type(constant) is type(code):
                waiting.append(constant)
                if is_function(constant):
                    yield constant


def is_function(code):
    """False for modules, class bodies and comprehensions."""
    return bool(code.co_flags & _CO_OPTIMIZED) and code.co_name not in _COMPREHENSIONS


def _last_line(code):
    last = code.co_firstlineno
    for one in _with_nested(code):
        last = max(last, max(_lines(one), default=last))
    return last


def _with_nested(code):
    yield code
    for constant in code.co_consts:
        if type(constant) is type(code):
            yield from _with_nested(constant)


def _lines(code):
    if hasattr(code, "co_lines"):
        return [line for _, _, line in code.co_lines() if line is not None]
    line, lines = code.co_firstlineno, []
    for step in code.co_lnotab[1::2]:
        line += step - 256 if step >= 128 else step
        lines.append(line)
    return lines
