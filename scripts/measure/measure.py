"""Measures one function of a measure block: measure.py BLOCK FUNCTION prints peak and retained bytes.

Run in a fresh interpreter for each function, so that nothing that the other one left is counted.
"""

import gc
import json
import sys
import tracemalloc
import types


def measure(path, name):
    # A module of its own, since dataclasses and pickle look their classes up by it.
    block = types.ModuleType("measured")
    sys.modules[block.__name__] = block
    with open(path, encoding="utf-8") as file:
        exec(compile(file.read(), path, "exec"), block.__dict__)
    function = getattr(block, name)
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    kept = function()
    now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return {"peak": max(0, peak - before), "retained": max(0, now - before)}


figures = measure(sys.argv[1], sys.argv[2])
# On a line of its own: the block may print.
print("\n" + json.dumps(figures))
