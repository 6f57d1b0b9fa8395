"""Begins and ends measuring in a program that runs already. A host calls this through a debugger."""

import _thread
import threading

from _memory_insights import kernel, lifecycle
from _memory_insights.channel import Channel
from _memory_insights.debugger_channel import DebuggerChannel
from _memory_insights.settings import Settings
from _memory_insights.unseen import unseen

BEGUN = "begun"
RUNNING = "running"
UNREACHED = "unreached"
SOCKET = "socket"
DEBUGGER = "debugger"

# The channel that the debugger brings messages to, newest last.
_channels = []
# What was registered for the program's end, once.
_exits = []


def begin(environ):
    """Starts measuring as a program's environment would ask for it; without an address, or where
    nobody listens there, by way of the debugger.

    @returns `{"state", "channel"}`: begun, or running where another host measures already, or
    unreached where there is no way to a host of cells, for no debugger carries their figures."""
    if lifecycle.is_measuring():
        return {"state": RUNNING, "channel": None}
    wanted = Settings(environ)
    if wanted.follows_cells and not _is_reached(wanted.address):
        return {"state": UNREACHED, "channel": None}
    wanted.is_attached = True
    used = []

    def open_channel(waker):
        channel = Channel(wanted.address, waker) if wanted.address else None
        if channel is not None and (used or channel.connect()):
            used.append(SOCKET)
            return channel
        used.append(DEBUGGER)
        channel = DebuggerChannel(waker)
        _channels[:] = [channel]
        return channel

    probe = lifecycle.attach(wanted, open_channel)
    if wanted.follows_cells:
        probe.when_left(kernel.follow_cells())
    if not _exits:
        _exits.append(unseen(_before_threads_end))
        _register_exit(_exits[0])
    return {"state": BEGUN, "channel": used[0]}


def _is_reached(address):
    """Whether somebody listens; a host lets go of connections that say nothing."""
    channel = Channel(address, None)
    is_reached = channel.connect()
    channel.close()
    return is_reached


def _register_exit(work):
    """Debuggers leave while Python waits for the threads, which is before `atexit`."""
    try:
        threading._register_atexit(work)
    except Exception:
        # Another version: the last quarter of a second is not told.
        pass


def _before_threads_end():
    try:
        if all(map(_is_unimportant, list(threading._active.items()))):
            lifecycle.end_with_debugger()
    except Exception:
        pass


def _is_unimportant(item):
    """False for a thread of the program that goes on when the main thread has ended."""
    ident, thread = item
    attributes = object.__getattribute__(thread, "__dict__")
    is_debuggers = attributes.get("is_pydev_daemon_thread") or attributes.get("pydev_do_not_trace")
    return ident == _thread.get_ident() or attributes.get("_daemonic") or is_debuggers


def take(line):
    """Takes a message of the host's; False when nobody is there any more."""
    if not _channels or not _channels[0].is_open:
        return False
    _channels[0].take(line)
    return True
