"""Growth of resident memory, and the lines it is charged to.

Every rise since the start is charged once: what the lines got adds up to the sum of the rises. While
blocks are traced, their lines are known better, and only what tracing does not see is charged.
"""

from _memory_insights import rss, traced
from _memory_insights.attribution import TOOL_LINE, Attribution
from _memory_insights.clock import monotonic, perf_counter, thread_time
from _memory_insights.quiet import CollectorPause
from _memory_insights.tables import GrownLines
from _memory_insights.untraced import Untraced

# Smaller rises wait for more: the kernel counts pages in batches.
_LEAST_RISE_BYTES = 64 << 10
_LEAST_FALL_BYTES = 1 << 20
# Stacks are looked at more often than samples are kept, and most often while memory grows: a line
# that allocates is soon gone. A program that has not grown for a while is left alone for longer.
_LOOK_SECONDS = 0.025
_GROWING_LOOK_SECONDS = 0.01
_STILL_GROWING_SECONDS = 0.1
_RESTING_LOOK_SECONDS = 0.05
_RESTING_AFTER_SECONDS = 0.5
# Of the time while memory grows, on a machine where a look is slow.
_LOOK_SHARE = 0.01
# A thread keeps the interpreter for 5 ms at a time unless an instruction takes longer.
_HELD_UP_SECONDS = 0.007
_DECIDE_MS = 1000.0


class Growth:
    """Looks at stacks and memory together. Sizes are bytes; `now` is milliseconds of the run."""

    def __init__(self, sorter):
        self.lines = GrownLines()
        self._sorter = sorter
        self._reader = rss.open_reader()
        self._attribution = None
        self._due = monotonic()
        self._growing_until = self._due
        self._cpu_before = None
        # Growth seen while the debugger holds every thread: a stop not yet reported, or its own.
        self._undecided = 0
        self._decide_at = 0.0
        self._is_traced = False
        self._traced = self._untraced = None
        # The line that grew last, as (file, line).
        self.last_line = None
        # Readings of `perf_counter`: of the newest size, and of what has been charged.
        self._looked_at = self._charged_at = 0.0
        # Bytes of all rises, whatever fell in between.
        self.risen = 0
        self.size = self.read() or 0
        # The highest size since the look before, which may have gone meanwhile.
        self.crest = self.size
        self.peak = self._accounted = self.size

    @property
    def is_measured(self):
        """False where the system does not tell a process its resident memory."""
        return self._reader is not None

    def read(self):
        """Returns resident memory now, or None."""
        return self._reader.read() if self._reader is not None else None

    def read_peak(self):
        """Returns the highest resident memory since the program began, or None: what was there for
        less than the time between two looks, none of them has seen."""
        return self._reader.read_peak() if self._reader is not None else None

    def read_virtual(self):
        """Returns the size of the address space now; None where the system does not tell."""
        is_told = isinstance(self._reader, rss.StatmReader)
        return self._reader.read_virtual() if is_told else None

    def reading(self):
        """Returns resident memory now, or None, and how much of it tracing can explain, or None."""
        if not self._is_traced:
            return self.read(), None
        # Reading memory lets the program run: a block may be there before only, or after.
        before, size, after = traced.accounted_for(), self.read(), traced.accounted_for()
        return size, before and after and max(before, after)

    def follow(self, is_traced):
        """Says whether lines are told from traced blocks now."""
        was_traced, self._is_traced = self._is_traced, is_traced
        if is_traced and not was_traced:
            self._compare(*self.reading())

    def check(self):
        """Makes sure of the open file; now and then."""
        if self._reader is not None:
            self._reader.check()

    def close(self):
        """Closes the open file."""
        if self._reader is not None:
            self._reader.close()

    def use_thread(self, ident):
        """Names the probe's own thread, which is left out; forgets where the others were."""
        self._attribution = Attribution(self._sorter, ident)
        self._cpu_before = None
        self.start_waiting(_LOOK_SECONDS)

    def follow_part(self, thread):
        """Says which thread runs a part of the program, None for none."""
        self._attribution.follow_part(thread)

    def start_waiting(self, most):
        """Returns the seconds until the next look, `most` at most."""
        now = monotonic()
        since = now - self._growing_until
        seconds = _RESTING_LOOK_SECONDS if since > _RESTING_AFTER_SECONDS else _LOOK_SECONDS
        cpu_before, self._cpu_before = self._cpu_before, thread_time()
        if since < 0 and cpu_before is not None:
            pace = (self._cpu_before - cpu_before) / _LOOK_SHARE
            seconds = min(seconds, max(_GROWING_LOOK_SECONDS, pace))
        seconds = min(most, seconds)
        self._due = now + seconds
        return seconds

    def look(self, ending_thread=None, ended_file=None):
        """Notes where the threads are, then how much memory there is, as close as can be.

        Reading memory lets go of the interpreter, so the stacks come first: what another thread
        does now is what has just let this one run."""
        was_held_up = monotonic() - self._due > _HELD_UP_SECONDS
        with CollectorPause():
            self._attribution.look(was_held_up, ending_thread, ended_file)
        size, accounted_for = self.reading()
        if size is not None:
            self.size, self._traced = size, accounted_for
            self._looked_at = perf_counter()

    def charge(self, now, steps, is_new_stop):
        """Charges what grew up to the last look. `steps` are long steps of single lines, as the
        program's own threads noted them; `is_new_stop` when the debugger has just stopped."""
        self.crest = self.size
        for ended, reading, line in steps:
            # One that was read before the last look is told only now.
            if ended <= self._charged_at:
                continue
            self._compare(*reading)
            self._charge_up_to(reading[0], [line], now)
            self._note_fall_to(reading[0], lambda: [line])
            self.crest = max(self.crest, reading[0])
            if ended > self._looked_at:
                self.size, self._traced = reading
                self._looked_at = ended
        self._charged_at = self._looked_at
        self._compare(self.size, self._traced)
        if self.size < self._accounted:
            self._note_fall_to(self.size, lambda: self._attribution.lines(is_new_stop))
            self._accounted = self.size
        elif self.size - self._accounted >= _LEAST_RISE_BYTES:
            self._growing_until = monotonic() + _STILL_GROWING_SECONDS
            self._charge_up_to(self.size, self._attribution.lines(is_new_stop), now)
        if self._undecided and (is_new_stop or now >= self._decide_at):
            rise, self._undecided = self._undecided, 0
            self._share(rise, self._attribution.lines(True) if is_new_stop else [TOOL_LINE])
        self.peak = max(self.peak, self.crest)
        self._attribution.let_go()

    def _note_fall_to(self, size, find_lines):
        """Notes what goes while a line runs; while blocks are traced, they tell it better."""
        fall = self._accounted - size
        if fall < _LEAST_FALL_BYTES:
            return
        self._accounted = size
        if self._is_traced:
            return
        lines = find_lines()
        for line in lines:
            self.lines.note_fall(line, fall // len(lines))

    def _compare(self, size, accounted_for):
        if accounted_for is None or not size:
            self._untraced = None
        elif self._untraced is None:
            self._untraced = Untraced(size, accounted_for)
        else:
            self._give(*self._untraced.compare(size, accounted_for))

    def leave_out(self):
        """Charges nobody for what has changed since the last look: the probe read its tables."""
        size, accounted_for = self.reading()
        if size is not None and accounted_for is not None and self._untraced is not None:
            self.size, self._traced, self._accounted = size, accounted_for, size
            self._untraced.start_over(size, accounted_for)
        elif size is not None:
            # Tracing ended with the reading.
            self.size = self._accounted = size

    def decide(self):
        """Makes the next `charge` settle what is undecided; at the end."""
        self._decide_at = 0.0

    def charge_rest(self):
        """Charges what no later look can make certain; at the end."""
        if self._untraced is not None:
            self._give(*self._untraced.take())

    def _charge_up_to(self, size, lines, now):
        rise = size - self._accounted
        if rise < _LEAST_RISE_BYTES:
            return
        self._accounted = size
        self.risen += rise
        if lines:
            self._share(rise, lines)
        else:
            self._undecided += rise
            self._decide_at = now + _DECIDE_MS

    def _share(self, rise, lines):
        if lines:
            self.last_line = lines[0]
        if self._untraced is None:
            self._give(rise, lines)
        else:
            self._untraced.suspect(lines)

    def _give(self, rise, lines):
        if not lines:
            return
        share, rest = divmod(rise, len(lines))
        for index, line in enumerate(lines):
            self.lines.add(line, share + (rest if index == 0 else 0))
