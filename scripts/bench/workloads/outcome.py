"""Writes what a workload took by itself, as its own process saw it."""

import json
import os
import resource
import sys
import time

_start = time.perf_counter()


def report():
    """Writes wall and CPU seconds and the peak of resident bytes to $BENCH_OUTCOME."""
    unit = 1 if sys.platform == "darwin" else 1024
    outcome = {
        "wall": time.perf_counter() - _start,
        "cpu": time.process_time(),
        "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit,
    }
    with open(os.environ["BENCH_OUTCOME"], "w", encoding="utf-8") as file:
        json.dump(outcome, file)
