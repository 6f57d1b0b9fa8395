"""The memory probe: measures the program it lives in, sends what it sees, and does nothing else.

It uses the standard library only, never raises into the program, never prints, and never runs the
program's own code. `start` is the only door; everything else is imported when a host is named.
"""


def start():
    """Starts the probe when the environment names a host. Call it once, on the main thread."""
    import os

    if not os.environ.get("MEMORY_INSIGHTS_CHANNEL"):
        return
    from _memory_insights import lifecycle

    lifecycle.begin(os.environ)
