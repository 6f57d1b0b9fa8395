"""Does what it is told, a word a line, and is debugged in the way that its argument names.

Without one it listens for a debugger; `none` has none, until one comes; `connect` waits for the word
that says where one listens. It tells the port where it listens first, or 0."""

import gc
import json
import os
import sys
import threading
import tracemalloc

kept = []


def load():
    kept.append(bytearray(b"x" * 30_000_000))


def tools():
    monitoring = getattr(sys, "monitoring", None)
    return [name for name in map(monitoring.get_tool, (3, 4)) if name] if monitoring else []


def tell_state():
    state = {
        "threads": [thread.name for thread in threading.enumerate()],
        "tools": tools(),
        "tracing": tracemalloc.is_tracing(),
        "callbacks": len(gc.callbacks),
        "finders": [type(finder).__name__ for finder in sys.meta_path],
        "files": sorted(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else [],
    }
    print(json.dumps(state), flush=True)


def run():
    for line in sys.stdin:
        word = line.strip()
        if word == "load":
            load()
            print("loaded", flush=True)
        elif word == "state":
            tell_state()
        elif word.startswith("connect "):
            connect(int(word.split()[1]))
            print("connected", flush=True)
        elif word == "end":
            sys.exit(3)


def listen():
    import debugpy

    return debugpy.listen(("127.0.0.1", 0))[1]


def connect(port):
    import debugpy

    debugpy.connect(("127.0.0.1", port))


print(0 if sys.argv[1:] else listen(), flush=True)
run()
