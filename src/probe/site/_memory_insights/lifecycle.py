"""Begins and ends measuring in this process, whoever asks for it."""

import atexit
import os

from _memory_insights import process
from _memory_insights.probe import Probe
from _memory_insights.settings import Settings
from _memory_insights.unseen import unseen

# The probe of this process, once it has begun: what it registers stays, so there is one for good.
_probes = []


def begin(environ):
    """Starts the probe in this process, unless it is a helper that nobody asked about."""
    arguments = process.command_line()
    if process.is_helper(arguments):
        return
    probe = Probe(Settings(environ), arguments, process.cwd())
    if not process.is_fork_server(arguments):
        probe.track()
        probe.begin()
    _register(probe)


def is_measuring():
    """True while a host that listens by itself is told of this process."""
    return any(probe.is_measuring() and not probe.serves_debugger() for probe in _probes)


def attach(wanted, open_channel):
    """Starts the probe in a process that runs already, or starts it again, and returns it.

    @raises RuntimeError when the one before has not ended yet."""
    for probe in _probes:
        if not probe.leave():
            raise RuntimeError("The profiler that was there before has not ended yet.")
        probe.begin_again(wanted, open_channel)
        return probe
    probe = Probe(wanted, process.command_line(), process.cwd(), open_channel)
    probe.begin()
    _register(probe)
    return probe


def end_with_debugger():
    """Ends measuring before the debugger does, where that carries the messages."""
    for probe in _probes:
        if probe.serves_debugger():
            probe.end()


def _register(probe):
    _probes.append(probe)
    atexit.register(unseen(lambda: probe.end()))
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(
            before=_quietly(probe.before_fork),
            after_in_parent=_quietly(probe.after_fork_in_parent),
            after_in_child=_quietly(probe.after_fork_in_child),
        )


def begin_part(file, name):
    """Begins a part of the run which is a file that is called `name` from here on. Never raises."""
    for probe in _probes:
        probe.begin_part(file, name)


def end_round(file, reason, ended_file=None):
    """Ends a round or a part of the run, where somebody measures; `ended_file` names the lines of a
    part. Never raises."""
    at = {"file": file, "line": 0, "reason": reason, "function": ""}
    for probe in _probes:
        probe.end_round(at, ended_file)


def _quietly(work):
    def _memory_insights():
        try:
            work()
        except Exception:
            # A fork goes on whatever happens to the probe.
            pass

    return unseen(_memory_insights)
