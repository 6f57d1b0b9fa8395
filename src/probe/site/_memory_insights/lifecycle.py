"""The probe from its start to the program's end, and across forks."""

import _thread
import atexit
import os
import sys
import threading

from _memory_insights import process
from _memory_insights.clock import monotonic
from _memory_insights.sampler import Sampler
from _memory_insights.settings import Settings

_EXIT_SECONDS = 2.0


class Probe:
    """Owns the sampler of this process and its thread."""

    def __init__(self, wanted, arguments, cwd):
        self._wanted = wanted
        self._arguments = arguments
        self._cwd = cwd
        self._sampler = None
        self._thread = None

    def begin(self):
        """Starts measuring this process."""
        self._sampler = Sampler(self._wanted, self._arguments, self._cwd)
        self._start_thread()

    def _start_thread(self):
        thread = threading.Thread(
            target=self._run, args=(self._sampler,), name="Memory Insights", daemon=True
        )
        # The debugger leaves threads with these marks alone; it looks before they start.
        thread.pydev_do_not_trace = True
        thread.is_pydev_daemon_thread = True
        thread.start()
        self._thread = thread

    def _run(self, sampler):
        try:
            with sampler.lock:
                if sampler.is_over or not sampler.open(_thread.get_ident()):
                    return
            while not sampler.is_over:
                sampler.wait()
                with sampler.lock:
                    if not sampler.is_over:
                        sampler.tick()
        except Exception as error:
            # A fault of the probe ends the probe, not the program.
            sampler.fail(error)

    def end(self):
        """Sends the last figures; registered first with `atexit`, so it runs last."""
        sampler = self._sampler
        deadline = monotonic() + _EXIT_SECONDS
        try:
            if sampler.lock.acquire(timeout=_EXIT_SECONDS):
                sampler.finish(deadline)
                sampler.lock.release()
        except Exception as error:
            sampler.fail(error)


def begin(environ):
    """Starts the probe in this process, unless it is a helper that nobody asked about."""
    arguments = process.command_line()
    if process.is_helper(arguments):
        return
    probe = Probe(Settings(environ), arguments, process.cwd())
    probe.begin()
    atexit.register(probe.end)
