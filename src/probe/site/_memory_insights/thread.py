"""A thread that the program does not see, and that a debugger knows to leave alone.

It is started below `threading`, so that `threading.enumerate()` and `active_count()` answer as they
would without the probe. A debugger that meets an unknown thread gives it a name and lists it; it
looks for a function `_bootstrap_inner` of `threading.py`, whose `self` is a thread with marks.
"""

import _thread
import os
import sys
import threading
from threading import Thread, _active, _dangling

from _memory_insights.unseen import in_file

try:
    import _signal
except ImportError:
    _signal = None

# Signals that a fault of the thread itself raises; blocked, they would kill without a word.
_FAULTS = ("SIGSEGV", "SIGFPE", "SIGBUS", "SIGILL", "SIGTRAP", "SIGABRT")


class ProbeThread:
    """Runs `work(thread)` on a thread of its own. `is_alive` turns false at its end."""

    def __init__(self, work, is_debugged):
        self._work = work
        self._is_listed = False
        self._is_debugged = is_debugged
        self.is_alive = True
        self.ident = None
        self.native_id = None
        self._thread = thread = Thread(name="Memory Insights", daemon=True)
        _dangling.discard(thread)
        # The debugger leaves threads with these marks alone; it looks before they start.
        thread.pydev_do_not_trace = True
        thread.is_pydev_daemon_thread = True

    def start(self):
        """Starts the thread and returns at once. @raises RuntimeError when there can be no more."""
        # A debugger that is there already would make up a thread of its own for this one.
        start = getattr(_thread, "_original_start_new_thread", _thread.start_new_thread)
        start(_FIRST_FUNCTION, (self._thread, self))

    def begin(self):
        """Called on the new thread itself."""
        self.ident = self._thread._ident = _thread.get_ident()
        if hasattr(_thread, "get_native_id"):
            self.native_id = _thread.get_native_id()
        _leave_signals_to_the_program()
        if self._is_debugged:
            self._list()

    def run(self):
        """Does the work."""
        self._work(self)

    def end(self):
        """Called on the thread itself, last."""
        if self._is_listed:
            _active.pop(self.ident, None)
        self.is_alive = False

    def is_running(self):
        """True until the system's own thread is gone too, where the system tells."""
        if self.is_alive or self.native_id is None:
            return self.is_alive
        return os.path.exists("/proc/self/task/%d" % self.native_id)

    def notice_debugger(self):
        """Shows the thread to a debugger that has come since, or it makes up a thread for it."""
        if not self._is_listed and "pydevd" in sys.modules:
            self._list()

    def _list(self):
        self._is_listed = True
        _active[self.ident] = self._thread


def _leave_signals_to_the_program():
    if hasattr(_signal, "pthread_sigmask"):
        faults = {getattr(_signal, name, None) for name in _FAULTS}
        _signal.pthread_sigmask(_signal.SIG_BLOCK, set(_signal.valid_signals()) - faults)


def _bootstrap_inner(self, probe_thread):
    """The first function of the thread; debuggers read `self` here."""
    try:
        try:
            probe_thread.begin()
            probe_thread.run()
        finally:
            probe_thread.end()
    except BaseException:
        # There is nobody to tell: the work reports its own faults to the host. Nothing is called
        # here, for where memory is short a call would fail and Python print a word of its own.
        probe_thread.is_alive = False


_FIRST_FUNCTION = in_file(_bootstrap_inner, threading.__file__)
