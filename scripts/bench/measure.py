"""Runs a command and prints its wall time, CPU time and peak memory as JSON.

Usage: measure.py RESULT COMMAND...; the command's own output is thrown away. The CPU time is that
of the command and of the children it waited for; the memory is the largest single process, in bytes.
"""

import json
import resource
import subprocess
import sys
import time

start = time.perf_counter()
process = subprocess.Popen(
    sys.argv[2:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL
)
errors = process.stderr.read()
code = process.wait()
wall = time.perf_counter() - start
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
unit = 1 if sys.platform == "darwin" else 1024
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(
        {
            "code": code,
            "wall": wall,
            "cpu": usage.ru_utime + usage.ru_stime,
            "rss": usage.ru_maxrss * unit,
            "errors": errors.decode(errors="replace")[-2000:],
        },
        file,
    )
