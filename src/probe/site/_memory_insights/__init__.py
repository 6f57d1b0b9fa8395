"""The memory probe: measures the program it lives in, sends what it sees, and does nothing else.

It uses the standard library only, never raises into the program, never prints, and never runs the
program's own code. `start` is the only door; everything else is imported when a host is named.
"""


def start():
    """Starts the probe when the environment names a host. Call it once, on the main thread."""
    import os

    if not os.environ.get("MEMORY_INSIGHTS_CHANNEL") or not _is_main_interpreter():
        return
    from _memory_insights.bytecode import OwnBytecode

    with OwnBytecode():
        from _memory_insights import lifecycle

        lifecycle.begin(os.environ)


def _is_main_interpreter():
    """False in an interpreter inside the process: it aborts when a thread of its own outlives it."""
    import _signal

    try:
        # Only the main interpreter may set this; nobody has, so early.
        before = _signal.set_wakeup_fd(-1)
        if before != -1:
            _signal.set_wakeup_fd(before)
    except ValueError:
        return False
    return True
