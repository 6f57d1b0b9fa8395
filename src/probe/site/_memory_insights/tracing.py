"""Tracing of Python's allocations: on from the start, or switched while the program runs."""

from _memory_insights import interpreters, settings, traced
from _memory_insights.snapshots import Snapshots

_UNAVAILABLE = "This Python cannot trace allocations; lines are sampled instead."
_NOT_OURS = "The program traces its allocations itself; tracing goes on."
_SHORT = "The program is near its limit of memory; what is traced is not read there."
_STOPPED = "The program stopped tracing; from then on lines are sampled."
_SEVERAL = "Python cannot trace a program of several interpreters; lines are sampled instead."
_NO_LINES = "The program has several interpreters; what grows meanwhile is not known by line."


class Tracing:
    """The traced side of one process. `frames` are those kept for each block."""

    def __init__(self, sorter, news, frames, read_virtual, give_way):
        self._sorter = sorter
        self._read_virtual = read_virtual
        self._may_give_way = give_way
        self._news = news
        self._snapshots = None
        self._is_wanted = False
        self._readings = self._begun_before = 0
        self.frames = frames

    def begin(self, wanted, earlier):
        """Starts as the host asked. `earlier` is that of the process this one was forked from."""
        if interpreters.CAN_BE_HARMED:
            interpreters.first_creation.watch()
        if earlier is not None and earlier._is_wanted:
            self._start(earlier.frames, earlier._snapshots)
        elif earlier is None and wanted.level == settings.ALLOCATIONS:
            self._start(wanted.frames, None)

    @property
    def level(self):
        return settings.ALLOCATIONS if self._is_wanted else settings.LIVE

    @property
    def is_on(self):
        """True while blocks are traced and read."""
        return self._is_wanted and traced.is_tracing()

    @property
    def lines(self):
        """What the newest reading tells by line; None when nothing was ever traced."""
        return self._snapshots.lines if self._snapshots is not None else None

    def size(self):
        """Returns the traced bytes, or None while nothing is traced."""
        return traced.traced_memory()[0] if self._is_wanted else None

    def own_size(self):
        """Returns the bytes that tracing takes itself, or None while nothing is traced."""
        return traced.own_memory() if self._is_wanted else None

    def peak(self):
        """Returns the most bytes traced at once, or None while nothing is traced."""
        return traced.traced_memory()[1]

    def switch(self, level, frames, now):
        """Starts or stops tracing at the host's wish; true when that changed anything."""
        if level == settings.ALLOCATIONS:
            if self.is_on and frames == self.frames:
                return False
            if self.is_on:
                self._stop(now)
            self._start(frames, None)
            return self._is_wanted
        was_wanted = self._is_wanted
        if self.is_on:
            self._stop(now)
        self._is_wanted = False
        return was_wanted

    def _start(self, frames, earlier):
        if not traced.is_available():
            self._news.tell_once(_UNAVAILABLE)
            return
        if not interpreters.first_creation.announce(self._give_way):
            self._news.tell_once(_SEVERAL)
            return
        self._is_wanted = True
        self.frames = frames
        if self._snapshots is None:
            helpers = (self._read_virtual, self._may_give_way)
            self._snapshots = Snapshots(self._sorter, frames, *helpers, earlier)
        else:
            self._snapshots.start_again(frames)

    def _give_way(self):
        """Called on the program's thread, without the sampler's lock."""
        if self.is_on and self._snapshots.stop():
            self._news.tell_once(_SEVERAL)

    def _stop(self, now):
        self._snapshots.take_once(now)
        self._news.send_lines("traced", self.lines, now)
        if not self._snapshots.stop():
            self._news.tell_once(_NOT_OURS)

    def take(self, now):
        """Reads what is traced now."""
        self._snapshots.take(now)

    def take_if_grown(self, now, least):
        """Reads what is traced where it has grown by so many bytes since the newest reading; true when
        it did."""
        return self._snapshots.take_if_grown(now, least)

    def take_if_peak(self, now):
        """Reads what is traced where that is higher than ever; true when it did."""
        return self.is_on and self._snapshots.take_if_peak(now)

    def has_new_reading(self):
        """True once after each reading."""
        before, self._readings = self._readings, self._snapshots.count
        return before != self._readings

    def has_just_read(self):
        """True once after readings, those too that were given up."""
        before = self._begun_before
        self._begun_before = self._snapshots.begun if self._snapshots is not None else 0
        return before != self._begun_before

    @property
    def size_read(self):
        """Bytes that were traced at the newest reading."""
        return self._snapshots.size

    def take_last(self, now, deadline):
        """Reads it at exit; False when that would hold the exit up beyond `deadline`."""
        return not self.is_on or self._snapshots.take_last(now, deadline)

    def end(self):
        """Stops what this probe started: nobody reads it any more."""
        if self.is_on:
            self._snapshots.stop()
        interpreters.first_creation.withdraw()

    def send_news(self, now):
        """Reads when that is due, and tells what changed."""
        if self.is_on:
            self._snapshots.take_if_due(now)
            if self._snapshots.was_short:
                self._news.tell_once(_SHORT)
        elif self._is_wanted and not interpreters.first_creation.has_come:
            self._news.tell_once(_STOPPED)
        elif not self._is_wanted and interpreters.first_creation.is_of_others():
            self._news.tell_once(_NO_LINES)
        if self._snapshots is not None:
            self._news.send_lines("traced", self.lines, now)
