"""The probe of one process: its sampler and its thread, from a start to an end, and across forks."""

import _thread
import sys

from _memory_insights import descriptors, memray_engine, process, quiet, traced
from _memory_insights.channel import Channel
from _memory_insights.clock import monotonic, sleep
from _memory_insights.sampler import Sampler
from _memory_insights.thread import ProbeThread
from _memory_insights.unseen import unseen

_EXIT_SECONDS = 2.0
_REST_SECONDS = 0.05
_FORK_SECONDS = 0.25
_LEAVING_SECONDS = 2.0
_LAST = -1000
# `os.fork` warns a program that has more than one thread; it must not be warned about this one.
_WARNS_OF_THREADS = sys.version_info >= (3, 12)


class Probe:
    """Owns the sampler of this process and its thread."""

    def __init__(self, wanted, arguments, cwd, open_channel=None):
        """`open_channel(waker)` gives the connection to the host; a socket unless told."""
        self._wanted = wanted
        self._open_channel = open_channel or (lambda waker: Channel(wanted.address, waker))
        self._arguments = arguments
        self._cwd = cwd
        self._sampler = None
        self._thread = None
        self._waker = None
        self._forks = 0
        self._is_following = False
        self._resuming = _thread.allocate_lock()
        self._tracking = None
        # What is done when a host has left.
        self._on_left = None

    def track(self):
        """Has another engine trace where the host wants that; before `begin`."""
        self._tracking = memray_engine.start(self._wanted)

    def begin(self):
        """Starts measuring this process."""
        self._waker = descriptors.open_waker()
        earlier, self._sampler = self._sampler, None
        channel = self._open_channel(self._waker)
        self._sampler = Sampler(self._wanted, self._arguments, self._cwd, channel, earlier)
        try:
            self._start_thread()
        except Exception as error:
            # No thread to be had, by a limit for example.
            self._sampler.fail(error)
            self._thread = None
            if self._wanted.is_attached:
                self._put_away()

    def begin_again(self, wanted, open_channel):
        """Starts measuring for another host, once the one before is gone. Not for two at a time."""
        self._sampler = self._thread = None
        self._wanted, self._open_channel = wanted, open_channel
        self.begin()

    def when_left(self, work):
        """Calls `work()` once, when the host has left."""
        self._on_left = work

    def is_measuring(self):
        """True while a host is told of this process."""
        sampler = self._sampler
        return sampler is not None and not sampler.is_over and not sampler.is_leaving

    def serves_debugger(self):
        """True while it measures for a host that is reached through the debugger."""
        return self.is_measuring() and not self._sampler.follows_forks

    def leave(self):
        """Ends measuring, and waits for that; the program goes on. True when all is given back."""
        sampler = self._sampler
        if sampler is not None:
            if sampler.lock.acquire(timeout=_LEAVING_SECONDS):
                sampler.leave()
                sampler.lock.release()
            self._rest(_LEAVING_SECONDS)
        return not self.is_measuring() and not (self._thread and self._thread.is_alive)

    def _start_thread(self):
        self._thread = ProbeThread(self._run, process.is_debugger(self._arguments))
        self._thread.start()

    def _run(self, thread):
        sampler = self._sampler
        try:
            self._measure(sampler, thread)
        except Exception as error:
            # A fault of the probe ends the probe, not the program.
            sampler.fail(error)
        if sampler.is_over and self._wanted.is_attached:
            self._put_away()

    def _measure(self, sampler, thread):
        with sampler.lock:
            if sampler.is_over or not sampler.open(thread.ident):
                return
        while not sampler.is_over and not (self._forks and _WARNS_OF_THREADS):
            sampler.wait()
            thread.notice_debugger()
            with sampler.lock:
                if not sampler.is_over and not self._forks:
                    sampler.tick()

    def _put_away(self):
        """Closes what is open, for the program may run on for days."""
        on_left, self._on_left = self._on_left, None
        if on_left is not None:
            on_left()
        self._sampler.put_away()
        waker, self._waker = self._waker, None
        if waker is not None:
            waker.close()

    def end(self):
        """Sends the last figures; registered first with `atexit`, so it runs last."""
        sampler = self._sampler
        if sampler is None:
            return
        deadline = monotonic() + _EXIT_SECONDS
        try:
            if self._tracking is not None:
                self._tracking.end()
            if sampler.lock.acquire(timeout=_EXIT_SECONDS):
                sampler.finish(deadline, _thread.get_ident())
                sampler.lock.release()
            self._rest()
        except Exception as error:
            sampler.fail(error)

    def begin_part(self, file, name):
        """Begins a part of the run; on the program's own thread."""
        self._do(lambda sampler: sampler.begin_part(file, name))

    def end_round(self, at, ended_file):
        """Tells what grew in a round of a leak hunt; on the program's own thread."""
        self._do(lambda sampler: sampler.end_round(at, ended_file))

    def _do(self, work):
        sampler = self._sampler
        if sampler is None:
            return
        try:
            with sampler.lock:
                work(sampler)
        except Exception as error:
            sampler.fail(error)

    def _rest(self, seconds=_REST_SECONDS):
        """Waits for the thread's end. Python ends the threads that are left by means that take a
        free descriptor, or abort the program where it has none (glibc's `pthread_exit`)."""
        thread = self._thread
        if thread is None or not thread.is_alive:
            return
        waker = self._waker
        # One that is leaving ends by itself, and has put the waker away just before.
        if not (waker.wake() if waker is not None else self._is_left()):
            return
        deadline = monotonic() + seconds
        while thread.is_running() and monotonic() < deadline:
            sleep(0.0001)

    def before_fork(self):
        """Ends the thread, so that the program forks with the threads that it knows of."""
        self._forks += 1
        if not self._is_left():
            self._follow_worker()
        if _WARNS_OF_THREADS:
            if self._sampler is not None:
                self._sampler.is_hurried = True
            self._rest(_FORK_SECONDS)
        if self._sampler is not None and self._sampler.is_traced:
            traced.let_threads_end()

    def _is_left(self):
        return self._wanted.is_attached and not self.is_measuring()

    def _follow_worker(self):
        """Has `multiprocessing` call back in its forked workers: they end without `atexit`."""
        util = sys.modules.get("multiprocessing.util")
        if util is None or self._is_following:
            return
        self._is_following = True
        util.register_after_fork(self, Probe._end_with_worker)

    def _end_with_worker(self):
        util = sys.modules["multiprocessing.util"]
        # The lowest priority: after everything that the program does at its end.
        util.Finalize(None, unseen(lambda: self.end()), exitpriority=_LAST)

    def after_fork_in_parent(self):
        """Goes on with a new thread where the old one has ended, as soon as the fork is over."""
        self._forks -= 1
        if self._forks or self._sampler is None:
            return
        self._sampler.is_hurried = False
        # One that has taken long may be at its end only now.
        if not _WARNS_OF_THREADS or self._sampler.is_over:
            return
        # Threads are counted after this, so the thread comes back with the next line of the code
        # that forked, or with the next garbage collection at the latest.
        forking = sys._getframe(2).f_code
        self._sampler.on_next_event(forking, self._resume)

    def _is_resting(self):
        return not self._sampler.is_over and not self._thread.is_alive

    def _resume(self):
        # Two threads of the program may come here at once.
        if not self._resuming.acquire(False):
            return
        try:
            if not self._forks and self._is_resting():
                if self._waker is not None:
                    self._waker.drain()
                self._start_thread()
        except Exception as error:
            self._sampler.fail(error)
        finally:
            self._resuming.release()

    def after_fork_in_child(self):
        """Leaves the parent's connection alone and starts one of this process's own."""
        quiet.end_inherited_pauses()
        self._forks = 0
        self._resuming = _thread.allocate_lock()
        is_left = self._is_left()
        if is_left and (self._sampler is None or self._sampler.is_over):
            return
        if self._waker is not None:
            self._waker.close()
        if self._sampler is not None and (is_left or not self._sampler.follows_forks):
            self._sampler.give_up()
            self._sampler = self._thread = self._waker = None
            return
        if self._sampler is not None:
            self._sampler.discard()
        self.begin()
