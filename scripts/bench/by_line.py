"""Runs a script under memory_profiler, which looks at each line of a decorated function.

Usage: by_line.py SCRIPT; the script's top level becomes that function.
"""

import os
import sys
import textwrap

import memory_profiler

script = sys.argv[1]
sys.path.insert(0, os.path.dirname(script))
with open(script, encoding="utf-8") as file:
    source = "def main():\n" + textwrap.indent(file.read(), "    ")
names = {}
exec(compile(source, script, "exec"), names)
profiler = memory_profiler.LineProfiler()
profiler(names["main"])()
