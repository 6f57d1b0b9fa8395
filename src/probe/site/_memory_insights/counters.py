"""Which functions ran, by counters that CPython 3.9 to 3.11 keeps in every code object.

3.9 and 3.10 count calls in `co_opcache_flag` until a function gets its cache; 3.11 counts up
`co_warmup` until it specializes one. Both are read where the structure has them, and only after
three functions of this file, called 0, 1 and 3 times, have shown that they are what they seem.
"""

import os
import sys
from types import FunctionType

from _memory_insights import origins
from _memory_insights.functions import FUNCTIONS, FunctionTable, NoRuns, nested

_VERSION = sys.version_info[:2]
_POINTER = 8
_MAX_CODES = 20000
_CLASS_DICT = type.__dict__["__dict__"].__get__


class CountedRuns(NoRuns):
    """Reads the counters when asked; nothing runs in between."""

    coverage = FUNCTIONS

    @staticmethod
    def is_supported():
        """True on the Pythons whose counters are known and answer as expected."""
        return (
            sys.implementation.name == "cpython"
            and (3, 9) <= _VERSION <= (3, 11)
            and sys.maxsize > 2**32
            and not hasattr(sys, "gettotalrefcount")
        )

    def __init__(self, sorter):
        self._sorter = sorter
        self._table = FunctionTable(sorter)
        self._has_run = None
        self._main_file = None
        self._codes = {}
        self._is_preparing = False
        self.is_reliable = True

    def prepare(self):
        """Opens the counters; false answers make them unreliable."""
        if self._has_run is None and self.is_reliable:
            self._is_preparing = True
            self._has_run = _open_counter()
            self.is_reliable = self._has_run is not None
            self._is_preparing = False

    def measure_with(self, read_memory):
        """Goes on in a forked child. An import that another thread was in when the process forked
        never ends there: who asks for it again waits for ever."""
        if self._is_preparing:
            self.is_reliable = False

    def take_changed(self):
        """Returns `functions` rows of what is new since the last call; none when in doubt."""
        if self._main_file is None:
            self._main_file = _script()
        if not self.is_reliable:
            return []
        modules = self._user_modules()
        self._find_codes(modules.values())
        is_replaced = _replaces_code()
        for code in self._codes.values():
            has_run = self._has_run(code)
            if has_run or not is_replaced:
                self._table.add(code, has_run)
        for name in modules:
            self._table.add_module(name)
        return self._table.take_changed()

    def _user_modules(self):
        """Returns the user's modules by file. `__main__` loses its file before `atexit` runs."""
        modules = {}
        for name, module in list(sys.modules.items()):
            file = _attributes(module).get("__file__")
            if name == "__main__" and file is None:
                file = self._main_file
            if type(file) is str and self._sorter.of(file) is origins.USER:
                modules[file] = module
                if name == "__main__":
                    self._main_file = file
        return modules

    def _find_codes(self, modules):
        """Keeps the code of every function in reach. Under a debugger the main module is gone
        before the end, and its counters are read once more then."""
        seen = set()
        waiting = [value for module in modules for value in list(_attributes(module).values())]
        while waiting and len(self._codes) < _MAX_CODES:
            value = waiting.pop()
            if id(value) in seen:
                continue
            seen.add(id(value))
            if type(value) is FunctionType:
                self._add_code(value.__code__)
            waiting.extend(_functions_behind(value))

    def _add_code(self, code):
        if id(code) in self._codes or not self._table.is_user(code):
            return
        self._codes[id(code)] = code
        for function in nested(code):
            self._codes.setdefault(id(function), function)


def _script():
    """Returns the file that runs, or None. What a program puts into `sys.argv` may be anything."""
    arguments = getattr(sys, "argv", None)
    if type(arguments) is not list or not arguments or type(arguments[0]) is not str:
        return None
    file = os.path.abspath(arguments[0])
    return file if os.path.isfile(file) else None


def _replaces_code():
    """True when the debugger runs copies of functions that have breakpoints: the counters of the
    originals then say nothing about functions that seem not to have run."""
    debugger = sys.modules.get("_pydevd_frame_eval.pydevd_frame_eval_main")
    return bool(getattr(debugger, "USING_FRAME_EVAL", False))


def _attributes(module):
    if type(module) is not type(sys):
        return {}
    return module.__dict__


def _functions_behind(value):
    """Returns what a function, a class or a descriptor holds, without running code of the user."""
    kind = type(value)
    if kind is FunctionType:
        cells = value.__closure__ or ()
        contents = [content for content in map(_cell_content, cells) if content is not None]
        return contents + [value.__dict__.get("__wrapped__")]
    if kind in (staticmethod, classmethod):
        return [value.__func__]
    if kind is property:
        return [value.fget, value.fset, value.fdel]
    if issubclass(kind, type):
        return list(_CLASS_DICT(value).values())
    return []


def _cell_content(cell):
    try:
        content = cell.cell_contents
    except ValueError:
        return None
    return content if type(content) in (FunctionType, staticmethod, classmethod) else None


def _open_counter():
    """Returns `has_run(code)`, or None when the counters do not answer as they should."""
    try:
        import ctypes

        if _VERSION == (3, 11):
            # PyObject_VAR_HEAD, three pointers, one int.
            offset, kind, unused = 3 * _POINTER + 3 * _POINTER + 4, ctypes.c_short, -8
        else:
            # The last but one field: an int, before one byte that is padded.
            offset, kind, unused = type(_open_counter.__code__).__basicsize__ - 8, ctypes.c_int, 0
        read = kind.from_address
        never, once, thrice = _probes()
        once()
        for _ in range(3):
            thrice()
        values = [read(id(function.__code__) + offset).value for function in (never, once, thrice)]
        if values != [unused, unused + 1, unused + 3]:
            return None
        return lambda code: read(id(code) + offset).value != unused
    except Exception:
        return None


def _probes():
    """Returns three functions whose code objects are new, and so have never run."""
    space = {}
    source = "def never(): pass\ndef once(): pass\ndef thrice(): pass\n"
    # Compiled first: running a text makes Python forget that an interrupt ends the program, which
    # then no longer dies by that signal.
    exec(compile(source, "<string>", "exec"), space)
    return space["never"], space["once"], space["thrice"]
