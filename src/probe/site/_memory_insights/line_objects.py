"""Of which type the objects are that a line made: a look at some of those that the program can reach.

tracemalloc knows where a block was allocated, and not what it is. From an object it tells the line. So
this goes from the variables of the running functions to what they hold, the newest first, and sees
only a part.

What this thread holds while the program runs might end its life here, with its finalizer. So a look
is over before another thread, which asks for the interpreter, gets it, and the next begins anew.
"""

import gc
import sys
from _collections import deque
from itertools import chain, islice

from _memory_insights import origins
from _memory_insights.attribution import frames_of_others
from _memory_insights.clock import perf_counter, sleep
from _memory_insights.quiet import CollectorPause
from _memory_insights.traced import line_of
from _memory_insights.type_names import type_name

_MOST_LINES = 5
_FEWEST_BLOCKS = 100
# Fewer objects than this tell nothing of the others.
_FEWEST_SEEN = 16
_MOST_SECONDS = 0.003
_MOST_LOOKS = 8
_MOST_FRAMES = 32
_MOST_DEPTH = 400
_MOST_NEWEST = 100
# Of what one variable leads to.
_MOST_OF_ONE = 100
# Of one container, from its newest end and from all over it.
_SOME = 16

# Python 3.11 looks for the line of an instance that has a dictionary at the wrong address.
_HIDES_INSTANCES = sys.version_info[:2] == (3, 11)
_FLAGS = type.__dict__["__flags__"].__get__
_HAS_MANAGED_DICT = 1 << 4
_MRO = type.__dict__["__mro__"].__get__
# What everything hangs on, and nobody means; and, once one has looked, the probe's own.
_LEFT_OUT = set(map(id, (type, type(sys), type(type_name), type(type_name.__code__), type(len))))
_OWN_NAME = "_memory_insights"


def look(rows, sorter):
    """Returns rows [file, line, type, objects, seen] of the `delta` rows that gained most: of so many
    of their objects that were seen, so many are of the type that most are of."""
    lines = [row for row in rows if (row[3] or 0) >= _FEWEST_BLOCKS]
    lines = [row for row in lines if sorter.of(row[0]) is origins.USER]
    lines.sort(key=lambda row: -row[2])
    found = _Found([(row[0], row[1]) for row in lines[:_MOST_LINES]], sorter)
    if not lines:
        return []
    _LEFT_OUT.update(_own_types())
    first = 0
    for _ in range(_MOST_LOOKS):
        if first is None:
            break
        with CollectorPause():
            first = _look_around(found, first)
        sleep(0)
    return found.rows()


def _own_types():
    own = [module for name, module in list(sys.modules.items()) if name.startswith(_OWN_NAME)]
    types = [each for module in own for each in vars(module).values() if type(each) is type]
    return {id(each) for each in types if each.__module__.startswith(_OWN_NAME)}


class _Found:
    """How many objects of each type were seen that one of the lines made."""

    def __init__(self, lines, sorter):
        self._absolute, self._of = sorter.absolute, sorter.of
        self._kinds = {line: {} for line in lines}
        # The same by line as tracemalloc names it; None for any other line.
        self._known = {}
        self._hidden = 0

    def is_user(self, filename):
        """True for the user's own files."""
        return self._of(filename) is origins.USER

    def note(self, thing):
        """Counts one object."""
        kind, line = type(thing), line_of(thing)
        if id(kind) in _LEFT_OUT:
            return
        if line is None:
            if _HIDES_INSTANCES and _FLAGS(kind) & _HAS_MANAGED_DICT:
                self._hidden += 1
            return
        if line not in self._known:
            self._known[line] = self._kinds.get((self._absolute(line[0]), line[1]))
        kinds = self._known[line]
        if kinds is not None:
            kinds.setdefault(id(kind), [type_name(kind), 0])[1] += 1

    def rows(self):
        """Returns what `look` does."""
        return [[*line, *most] for line, kinds in self._kinds.items() for most in self._most_of(kinds)]

    def _most_of(self, kinds):
        # Each of the hidden ones may be of this line.
        seen = sum(count for _, count in kinds.values()) + self._hidden
        if not kinds or seen < _FEWEST_SEEN:
            return
        name, count = max(kinds.values(), key=lambda pair: pair[1])
        if name is not None:
            yield name, count, seen


def _look_around(found, first):
    """Looks at the variables from the `first` on; returns which is to be the first of the next look,
    None after the last."""
    # A thread that waits lets this one have the interpreter for one interval at least.
    until = perf_counter() + min(_MOST_SECONDS, sys.getswitchinterval() / 2)
    seen = set()
    for index, variable in islice(enumerate(_variables(found.is_user)), first, None):
        if perf_counter() >= until:
            return index
        for thing in _reached_from(variable, seen):
            found.note(thing)
    return None


def _reached_from(variable, seen):
    """Yields a thing and some of what it holds, the nearest first; nothing that is `seen`."""
    waiting = deque([variable])
    for _ in range(_MOST_OF_ONE):
        if not waiting:
            return
        thing = waiting.popleft()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        yield thing
        waiting.extend(_some_of(thing))


def _variables(is_user):
    """Returns the variables of the user's functions that run, of the innermost first."""
    variables, shared = [], []
    frames = [sys._getframe(1), *frames_of_others().values()]
    for frame in frames:
        depth = count = 0
        while frame is not None and depth < _MOST_DEPTH and count < _MOST_FRAMES:
            if is_user(frame.f_code.co_filename):
                variables.extend(_locals_of(frame, count == 0))
                shared.extend(_some_of(frame.f_globals))
                count += 1
            frame = frame.f_back
            depth += 1
    return variables + shared + _newest()


def _locals_of(frame, is_innermost):
    if sys.version_info < (3, 11):
        return gc.get_referents(frame)
    # Before 3.13 the mapping is made anew for the asking, also for a program that has asked before. A
    # debugger has done that already, to show what the innermost function knows.
    if sys.version_info >= (3, 13) or is_innermost and "pydevd" in sys.modules:
        return list(frame.f_locals.values())
    return []


def _newest():
    """Returns what the collector has not looked at more than once yet."""
    young = gc.get_objects(generation=0), gc.get_objects(generation=1)
    return list(islice(chain.from_iterable(map(reversed, young)), _MOST_NEWEST))


def _some_of(thing):
    """Returns some of what a thing holds; runs no code of the program's."""
    kind = type(thing)
    if id(kind) in _LEFT_OUT:
        return ()
    for base in _MRO(kind):
        read = _READERS.get(id(base))
        if read is not None:
            return read(thing, base)
    return gc.get_referents(thing)[: 4 * _SOME] if gc.is_tracked(thing) else ()


def _of_sequence(thing, base):
    size, item = base.__len__(thing), base.__getitem__
    if size <= 2 * _SOME:
        return item(thing, slice(None))
    return [*item(thing, slice(-_SOME, None)), *item(thing, slice(None, None, size // _SOME))]


def _of_mapping(thing, base):
    newest = islice(reversed(base.keys(thing)), _SOME), islice(reversed(base.values(thing)), _SOME)
    return list(chain.from_iterable(newest))


def _of_others(thing, base):
    return list(islice(base.__iter__(thing), 2 * _SOME))


# By identity: a type with a metaclass may compare and hash by code of its own. Of Python's own types,
# so that a class that inherits from one is not asked.
_READERS = {
    **{id(base): _of_sequence for base in (list, tuple)},
    **{id(base): _of_others for base in (set, frozenset, deque)},
    id(dict): _of_mapping,
}
