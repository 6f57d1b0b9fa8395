"""The clocks, taken before a program can freeze or replace them."""

from time import monotonic, perf_counter, sleep, time

try:
    from time import thread_time
except ImportError:
    from time import process_time as thread_time

__all__ = ["monotonic", "perf_counter", "sleep", "thread_time", "time"]
