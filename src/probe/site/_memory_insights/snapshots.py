"""When to take a snapshot of traced memory between marks."""

from _memory_insights import headroom, traced
from _memory_insights.allowance import Allowance
from _memory_insights.clock import monotonic, process_time, thread_time


class Idleness:
    """Tells whether the program has used the processor since the last question."""

    _BUSY_SHARE = 0.1

    def __init__(self):
        self._before = self._read()

    def _read(self):
        return monotonic(), process_time(), thread_time()

    def ask(self):
        """True when the program waited nearly all the time. Asked on the probe's own thread, whose
        work does not count."""
        before, self._before = self._before, self._read()
        elapsed, used, own = (new - old for new, old in zip(self._before, before))
        return used - own < self._BUSY_SHARE * elapsed


class Snapshots:
    """Takes snapshots near each new peak, and now and then, so that a program that is killed leaves
    its lines behind. `lines` holds what they tell.

    Snapshots take a small share of the time, with two exceptions. While the newest one no longer
    tells what there is, the next is put off for two seconds at most, unless it holds up a program
    that works. And what is higher than ever is read at once where it stands still, as long as a
    small allowance lasts: it may be gone when its turn comes."""

    _SHARE = 0.05
    # While there is about as much as the newest one told.
    _CALM_SHARE = 0.02
    _GROWTH = 1.2
    _LEAST_GROWTH_BYTES = 1 << 20
    _LEAST_FOR_RATE_BYTES = 16 << 20
    # What tracing takes for so few blocks that reading them costs what it always does.
    _LEAST_OWN_BYTES = 1 << 20
    # So long a peak has to stand, and so much it may change meanwhile.
    _STEADY_MS = 75.0
    _STEADY_SHARE = 0.02
    _ASKED_SHARE = 0.2
    _PEAKS_SHARE = 0.01
    _PEAKS_SECONDS = 0.2
    # With what passes between two questions, a second: what a program that is killed may lose.
    _INTERVAL_MS = 750.0
    # Of a program that has only waited meanwhile.
    _IDLE_INTERVAL_MS = 2000.0
    _BEHIND_PAUSE_MS = 2000.0
    _CHEAP_SECONDS = 0.1
    # Of an idle program's time, for snapshots that are not cheap: it may wake up meanwhile.
    _IDLE_SHARE = 0.5
    _IDLE_PAUSE_MS = 1000.0
    # So that a program that forks all the time gets its lines too.
    _MOST_GIVEN_UP = 3

    def __init__(self, sorter, frames, read_virtual, give_way, earlier=None):
        """Starts tracing. `read_virtual()` gives the size of the address space; `give_way()` lets
        the program run, and is true while somebody waits for the probe's thread; `earlier` are the
        snapshots of the process this one was forked from."""
        self._is_ours = traced.start(frames)
        self.lines = traced.TracedLines(sorter)
        self._read_virtual = read_virtual
        self._give_way = give_way
        self._given_up = 0
        self._has_worked = True
        self._idleness = Idleness()
        self._last = 0.0
        self.size = 0
        # Snapshots so far, and with those that were given up.
        self.count = self.begun = 0
        self._seconds = 0.0
        self._cpu_seconds = 0.0
        self._seconds_per_byte = 0.0
        self._is_over = False
        self._peak = 0
        # The size since when it has changed little, and that moment.
        self._steady_size, self._steady_since = 0, 0.0
        self._for_peaks = Allowance(self._PEAKS_SHARE, 0.0, self._PEAKS_SECONDS)
        # Bytes that tracing took itself at the last reading.
        self._own_read = 0
        self.was_short = False
        if earlier is not None:
            self._is_ours = earlier._is_ours
            self.lines.go_on_from(earlier.lines)
            # Most of it is the parent's; many children end before they have much of their own.
            self.size = self._peak = traced.traced_memory()[0] or 0
            self._seconds_per_byte = earlier._seconds_per_byte
        elif not self._is_ours:
            self.lines.take_first()

    def start_again(self, frames):
        """Traces again after a stop, from nothing."""
        self._is_ours = traced.start(frames)
        self.size = self._peak = 0
        self.lines.start_over()

    def stop(self):
        """Stops tracing; False where the program itself had started it."""
        if self._is_ours:
            traced.stop()
        return self._is_ours

    def take_if_due(self, now):
        """Takes a snapshot when one is due and the budget allows it; `now` in milliseconds."""
        if self._is_over:
            return
        size = traced.traced_memory()[0] or 0
        is_idle = self._idleness.ask()
        self._has_worked = self._has_worked or not is_idle
        since = now - self._last
        is_behind = abs(size - self.size) >= self._LEAST_GROWTH_BYTES
        if since < self._pause_ms(is_behind, is_idle, self._times_the_last()):
            return
        is_late = is_behind and is_idle
        interval = self._INTERVAL_MS if self._has_worked else self._IDLE_INTERVAL_MS
        if self._is_peak(size) or is_late or since >= interval:
            self._take_if_it_can(now)

    def take_if_peak(self, now):
        """Takes a snapshot of a peak that stands still, while the allowance lasts; true when it did."""
        size = traced.traced_memory()[0] or 0
        if abs(size - self._steady_size) > self._STEADY_SHARE * size:
            self._steady_size, self._steady_since = size, now
        is_steady = now - self._steady_since >= self._STEADY_MS
        if self._is_over or not (is_steady and self._is_peak(size) and self._is_affordable()):
            return False
        started = thread_time()
        self._take_if_it_can(now)
        self._for_peaks.spend(thread_time() - started)
        return True

    def _is_peak(self, size):
        return size >= max(self._peak * self._GROWTH, self._peak + self._LEAST_GROWTH_BYTES)

    def _take_if_it_can(self, now):
        can_wait = self._given_up < self._MOST_GIVEN_UP
        self._take(now, self._give_way if can_wait else traced.only_give_way)

    def _is_affordable(self):
        return self._for_peaks.covers(self._times_the_last() * self._cpu_seconds)

    def _times_the_last(self):
        """How much more the next snapshot will cost than the last one did. That goes by the number of
        blocks, and so does what tracing takes itself: one large block costs no more than a small one."""
        own = traced.own_memory() or 0
        return max(1.0, own / max(self._own_read, self._LEAST_OWN_BYTES))

    def _pause_ms(self, is_behind, is_idle, times):
        """The least time between the starts of the last snapshot and the next, which costs so many
        times as much."""
        milliseconds, cpu_seconds = times * self._seconds * 1000, times * self._cpu_seconds
        pause = milliseconds / (self._SHARE if is_behind else self._CALM_SHARE)
        if is_behind and is_idle:
            longest = cpu_seconds * 1000 / self._IDLE_SHARE
            return min(pause, max(self._IDLE_PAUSE_MS, longest))
        # Not the time that passed: while the program works, most of that is the program's.
        if is_behind and cpu_seconds < self._CHEAP_SECONDS:
            return min(pause, max(self._BEHIND_PAUSE_MS, 2 * milliseconds))
        return pause

    def take_if_grown(self, now, least):
        """Takes a snapshot when there are so many bytes more than the newest one told: somebody waits
        for a line to hold them, and has asked for it. True when it did."""
        size = traced.traced_memory()[0] or 0
        since = now - self._last
        if size - self.size < least or since < self._seconds * 1000 / self._ASKED_SHARE:
            return False
        self.take(now)
        return True

    def take_last(self, now, deadline):
        """Takes a snapshot at exit; False when it would hold the exit up beyond `deadline`."""
        self._is_over = True
        size = traced.traced_memory()[0] or 0
        if monotonic() + self._seconds_per_byte * size > deadline:
            return False
        self.take(now)
        return True

    def take_once(self, now):
        """Takes a snapshot now, unless that was the time of the last."""
        if now != self._last:
            self.take(now)

    def take(self, now):
        """Takes a snapshot now, unless the program needs the memory that it would take."""
        self._take(now, traced.only_give_way)

    def _take(self, now, give_way):
        if not headroom.is_enough(self._read_virtual):
            self.was_short = True
            self._last = now
            return
        started, started_cpu = monotonic(), thread_time()
        # What the program allocates meanwhile is not in it.
        began_with, own = traced.traced_memory()[0] or 0, traced.own_memory() or 0
        self.begun += 1
        if not self.lines.take(give_way):
            self._given_up += 1
            self._seconds = max(self._seconds, monotonic() - started)
            self._last = now
            return
        self.size, self._own_read = began_with, own
        self._given_up = 0
        self._has_worked = False
        self.count += 1
        size = traced.traced_memory()[0] or 0
        self._seconds = monotonic() - started
        self._cpu_seconds = thread_time() - started_cpu
        self._peak = max(self._peak, size)
        self._last = now
        # What a reading costs whatever its size says nothing of a larger one, nor does waiting.
        self._seconds_per_byte = self._cpu_seconds / max(size, self._LEAST_FOR_RATE_BYTES)
