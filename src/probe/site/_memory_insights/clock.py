"""The clocks, taken before a program can freeze or replace them."""

from time import monotonic, sleep, time

try:
    from time import thread_time
except ImportError:
    from time import process_time as thread_time

__all__ = ["monotonic", "sleep", "thread_time", "time"]
