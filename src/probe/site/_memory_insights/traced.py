"""Python's own allocations by line, from tracemalloc's tables."""

from _memory_insights import origins
from _memory_insights.clock import perf_counter, sleep
from _memory_insights.quiet import CollectorPause
from _memory_insights.tables import MAX_LINES, largest, turnover

try:
    from _collections import _count_elements
except ImportError:
    from collections import Counter

    def _count_elements(counts, elements):
        counts.update(Counter(elements))


try:
    import _tracemalloc
except ImportError:
    _tracemalloc = None

_NOTHING = (0, 0)
_TIMES_OWN = 2
# Counts up to 256 are integers that exist already. Any larger one would be a traced allocation of
# its own, which makes counting ten times slower.
COUNTS_THAT_EXIST = 256
_UNDIVIDED_SECONDS = 0.002
# What a thread needs for its last steps, many times over.
_ENDING_SECONDS = 0.0003


def is_available():
    """True where this Python can trace allocations."""
    return _tracemalloc is not None


def is_tracing():
    """True while tracing is on, whoever started it."""
    return _tracemalloc is not None and _tracemalloc.is_tracing()


def start(frames):
    """Starts tracing unless it is on already; True when this call did."""
    if _tracemalloc.is_tracing():
        return False
    _tracemalloc.start(frames)
    return True


def stop():
    """Stops tracing, which forgets what was traced."""
    _tracemalloc.stop()


def let_threads_end():
    """Waits, just before a fork, for threads that are at their end.

    Those have let go of the interpreter, and still take the lock of Python's tables once more. A
    child that is forked with that lock waits for it for ever, before any of its code runs. No other
    thread comes so far meanwhile: this one has just got the interpreter, and keeps it."""
    sleep(0)
    until = perf_counter() + _ENDING_SECONDS
    while perf_counter() < until:
        pass


def traced_memory():
    """Returns bytes (now, peak), or (None, None) while nothing is traced."""
    return _tracemalloc.get_traced_memory() if is_tracing() else (None, None)


def own_memory():
    """Returns bytes that the tables of tracing take, or None while nothing is traced."""
    return _tracemalloc.get_tracemalloc_memory() if is_tracing() else None


def line_of(thing):
    """Returns (file, line) where an object was allocated, or None where that was not traced."""
    frames = _tracemalloc._get_object_traceback(thing)
    return frames[0] if frames else None


def accounted_for():
    """Returns bytes: what is traced or what tracing may take itself, how far the highest point is
    above what is traced, and the highest point; None while nothing is traced.

    Tracing takes more than it tells: its tables leave as much behind as they had each time they are
    made anew for twice as many blocks, and each entry is rounded up."""
    if not is_tracing():
        return None
    now, most = _tracemalloc.get_traced_memory()
    return now + _TIMES_OWN * _tracemalloc.get_tracemalloc_memory(), most - now, most


def _read_traces():
    """Returns one entry a block: (domain, size, frames, …), frames as ((file, line), …)."""
    try:
        return _tracemalloc._get_traces()
    except AttributeError:
        import tracemalloc

        return list(tracemalloc.take_snapshot().traces._traces)


def _count_equal(traces, give_way):
    """Returns how often each trace occurs; blocks of one line and size are equal. Empties `traces`
    on the way: the program may need the memory, and giving it back at once would hold it up.

    Every few milliseconds, outside the pauses, it calls `give_way()`; None once that is true."""
    counts = {}
    while traces:
        if give_way():
            return None
        with CollectorPause():
            _count_some(traces, counts)
    return counts


def _count_some(traces, counts):
    until = perf_counter() + _UNDIVIDED_SECONDS
    get = counts.get
    while traces and perf_counter() < until:
        chunk = {}
        _count_elements(chunk, traces[-COUNTS_THAT_EXIST:])
        del traces[-COUNTS_THAT_EXIST:]
        for trace, count in chunk.items():
            counts[trace] = get(trace, 0) + count


def _sums_by_place(counts):
    """Returns {(file, line): bytes} and {(file, line): blocks}. Each number and tuple that is made
    here is traced, which takes longer than all the rest: as few as can be are made."""
    sizes, numbers = {}, {}
    size_of, number_of = sizes.get, numbers.get
    for trace, blocks in counts.items():
        place = trace[2][0]
        size = trace[1] if blocks == 1 else trace[1] * blocks
        sizes[place] = size_of(place, 0) + size
        numbers[place] = number_of(place, 0) + blocks
    return sizes, numbers


def only_give_way():
    """Lets the program run; False, for the reading is not to be given up."""
    sleep(0)
    return False


class TracedLines:
    """Live bytes and blocks by (file, line), from snapshot to snapshot. `freed` are the bytes by which
    a line held less than at the snapshot before, added up: at least so many were freed."""

    def __init__(self, sorter):
        self._sorter = sorter
        self._first = {}
        self._newest = {}
        self._peak = {}
        self._at_mark = {}
        self._sent = {}
        # The snapshot that `_sent` goes by.
        self._told = None
        self.freed = {}
        self._freed_at_mark = {}

    def take_first(self):
        """Remembers what was there before this run; `grown` counts from it."""
        self._newest = self._first = self._at_mark = self.read()

    def start_over(self):
        """Forgets what was there: tracing was off meanwhile. What was sent goes on to hold."""
        self._newest = self._first = self._at_mark = {}

    def go_on_from(self, lines):
        """Starts from the newest snapshot of the process that this one was forked from."""
        self._newest = self._first = self._at_mark = lines._newest

    def take(self, give_way=only_give_way):
        """Takes a snapshot; the highest figure of each line is kept. False when it was given up."""
        newest = self.read(give_way)
        if newest is None:
            return False
        before, self._newest = self._newest, newest
        self._note_freed(before)
        peak = self._peak
        for key, (size, _) in self._newest.items():
            if size > peak.get(key, 0):
                if key in peak or len(peak) < MAX_LINES:
                    peak[key] = size
        return True

    def _note_freed(self, before):
        newest, freed = self._newest, self.freed
        for key, (size, _) in before.items():
            less = size - newest.get(key, _NOTHING)[0]
            if less > 0 and (key in freed or len(freed) < MAX_LINES):
                freed[key] = freed.get(key, 0) + less

    def read(self, give_way=only_give_way):
        """Returns {(file, line): (bytes, blocks)}; one pass over the blocks, then one over lines.
        None when it was given up: `give_way()` lets the program run, and is true for that."""
        with CollectorPause():
            traces = _read_traces()
        counts = _count_equal(traces, give_way)
        if counts is None:
            return None
        with CollectorPause():
            return self._by_line(counts)

    def _by_line(self, counts):
        lines = {}
        sizes, numbers = _sums_by_place(counts)
        for place, size in sizes.items():
            key = self._key_of(place)
            if key not in lines and len(lines) >= MAX_LINES:
                key = (origins.OTHER_FILE, 0)
            before, blocks = lines.get(key), numbers[place]
            lines[key] = (before[0] + size, before[1] + blocks) if before else (size, blocks)
        return lines

    def _key_of(self, place):
        filename, line = place
        if self._sorter.of(filename) is origins.TOOL:
            return (origins.TOOL_FILE, 0)
        name = self._sorter.absolute(filename)
        return place if name is filename else (name, line)

    def take_changed(self):
        """Returns `lines` rows of what changed since the last call."""
        if self._told is self._newest:
            return []
        self._told = self._newest
        rows = []
        newest, sent, first, peak = self._newest, self._sent, self._first, self._peak
        for key in newest.keys() | sent.keys():
            size, blocks = newest.get(key, _NOTHING)
            figures = (size, blocks, peak.get(key, size))
            if sent.get(key) != figures:
                grown = size - first.get(key, _NOTHING)[0]
                rows.append([key[0], key[1], size, blocks, figures[2], grown])
                sent[key] = figures
        return rows

    def held(self):
        """Returns {(file, line): (bytes, blocks)} of the newest snapshot, to be left as it is."""
        return self._newest

    def take_delta(self):
        """Returns `delta` rows between the newest snapshot and that of the last call, and rows of
        what came and went in between."""
        before, now = self._at_mark, self._newest
        held = lambda lines, key: lines.get(key, _NOTHING)[0]
        came = lambda key, went: went + held(now, key) - held(before, key)
        passing = turnover(self.freed, self._freed_at_mark, came)
        rows = []
        for key in before.keys() | now.keys():
            size, blocks = now.get(key, _NOTHING)
            old_size, old_blocks = before.get(key, _NOTHING)
            if size != old_size or blocks != old_blocks:
                rows.append([key[0], key[1], size - old_size, blocks - old_blocks])
        self._at_mark, self._freed_at_mark = now, dict(self.freed)
        return largest(rows), passing
