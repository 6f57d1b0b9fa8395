"""The clocks, taken before a program can freeze or replace them."""

from time import monotonic, perf_counter, process_time, sleep, strftime, time

try:
    from time import thread_time
except ImportError:
    thread_time = process_time

__all__ = ["monotonic", "perf_counter", "process_time", "sleep", "strftime", "thread_time", "time"]
