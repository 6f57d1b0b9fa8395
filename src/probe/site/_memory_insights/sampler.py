"""Samples the program and tells the host; runs on the probe's thread, and once more at the end.

A sampler is used under its lock: by the probe's thread, and at exit by the main thread, which takes
the last sample itself instead of waiting for the other one to wake up.
"""

import _thread
import os

from _memory_insights import functions, kept, requests, settings
from _memory_insights.answers import Answers
from _memory_insights.clock import monotonic, perf_counter, strftime, thread_time, time
from _memory_insights.garbage import Collections
from _memory_insights.growth import Growth
from _memory_insights.hello import hello
from _memory_insights.limit_watch import LimitWatch
from _memory_insights.marks import Marks
from _memory_insights.news import News
from _memory_insights.origins import Origins
from _memory_insights.samples import BlockCount, Samples
from _memory_insights.tracing import Tracing

_PEAK_BYTES = 1 << 20
_LEAVING_SECONDS = 1.0
_ATTACHED = "Attached at %s: what was there before is not known by line."


class Sampler:
    """Everything measured in one process, from its start or fork to its end."""

    def __init__(self, wanted, arguments, cwd, channel, earlier=None):
        """`earlier` is the sampler of the process that this one was forked from."""
        self.lock = _thread.allocate_lock()
        self.is_over = False
        # True from the beginning of an end that is not the program's.
        self.is_leaving = False
        # True while the program waits for this thread: what takes long is given up.
        self.is_hurried = False
        self._wanted = wanted
        self._arguments = arguments
        self._started = monotonic()
        self._started_at = time() * 1000
        self._interval = wanted.interval_ms / 1000
        self._is_open = False
        self._sorter = Origins(cwd)
        self._channel = channel
        self._growth = Growth(self._sorter)
        self._blocks = BlockCount()
        self._samples = Samples()
        self._next_sample = 0.0
        self._cpu = 0.0
        self._collections = Collections(perf_counter())
        self._collections.start()
        self._functions = self._open_functions(earlier)
        self._news = News(self._channel, self._functions, self._collections)
        read_virtual = self._growth.read_virtual
        helpers = (read_virtual, self._give_way)
        self._tracing = Tracing(self._sorter, self._news, wanted.frames, *helpers)
        self._tracing.begin(wanted, earlier and earlier._tracing)
        self._growth.follow(self._tracing.is_on)
        self._kept = kept.KeptSnapshots(self._channel, wanted.snapshot_ms)
        watched = (self._sorter, self._growth, self._tracing)
        self._limits = LimitWatch(*watched, earlier and earlier._limits)
        self._own_thread = None
        measured = (self._sorter, self._growth, self._tracing, self._blocks)
        self._marks = Marks(*measured, self._channel, self._flush_samples)
        self._answers = Answers(self, self._news, wanted.frames)
        self._functions.answer_with(self._answers.answer)
        if wanted.traced_function and self._functions.coverage != functions.EXACT:
            self._news.tell_once("Tracing while a function runs needs Python 3.12 or later.")
        if wanted.problem:
            self._news.tell_once(wanted.problem)
        if wanted.is_attached and earlier is None:
            self._functions.follow_running()
            self._news.tell_once(_ATTACHED % strftime("%H:%M:%S"))
        if not self._growth.is_measured:
            self._news.tell_once("Resident memory cannot be read on this system.")

    def _open_functions(self, earlier):
        if earlier is None:
            wanted = self._wanted.traced_function
            return functions.open_recorder(self._sorter, self._growth.reading, wanted)
        # Starting over would make the interpreter prepare every function of the child again.
        earlier._functions.measure_with(self._growth.reading)
        return earlier._functions

    @property
    def follows_forks(self):
        """False where a forked child cannot reach the host."""
        return self._channel.follows_forks

    def _now(self):
        return (monotonic() - self._started) * 1000

    def wait(self):
        """Sleeps until the next look is due or the host asks for something. Not under the lock."""
        self._channel.wait(self._growth.start_waiting(self._interval))

    # What follows runs under the lock.

    def _give_way(self):
        """Lets the program run; true while it waits for this thread, or the host does."""
        return self._channel.gives_way() or self.is_hurried

    def open(self, own_thread):
        """Connects and introduces itself; False when no host answers. Again, on another thread, it
        goes on with the connection that it has."""
        self._growth.use_thread(own_thread)
        self._own_thread = own_thread
        if self._is_open:
            return self._channel.is_open
        self._is_open = self._channel.connect()
        if not self._is_open:
            self._stop()
            return False
        coverage = self._functions.coverage
        if self._wanted.is_attached and coverage is functions.EXACT:
            # What ran before cannot be told from what did not run.
            coverage = functions.NONE
        who = (self._wanted, self._arguments, self._sorter)
        self._channel.send(hello(*who, self._started_at, self._tracing, coverage))
        self._channel.flush()
        return True

    def tick(self):
        """Takes one look and answers the host."""
        started = thread_time()
        self._growth.follow(self._tracing.is_on)
        self._growth.look()
        asked = requests.checked(self._channel.receive())
        marks = [(message["id"], None) for message in asked if message["kind"] == requests.MARK]
        has_sample = self._note(bool(marks))
        now = self._now()
        if marks:
            self._answer(marks, now)
        for message in asked:
            if not self.is_over:
                self._obey(message, now)
        if self.is_over:
            return
        if self._news.is_due(now):
            self._growth.check()
            self._send_news(now)
            has_sample = True
        elif self._tracing.take_if_peak(now):
            has_sample = True
        if has_sample or asked:
            self._keep(now)
        for message in self._limits.check(now, self._own_thread, self._functions.on_next_line):
            self._channel.send(message)
        self._functions.wake()
        self._settle(started)

    def _settle(self, started):
        """Ends a look; `started` is a reading of `thread_time`."""
        if self._tracing.has_just_read():
            self._growth.leave_out()
            # What was resident meanwhile was partly the table's copy.
            self._functions.take_steps()
        self._channel.flush()
        if not self._channel.is_open:
            self._stop()
        self._cpu += thread_time() - started

    def begin_part(self, file, name):
        """Has the next mark leave out what grew up to now; a file is called `name` from here on."""
        if self.is_over or not self._is_open and not self.open(_thread.get_ident()):
            return
        started = thread_time()
        self._sorter.rename(file, name)
        self._growth.follow(self._tracing.is_on)
        self._growth.look()
        self._note(True)
        self._growth.follow_part(_thread.get_ident())
        now = self._now()
        if self._tracing.is_on:
            self._tracing.take(now)
        self._marks.lines().take_delta()
        self._marks.start_over(now)
        self._settle(started)

    def end_round(self, at, ended_file):
        """Tells what grew since the last mark, which is a round that the program ends itself."""
        if self.is_over or not self._is_open and not self.open(_thread.get_ident()):
            return
        started = thread_time()
        self._growth.follow(self._tracing.is_on)
        self._growth.look(_thread.get_ident(), ended_file)
        self._note(True)
        self._growth.follow_part(None)
        self.take_round(self._now(), at)
        self._settle(started)

    @property
    def is_open(self):
        """True once the host has been reached."""
        return self._is_open

    def look_now(self, work):
        """Takes a look on a thread of the program, and has `work(now)` tell what it shows."""
        started = thread_time()
        self._growth.follow(self._tracing.is_on)
        self._growth.look()
        self._note(False)
        work(self._now())
        self._settle(started)

    def take_snapshot(self, now, name, number=None):
        """Keeps what each line holds; `number` is that of the host's request."""
        if self._tracing.is_on:
            self._tracing.take(now)
        self._kept.send(kept.REQUEST, self._reading(now), name, number)

    def take_round(self, now, at):
        """Tells what grew since the mark before; `at` is where the program is."""
        self._answer([(self._marks.next_round(), at)], now)

    def trace(self, is_wanted, frames, now):
        """Starts or stops tracing."""
        level = settings.ALLOCATIONS if is_wanted else settings.LIVE
        self._switch_level(level, frames, now)

    @property
    def is_traced(self):
        """True while blocks are traced."""
        return self._tracing.is_on

    def finish(self, deadline, ending_thread=None):
        """Takes the last sample and sends everything, until `deadline` at most. `ending_thread` is
        that of the program which is at its end."""
        if self.is_over or not self._is_open and not self.open(_thread.get_ident()):
            return
        self._growth.follow(self._tracing.is_on)
        self._growth.look(ending_thread)
        self._growth.decide()
        self._next_sample = 0.0
        self._note(False)
        self._growth.charge_rest()
        now = self._now()
        if not self._tracing.take_last(now, deadline):
            self._news.tell_once("The last snapshot was left out: it would have delayed the exit.")
        self._news.hurry()
        self._send_news(now)
        self._keep(now)
        self._kept.finish(self._reading(now))
        end = {"kind": "end", "t": now, "peakRssBytes": self._highest()}
        self._channel.send(dict(end, peakTracedBytes=self._tracing.peak()))
        self._channel.finish(deadline)
        self._stop()

    def _highest(self):
        """Returns the peak of this run; what was before it is no part of it."""
        seen = self._growth.peak
        return seen if self._wanted.is_attached else max(seen, self._growth.read_peak() or 0)

    def leave(self):
        """Sends what is left, and gives back all that was taken; the program goes on."""
        self.is_leaving = True
        self.finish(monotonic() + _LEAVING_SECONDS)
        self._stop()

    def give_up(self):
        """Ends what a forked child inherited, where there is no host for it."""
        self.discard()
        self._tracing.end()
        self._functions.stop()

    def put_away(self):
        """Closes what stays open for a last look at exit; there is none any more."""
        self._growth.close()

    def fail(self, error):
        """Ends measuring after a fault of the probe's own, and says so once. Never raises."""
        for step in (lambda: self._say_last(error), self._stop):
            try:
                step()
            except Exception:
                # An audit hook of the program refuses even that; the host sees the connection end.
                continue

    def _say_last(self, error):
        words = (type(error).__name__, _place_of(error))
        text = "The probe stopped by a fault of its own (%s%s)." % words
        self._channel.send({"kind": "problem", "text": text})
        self._channel.finish(monotonic() + 0.2)

    def discard(self):
        """Closes what a forked child inherited, without a word to the host."""
        self.is_over = True
        self._collections.stop()
        self._channel.close()
        self._growth.close()

    def on_next_event(self, code, work):
        """Calls `work()` on a thread of the program, soon after this moment; it must be harmless
        to call twice."""
        self._collections.on_next_run(work)
        self._functions.on_next_line(code, work)

    def _stop(self):
        self.is_over = True
        self._limits.release()
        self._collections.stop()
        self._tracing.end()
        self._channel.close()
        # Last: an audit hook of the program may refuse it.
        self._functions.stop()

    def _obey(self, message, now):
        kind = message["kind"]
        if kind == requests.RATE:
            self._interval = min(10.0, max(0.005, message["intervalMs"] / 1000))
        elif kind == requests.LEVEL:
            self._switch_level(message["level"], message["frames"], now)
        elif kind == requests.SNAPSHOT:
            self.take_snapshot(now, message["name"], message["id"])
        elif kind == requests.LIMITS:
            self._limits.set(message["limits"], message["holds"])
        elif kind == requests.RESUME:
            self._limits.release()
        elif kind == requests.LEAVE:
            self.leave()
        elif kind == requests.SCHEDULE:
            self._kept.set_every(message["everyMs"], now)

    def _switch_level(self, level, frames, now):
        """What grew is told from here on: figures of two levels have nothing in common."""
        if self._tracing.switch(level, frames, now):
            self._kept.start_over()
            self._growth.lines.take_delta()
            self._marks.start_over(now)
        # Told again where nothing changed, so that whoever asked knows.
        level = {"kind": "level", "t": now, "level": self._tracing.level}
        self._channel.send(dict(level, frames=self._tracing.frames))

    def _note(self, is_new_stop):
        """Charges what grew to the lines that ran; true when it was time to keep a sample."""
        now = self._now()
        self._growth.charge(now, self._functions.take_steps(), is_new_stop)
        self._functions.note_rise(self._growth.risen)
        size, crest = self._growth.size, self._growth.crest
        # A peak between two samples would be missing from the timeline.
        is_peak = crest > self._samples.highest_rss + _PEAK_BYTES
        is_due = is_new_stop or is_peak or now >= self._next_sample
        if is_due:
            self._next_sample = now + self._interval * 1000
            self._samples.add(now, crest if is_peak else size, self._tracing.size(), self._blocks.read(now))
        return is_due

    def _reading(self, now):
        """What there is by line; at the allocations level what the newest look at it told."""
        traced = self._tracing.size_read if self._tracing.is_on else None
        blocks = self._blocks.read_exact(now)
        lines = self._marks.lines()
        return kept.Reading(now, self._growth.size, traced, blocks, lines.held(), lines.freed)

    def _answer(self, marks, now):
        self._marks.answer(marks, now)
        self._news.hurry()

    def _flush_samples(self):
        self._news.send_samples(self._samples)
        self._channel.flush()

    def _send_news(self, now):
        if self._channel.is_full():
            # Everything but samples is cumulative, and goes when the host reads again.
            self._samples.take()
            self._channel.dropped += 1
            return
        self._tracing.send_news(now)
        self._news.send_lines("sampled", self._growth.lines, now)
        self._news.send_samples(self._samples)
        cost = {"kind": "cost", "t": now, "cpuMs": self._cpu * 1000}
        cost["samples"] = self._samples.count
        cost["tracingBytes"] = self._tracing.own_size()
        self._news.send_rest(now, cost)

    def _keep(self, now):
        """Keeps a snapshot where that is due, and of each new peak."""
        tracing, size = self._tracing, self._growth.size
        if tracing.is_on:
            if self._kept.is_interval_over(now):
                tracing.take(now)
            size = tracing.size_read
            if tracing.has_new_reading():
                self._kept.note(self._reading(now), size)
        elif self._kept.is_due(now, size):
            self._kept.note(self._reading(now), size)
        self._kept.settle(now, size)


def _place_of(error):
    """Returns ", file:line"; nothing where an audit hook forbids to look."""
    place = error.__traceback__
    try:
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        name = os.path.basename(place.tb_frame.f_code.co_filename)
        return ", %s:%d" % (name, place.tb_lineno)
    except Exception:
        return ""
