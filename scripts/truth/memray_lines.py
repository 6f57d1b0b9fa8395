"""Prints what memray says is alive at the end of a capture, by line, as JSON rows.

Usage: memray_lines.py CAPTURE; rows are (file, line, bytes, blocks).
"""

import collections
import json
import sys

from memray import FileReader

lines = collections.defaultdict(lambda: [0, 0])
with FileReader(sys.argv[1]) as reader:
    for record in reader.get_leaked_allocation_records(merge_threads=True):
        for _, file, line in record.stack_trace(max_stacks=1):
            lines[file, line][0] += record.size
            lines[file, line][1] += record.n_allocations
print(json.dumps([[*place, *figures] for place, figures in lines.items()]))
