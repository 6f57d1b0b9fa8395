"""Which lines ran just before the place where a thread is seen.

The probe sees other threads only where they let go of the interpreter: after a call, at a jump back,
at a function's start. `big = [0] * n` is none of these. The thread is then seen some lines further
on, and the bytecode tells which lines it has come through since it could last have been seen.
"""

import opcode
import sys
from types import FunctionType

# Before 3.10 nearly every instruction lets go, and a thread that runs is seen where it is.
IS_NEEDED = sys.version_info >= (3, 10)

_MAX_UNITS = 600
_MAX_LINES = 4
_MAX_QUIET_LINES = 5
_CACHE = 0
_ENTRY_NAMES = ("RESUME", "GEN_START", "COPY_FREE_VARS", "MAKE_CELL", "RETURN_GENERATOR", "POP_TOP")
_ALLOCATING_PREFIXES = (
    "BINARY_",
    "INPLACE_",
    "BUILD_",
    "LIST_EXTEND",
    "LIST_TO_TUPLE",
    "SET_UPDATE",
    "DICT_UPDATE",
    "DICT_MERGE",
    "UNARY_",
    "STORE_SUBSCR",
    "STORE_SLICE",
    "STORE_ATTR",
    "LOAD_ATTR",
    "IMPORT_NAME",
    "FORMAT_",
    "UNPACK_",
    "CONTAINS_OP",
    "COMPARE_OP",
    "DELETE_",
)


# Functions that wait or write, and so let go of the interpreter, but keep no memory.
_QUIET_NAMES = frozenset(
    "print input sleep flush write writelines readline wait join acquire poll select accept"
    " connect send sendall close debug info warning error exception sync".split()
)
# Some instructions keep a flag in the low bits of the name's index.
_NAME_SHIFTS = {}
if sys.version_info >= (3, 11):
    _NAME_SHIFTS["LOAD_GLOBAL"] = 1
if sys.version_info >= (3, 12):
    _NAME_SHIFTS["LOAD_ATTR"] = 1


def _opcodes(is_wanted):
    return frozenset(code for name, code in opcode.opmap.items() if is_wanted(name))


def _is_call(name):
    return name.startswith(("CALL", "PRECALL")) and not name.startswith("CALL_INTRINSIC")


def _is_jump_back(name):
    return name.startswith("POP_JUMP_BACKWARD") or name in ("JUMP_BACKWARD", "JUMP_ABSOLUTE")


_CALLS = _opcodes(_is_call)
_LETS_GO = _opcodes(lambda name: _is_call(name) or _is_jump_back(name) or name == "RESUME")
_PRECALLS = _opcodes(lambda name: name.startswith("PRECALL"))
_LOADS = _opcodes(
    lambda name: name in ("LOAD_NAME", "LOAD_GLOBAL", "LOAD_METHOD", "LOAD_ATTR")
)
_ALLOCATES = _opcodes(lambda name: name.startswith(_ALLOCATING_PREFIXES))
_ENTRY = _opcodes(lambda name: name in _ENTRY_NAMES)


def is_at_entry(code, last):
    """True when a function has been entered and has done nothing yet; `last` is `f_lasti`."""
    units = code.co_code
    # Before 3.11 nothing has been done where no instruction is named.
    return last < 0 or all(units[at] in _ENTRY or units[at] == _CACHE for at in range(0, last + 2, 2))


def lines_before(code, last, has_run):
    """Returns lines that can have allocated since the thread last let go, nearest first.

    `last` is the frame's `f_lasti`; `has_run` tells whether the instruction there is done. Empty
    when no instruction on the way can allocate.
    """
    units = code.co_code
    at = min(last, len(units) - 2)
    while at > 0 and units[at] == _CACHE:
        at -= 2
    found = []
    if has_run and units[at] in _CALLS:
        found.append(at)
    stop = max(0, at - 2 * _MAX_UNITS)
    at -= 2
    while at >= stop and units[at] not in _LETS_GO:
        if units[at] in _ALLOCATES:
            found.append(at)
        at -= 2
    return _lines_at(code, found)


def is_quiet(code, last):
    """True when the line at `last` does nothing but call functions that allocate little.

    Such calls let go of the interpreter at once, so threads are mostly seen there after a line
    that allocated."""
    units = code.co_code
    _, start = _line_at(code, last)
    calls = quiet_names = 0
    for at in range(max(start, last - 2 * _MAX_UNITS), min(last + 2, len(units)), 2):
        unit = units[at]
        calls += unit in _CALLS and unit not in _PRECALLS
        if unit in _LOADS:
            quiet_names += _name_loaded(code, unit, units[at + 1]) in _QUIET_NAMES
        elif unit in _ALLOCATES:
            return False
    return quiet_names > 0 and calls <= quiet_names


def _name_loaded(code, unit, argument):
    shift = _NAME_SHIFTS.get(opcode.opname[unit], 0)
    index = argument >> shift
    return code.co_names[index] if index < len(code.co_names) else None


def line_before_this(code, last):
    """Returns the nearest line before the one at `last` that calls or can allocate, and is not
    quiet itself; None when there is none near."""
    at = last
    for _ in range(_MAX_QUIET_LINES):
        at = _line_at(code, at)[1] - 2
        while at >= 0 and not _can_grow(code.co_code[at]):
            at -= 2
        if at < 0:
            return None
        if not is_quiet(code, at):
            return _line_at(code, at)[0]
    return None


def _can_grow(unit):
    return unit in _CALLS or unit in _ALLOCATES


def line_before(code, last):
    """Returns the nearest line before the instruction at `last` that calls or can allocate."""
    units = code.co_code
    for at in range(min(last, len(units)) - 2, max(0, last - 2 * _MAX_UNITS) - 2, -2):
        if at >= 0 and _can_grow(units[at]):
            return _line_at(code, at)[0]
    return None


# A thread that lets go at jumps back and at the start of functions is seen where the next function
# begins, or the loop again: after the call that allocated.
_MAX_CALLS_DEEP = 4
_GROWING_PREFIXES = (
    "BINARY_",
    "INPLACE_",
    "BUILD_",
    "LIST_",
    "SET_",
    "MAP_ADD",
    "DICT_",
    "STORE_SUBSCR",
    "FORMAT_",
)
_KEEP_NOTHING = ("BINARY_SUBSCR", "SET_FUNCTION_ATTRIBUTE")
_GROWS = _opcodes(
    lambda name: name.startswith(_GROWING_PREFIXES) and name not in _KEEP_NOTHING
)
_JUMPS_BACK = _opcodes(_is_jump_back)
_GLOBAL_LOADS = _opcodes(lambda name: name in ("LOAD_NAME", "LOAD_GLOBAL"))
_ATTRIBUTE_LOADS = _opcodes(lambda name: name in ("LOAD_METHOD", "LOAD_ATTR"))
_dict_of = type.__dict__["__dict__"].__get__
# Generators and coroutines: to call one runs nothing of it.
_RUNS_LATER = 0x20 | 0x80 | 0x200


def is_at_jump_back(code, last):
    """True when a thread is about to go round a loop; `last` is `f_lasti`."""
    return 0 <= last < len(code.co_code) and code.co_code[last] in _JUMPS_BACK


def lines_come_through(code, last, names, depth=0):
    """Returns (code, lines) that a thread has come through on its way to the instruction at `last`:
    those before it that can grow memory, or those of the function called before it, as `names`, the
    globals, tell which that is. None where neither is known."""
    units = code.co_code
    found = []
    start = min(last, len(units))
    # Of a call in progress 3.12 tells the end.
    while 0 < start < len(units) and units[start] == _CACHE:
        start -= 2
    for at in range(start - 2, max(0, start - 2 * _MAX_UNITS) - 2, -2):
        unit = units[at]
        if unit in _JUMPS_BACK:
            break
        if unit in _GROWS:
            found.append(at)
        elif unit in _CALLS and not found and depth < _MAX_CALLS_DEEP:
            called = _function_called(code, units, at, names)
            if called is not None:
                inner = called.__code__
                below = lines_come_through(inner, len(inner.co_code), called.__globals__, depth + 1)
                return below if below is not None else (code, _lines_at(code, [at]))
    return (code, _lines_at(code, found)) if found else None


def _function_called(code, units, at, names):
    """Returns the function of Python that the call at `at` calls by a global name, or as a method that
    one class of the module has; None where that is not known."""
    found = None
    for before in range(at - 2, max(0, at - 2 * _MAX_UNITS), -2):
        unit = units[before]
        if unit in _CALLS:
            break
        # What is called was loaded before its arguments.
        if unit in _GLOBAL_LOADS:
            value = dict.get(names, _name_loaded(code, unit, units[before + 1]))
            if type(value) is FunctionType:
                found = value
        elif unit in _ATTRIBUTE_LOADS:
            found = _method_named(_name_loaded(code, unit, units[before + 1]), names) or found
    return None if found is None or found.__code__.co_flags & _RUNS_LATER else found


def _method_named(name, names):
    """Returns the method of that name where one class of the module has it, else None."""
    found = None
    for value in list(dict.values(names)):
        # Asked of the type, and read without the class's own ways to answer.
        if not issubclass(type(value), type):
            continue
        method = _dict_of(value).get(name)
        if type(method) is FunctionType and method is not found:
            if found is not None:
                return None
            found = method
    return found


def _lines_at(code, offsets):
    lines = []
    for offset in offsets:
        line = _line_at(code, offset)[0]
        if line is not None and line not in lines:
            lines.append(line)
    return lines[:_MAX_LINES]


def _line_at(code, offset):
    """Returns the line at an offset, or None, and the offset at which that stretch of it begins."""
    line, start = None, 0
    for begin, end, number in _spans(code):
        if number != line:
            line, start = number, begin
        if begin <= offset < end:
            break
    return line, start


def _spans(code):
    if hasattr(code, "co_lines"):
        return code.co_lines()
    return _spans_before_3_10(code)


def _spans_before_3_10(code):
    # Pairs of how far the bytecode and the line move on.
    line, begin, end = code.co_firstlineno, 0, 0
    for by_offset, by_line in zip(code.co_lnotab[0::2], code.co_lnotab[1::2]):
        end += by_offset
        if by_offset:
            yield begin, end, line
            begin = end
        line += by_line - 256 if by_line >= 128 else by_line
    yield begin, len(code.co_code), line
