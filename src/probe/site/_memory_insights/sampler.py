"""Samples the program and tells the host; runs on the probe's thread, and once more at the end.

A sampler is used under its lock: by the probe's thread, and at exit by the main thread, which takes
the last sample itself instead of waiting for the other one to wake up.
"""

import _thread
import os
import sys

from _memory_insights import functions, rss, settings, traced
from _memory_insights.attribution import TOOL_LINE, Attribution
from _memory_insights.channel import Channel
from _memory_insights.clock import monotonic, perf_counter, thread_time, time
from _memory_insights.garbage import Collections
from _memory_insights.origins import Origins
from _memory_insights.quiet import CollectorPause
from _memory_insights.tables import GrownLines, batches

VERSION = 1
_SEND_SECONDS = 0.25
_COST_SECONDS = 1.0
_PEAK_BYTES = 1 << 20
_DECIDE_SECONDS = 1.0
_FUNCTIONS_SECONDS = 0.25
_FUNCTIONS_MAX_SECONDS = 2.0
_FUNCTIONS_SHARE = 0.005
# Stacks are looked at more often than samples are kept: a line that allocates is soon gone.
_LOOK_SECONDS = 0.025
_GROWING_SECONDS = 0.01
_STILL_GROWING_SECONDS = 0.1
# A thread keeps the interpreter for 5 ms at a time unless an instruction takes longer.
_HELD_UP_SECONDS = 0.007
# Rises below this wait for more: the kernel counts pages in batches.
_LEAST_RISE_BYTES = 64 << 10


class Sampler:
    """Everything measured in one process, from its start or fork to its end."""

    def __init__(self, wanted, arguments, cwd, waker=None, earlier=None):
        """`earlier` is the sampler of the process that this one was forked from."""
        self.lock = _thread.allocate_lock()
        self.is_over = False
        self._wanted = wanted
        self._arguments = arguments
        self._cwd = cwd
        self._started = monotonic()
        self._started_at = time() * 1000
        self._interval = wanted.interval_ms / 1000
        self._channel = Channel(wanted.address, waker)
        self._origins = Origins(cwd)
        self._rss = rss.open_reader()
        self._blocks = BlockCount()
        self._samples = Samples()
        self._grown = GrownLines()
        self._attribution = None
        self._snapshots = None
        self._last_rss = (self._rss.read() if self._rss else None) or 0
        self._base_rss = self._mark_rss = self._peak_rss = self._last_rss
        self._mark_t = 0.0
        self._mark_blocks = self._blocks.read(0.0)
        self._mark_traced = 0
        self._next_send = self._next_cost = self._next_sample = 0.0
        self._due = monotonic() + _LOOK_SECONDS
        self._growing_until = self._due
        self._sample_count = 0
        # Growth seen while the debugger holds every thread: a stop not yet reported, or its own.
        self._undecided = 0
        self._decide_at = 0.0
        self._cpu = 0.0
        self._problems = []
        self._told = set()
        # Starting over would make the interpreter prepare every function of the child again.
        read_rss = self._rss.read if self._rss else lambda: None
        if earlier:
            self._functions = earlier._functions
            self._functions.measure_with(read_rss)
        else:
            self._functions = functions.open_recorder(self._origins, read_rss)
        self._functions_due = 0.0
        self._functions_pause = _FUNCTIONS_SECONDS
        self._has_sent_functions = False
        self._collections = Collections(perf_counter())
        self._collections.start()
        if self._rss is None:
            self._problems.append("Resident memory cannot be read on this system.")
        if wanted.level == settings.ALLOCATIONS:
            self._start_tracing(earlier)

    def _start_tracing(self, earlier):
        if not traced.is_available():
            self._problems.append("This Python cannot trace allocations; lines are sampled instead.")
            return
        was_tracing = traced.is_tracing()
        traced.start(self._wanted.frames)
        self._snapshots = Snapshots(traced.TracedLines(self._origins))
        if earlier and earlier._snapshots:
            self._snapshots.lines.go_on_from(earlier._snapshots.lines)
        elif was_tracing:
            self._snapshots.lines.take_first()
        self._mark_traced = traced.traced_memory()[0] or 0

    def _now(self):
        return (monotonic() - self._started) * 1000

    # What follows runs under the lock.

    def open(self, own_thread):
        """Connects and introduces itself; False when no host answers. Again, on another thread, it
        goes on with the connection that it has."""
        is_new = self._attribution is None
        self._attribution = Attribution(self._origins, own_thread)
        self._due = monotonic() + _LOOK_SECONDS
        if not is_new:
            return self._channel.is_open
        if not self._channel.connect():
            self.is_over = True
            self._stop_listening()
            return False
        self._channel.send(self._hello())
        self._channel.flush()
        return True

    def _hello(self):
        return {
            "kind": "hello",
            "version": VERSION,
            "token": self._wanted.token,
            "pid": os.getpid(),
            "parentPid": os.getppid(),
            "python": "%d.%d.%d" % sys.version_info[:3],
            "implementation": "CPython" if sys.implementation.name == "cpython" else "other",
            "executable": sys.executable or "",
            "argv": self._arguments,
            "cwd": self._cwd,
            "platform": sys.platform,
            "level": settings.ALLOCATIONS if self._snapshots else settings.LIVE,
            "frames": self._wanted.frames,
            "intervalMs": self._wanted.interval_ms,
            "startedAt": self._started_at,
            "prefix": sys.prefix,
            "stdlib": self._origins.stdlib,
            "sitePaths": _site_paths(),
            "probePath": os.path.dirname(self._origins.probe_path),
            "coverage": self._functions.coverage,
        }

    def wait(self):
        """Sleeps until the next look is due or the host asks for something. Not under the lock."""
        now = monotonic()
        is_growing = now < self._growing_until
        self._due = now + min(self._interval, _GROWING_SECONDS if is_growing else _LOOK_SECONDS)
        self._channel.wait(self._due - now)

    def tick(self):
        """Takes one sample and answers the host."""
        started = thread_time()
        # First of all: what another thread does now is what has just let this one run.
        self._look()
        marks = self._read_requests()
        self._note(bool(marks))
        now = self._now()
        if marks and self._snapshots and traced.is_tracing():
            self._snapshots.take(now)
        for mark in marks:
            self._answer(mark, now)
        if now >= self._next_send:
            self._next_send = now + _SEND_SECONDS * 1000
            if self._rss:
                self._rss.check()
            self._send_news(now)
        self._channel.flush()
        if not self._channel.is_open:
            self.is_over = True
            self._stop_listening()
        self._cpu += thread_time() - started

    def finish(self, deadline):
        """Takes the last sample and sends everything, until `deadline` at most."""
        if self.is_over:
            return
        if self._attribution is None and not self.open(_thread.get_ident()):
            return
        self._look(_thread.get_ident())
        self._next_sample = self._decide_at = 0.0
        self._note(False)
        now = self._now()
        if self._snapshots and traced.is_tracing():
            self._snapshots.take_last(now, deadline)
        self._next_cost = self._functions_due = 0.0
        self._send_news(now)
        self._stop_listening()
        peak_traced = traced.traced_memory()[1]
        end = {"kind": "end", "t": now, "peakRssBytes": self._peak_rss}
        self._channel.send(dict(end, peakTracedBytes=peak_traced))
        self._channel.finish(deadline)
        self.is_over = True

    def fail(self, error):
        """Ends measuring after a fault of the probe's own, and says so once."""
        self.is_over = True
        self._stop_listening()
        place = error.__traceback__
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        where = "%s:%d" % (os.path.basename(place.tb_frame.f_code.co_filename), place.tb_lineno)
        text = "The probe stopped by a fault of its own (%s, %s)." % (type(error).__name__, where)
        try:
            self._channel.send({"kind": "problem", "text": text})
            self._channel.finish(monotonic() + 0.2)
        except Exception:
            self._channel.close()

    def on_next_event(self, code, work):
        """Calls `work()` on a thread of the program, soon after this moment; it must be harmless
        to call twice."""
        self._collections.on_next_run(work)
        self._functions.on_next_line(code, work)

    def discard(self):
        """Closes what a forked child inherited, without a word to the host."""
        self.is_over = True
        self._collections.stop()
        self._channel.close()
        if self._rss is not None:
            self._rss.close()

    def _read_requests(self):
        marks = []
        for message in self._channel.receive():
            kind = message.get("kind")
            if kind == "mark" and type(message.get("id")) is int:
                marks.append(message["id"])
            elif kind == "rate" and type(message.get("intervalMs")) is int:
                self._interval = min(10.0, max(0.005, message["intervalMs"] / 1000))
        return marks

    def _look(self, ending_thread=None):
        """Notes where the threads are, then how much memory there is, as close as can be."""
        was_held_up = monotonic() - self._due > _HELD_UP_SECONDS
        with CollectorPause():
            self._attribution.look(was_held_up, ending_thread)
        size = self._rss.read() if self._rss else None
        if size is not None:
            self._last_rss = size

    def _note(self, is_new_stop):
        with CollectorPause():
            self._charge_growth(is_new_stop)

    def _charge_growth(self, is_new_stop):
        """Charges what grew to the lines that ran, and keeps a sample when one is due."""
        now = self._now()
        for step in self._functions.take_steps():
            self._note_step(*step, now)
        size = self._last_rss
        rise = size - self._base_rss
        if rise < 0:
            self._base_rss = size
        elif rise >= _LEAST_RISE_BYTES:
            self._base_rss = size
            self._growing_until = monotonic() + _STILL_GROWING_SECONDS
            self._charge(rise, self._attribution.lines(is_new_stop), now)
        if self._undecided and (is_new_stop or now > self._decide_at):
            lines = self._attribution.lines(True) if is_new_stop else [TOOL_LINE]
            rise, self._undecided = self._undecided, 0
            self._charge(rise, lines, now)
        is_peak = size > max(self._peak_rss, self._samples.highest + _PEAK_BYTES)
        self._peak_rss = max(self._peak_rss, size)
        # A peak between two samples would be missing from the timeline.
        if is_new_stop or is_peak or now >= self._next_sample:
            self._next_sample = now + self._interval * 1000
            self._sample_count += 1
            traced_now = traced.traced_memory()[0] if self._snapshots else None
            self._samples.add(now, size, traced_now, self._blocks.read(now))

    def _note_step(self, began, size, line, now):
        """Charges what one long step of the program left behind, before anything later."""
        rise = size - self._base_rss
        if rise >= _LEAST_RISE_BYTES:
            self._base_rss = size
            # The step may be newer than the last look.
            self._last_rss = max(self._last_rss, size)
            self._charge(rise, [line], now)

    def _charge(self, rise, lines, now):
        if not lines:
            self._undecided += rise
            self._decide_at = now + _DECIDE_SECONDS * 1000
            return
        share, rest = divmod(rise, len(lines))
        for index, line in enumerate(lines):
            self._grown.add(line, share + (rest if index == 0 else 0))

    def _answer(self, mark, now):
        """Tells what grew since the mark before."""
        traced_now = traced.traced_memory()[0]
        blocks = self._blocks.read(now)
        is_traced = self._snapshots is not None and traced.is_tracing()
        lines = self._snapshots.lines if is_traced else self._grown
        delta = {
            "kind": "delta",
            "id": mark,
            "t": now,
            "sinceT": self._mark_t,
            "source": "traced" if is_traced else "sampled",
            "rssBytes": self._last_rss - self._mark_rss,
            "tracedBytes": traced_now - self._mark_traced if is_traced else None,
            "blocks": blocks - self._mark_blocks,
            "rows": lines.take_delta(),
        }
        self._mark_t, self._mark_rss, self._mark_blocks = now, self._last_rss, blocks
        self._mark_traced = traced_now or 0
        self._channel.send(delta)
        self._next_send = self._functions_due = 0.0

    def _send_news(self, now):
        if self._snapshots and traced.is_tracing():
            self._snapshots.take_if_due(now)
        elif self._snapshots:
            self._tell_once("The program stopped tracing; from then on lines are sampled.")
        self._samples.send(self._channel)
        if self._snapshots:
            self._send_lines("traced", self._snapshots.lines, now)
        if not (self._snapshots and traced.is_tracing()):
            self._send_lines("sampled", self._grown, now)
        self._send_collections(now)
        if now >= self._functions_due:
            self._send_functions(now)
        if now >= self._next_cost:
            self._next_cost = now + _COST_SECONDS * 1000
            cost = {"kind": "cost", "t": now, "cpuMs": self._cpu * 1000}
            self._channel.send(dict(cost, samples=self._sample_count))
        for text in self._problems:
            self._channel.send({"kind": "problem", "text": text})
        self._problems = []

    def _send_lines(self, source, lines, now):
        for rows in batches(lines.take_changed()):
            self._channel.send({"kind": "lines", "source": source, "t": now, "rows": rows})

    def _send_collections(self, now):
        rows = self._collections.take(now)
        if rows:
            self._channel.send({"kind": "collections", "rows": rows})
        if self._collections.was_too_often:
            self._collections.was_too_often = False
            self._tell_once("The garbage collector runs so often that only some runs are timed.")

    def _send_functions(self, now):
        started = monotonic()
        with CollectorPause():
            changed = self._functions.take_changed()
        seconds = monotonic() - started
        # The first time also loads what is needed, which says nothing of the next.
        least = seconds / _FUNCTIONS_SHARE if self._has_sent_functions else 0.0
        self._has_sent_functions = True
        self._functions_due = now + max(self._functions_pause, least) * 1000
        self._functions_pause = min(2 * self._functions_pause, _FUNCTIONS_MAX_SECONDS)
        for rows in batches(changed):
            self._channel.send({"kind": "functions", "rows": rows})

    def _tell_once(self, text):
        if text not in self._told:
            self._told.add(text)
            self._problems.append(text)

    def _stop_listening(self):
        self._collections.stop()
        self._functions.stop()


class Samples:
    """Samples that wait to be sent, as columns."""

    def __init__(self):
        self.highest = 0
        self._clear()

    def _clear(self):
        self._t, self._rss, self._traced, self._blocks = [], [], [], []

    def add(self, t, rss_bytes, traced_bytes, blocks):
        """Keeps one sample; `rss_bytes` is 0 and `traced_bytes` None where it is not known."""
        self._t.append(t)
        self._rss.append(rss_bytes or 0)
        self.highest = max(self.highest, rss_bytes or 0)
        self._traced.append(traced_bytes)
        self._blocks.append(blocks)

    def send(self, channel):
        """Sends and forgets what waits."""
        if self._t:
            columns = {"t": self._t, "rss": self._rss, "traced": self._traced}
            channel.send(dict(columns, kind="samples", blocks=self._blocks))
            self._clear()


class BlockCount:
    """Python's allocated blocks. Counting walks every arena: with millions of objects it is slow,
    and then it is done once a second."""

    _SLOW_SECONDS = 0.0002
    _SLOW_INTERVAL_MS = 1000.0

    def __init__(self):
        self._count = 0
        self._next = 0.0

    def read(self, now):
        """Returns the newest count; `now` in milliseconds."""
        if now >= self._next:
            started = monotonic()
            self._count = sys.getallocatedblocks()
            if monotonic() - started > self._SLOW_SECONDS:
                self._next = now + self._SLOW_INTERVAL_MS
        return self._count


class Snapshots:
    """Decides when to take a snapshot between marks: near each new peak, and now and then, so that
    a program that is killed leaves its lines behind; never more than a share of the time."""

    _SHARE = 0.05
    _GROWTH = 1.2
    _LEAST_GROWTH_BYTES = 1 << 20
    _INTERVAL_MS = 2000.0

    def __init__(self, lines):
        self.lines = lines
        self._last = 0.0
        self._next_allowed = 0.0
        self._peak = 0
        self._seconds_per_byte = 0.0

    def take_if_due(self, now):
        """Takes a snapshot when one is due and the budget allows it."""
        if now < self._next_allowed:
            return
        size = traced.traced_memory()[0] or 0
        is_peak = size >= max(self._peak * self._GROWTH, self._peak + self._LEAST_GROWTH_BYTES)
        if is_peak or now - self._last >= self._INTERVAL_MS:
            self.take(now)

    def take_last(self, now, deadline):
        """Takes a snapshot at exit, unless it would hold the exit up beyond `deadline`."""
        size = traced.traced_memory()[0] or 0
        if monotonic() + self._seconds_per_byte * size <= deadline:
            self.take(now)

    def take(self, now):
        """Takes a snapshot now."""
        started = monotonic()
        self.lines.take()
        size = traced.traced_memory()[0] or 0
        self._peak = max(self._peak, size)
        self._last = now
        seconds = monotonic() - started
        self._seconds_per_byte = seconds / max(size, 1)
        self._next_allowed = now + seconds * 1000 / self._SHARE


def _site_paths():
    site = sys.modules.get("site")
    try:
        paths = list(site.getsitepackages())
        if site.ENABLE_USER_SITE:
            paths.append(site.getusersitepackages())
        return paths
    except Exception:
        return []
