"""Turns the files that memray wrote of a run into records of the run: read_memray.py WANTED

A program of its own, in the Python that has memray. WANTED is JSON: `files` as [process, file, start of
its clock in milliseconds since 1970], and `cwd`. It prints one record a line; see run-file.md.
"""

import json
import os
import sys

# More allocations than these take too long one by one.
MAX_COUNTED = 2_000_000
MAX_ROWS = 2_000
MAX_FREED_ROWS = 500
UNKNOWN = ("<unknown>", 0)


def main(wanted):
    """Prints the records of all files; a file that cannot be read is a problem."""
    for pid, path, started in wanted["files"]:
        try:
            records = list(Capture(path, wanted["cwd"]).records(started))
        except Exception as error:
            text = "What memray wrote to %s cannot be read (%s)." % (path, error)
            records = [{"kind": "problem", "text": text}]
        for record in records:
            print(json.dumps(dict(record, pid=pid)))


class Capture:
    """The file of one process."""

    def __init__(self, path, cwd):
        import memray

        self._memray = memray
        self._reader = memray.FileReader(path)
        self._cwd = cwd

    def records(self, started):
        """Yields what lines held at the highest point and at the end, and what they let go of."""
        reader = self._reader
        peak = self._by_line(reader.get_high_watermark_allocation_records(merge_threads=True))
        end = self._by_line(reader.get_leaked_allocation_records(merge_threads=True))
        moments = list(reader.get_memory_snapshots())
        highest = max(moments, key=lambda moment: moment.heap, default=None)
        last = moments[-1] if moments else None
        # What was freed by the highest point is not known apart from what was freed in all.
        yield self._snapshot("peak", peak, highest, started, [])
        yield self._snapshot("exit", end, last, started, self._freed(end))
        rows = []
        for key in peak.keys() | end.keys():
            most, held = peak.get(key, (0, 0)), end.get(key, (0, 0))
            rows.append([*self._place(key), held[0], held[1], most[0], most[0]])
        t = max(0.0, last.time - started) if last else 0.0
        for start in range(0, len(rows), MAX_ROWS):
            chunk = rows[start : start + MAX_ROWS]
            yield {"kind": "lines", "source": "memray", "t": t, "rows": chunk}

    def _by_line(self, records):
        lines = {}
        for record in records:
            key = self._key(record)
            size, blocks = lines.get(key, (0, 0))
            lines[key] = (size + record.size, blocks + record.n_allocations)
        return lines

    def _key(self, record):
        stack = record.stack_trace(max_stacks=1)
        return (stack[0][1], stack[0][2]) if stack else UNKNOWN

    def _place(self, key):
        file, line = key
        return (file if file.startswith("<") else os.path.join(self._cwd, file)), line

    def _snapshot(self, trigger, held, moment, started, freed):
        rows = [[*self._place(key), size, blocks] for key, (size, blocks) in held.items() if size]
        rows.sort(key=lambda row: -row[2])
        rest = rows[MAX_ROWS:]
        if rest:
            sums = [sum(row[2] for row in rest), sum(row[3] for row in rest)]
            rows[MAX_ROWS:] = [["<other lines>", 0, *sums]]
        return {
            "kind": "snapshot",
            "id": None,
            "name": "memray, at the peak" if trigger == "peak" else "memray, at the end",
            "trigger": "request",
            "t": max(0.0, moment.time - started) if moment else 0.0,
            "source": "memray",
            "rssBytes": moment.rss if moment else 0,
            "tracedBytes": sum(size for size, _ in held.values()),
            "blocks": sum(blocks for _, blocks in held.values()),
            "rows": rows,
            "freed": freed,
        }

    def _freed(self, end):
        """Returns rows of what lines allocated and let go of again: all of it, or where that would take
        long what was freed right away."""
        if self._reader.metadata.total_allocations > MAX_COUNTED:
            temporary = self._reader.get_temporary_allocation_records(merge_threads=True)
            freed = {key: size for key, (size, _) in self._by_line(temporary).items()}
        else:
            freed = self._allocated()
            for key, (size, _) in end.items():
                freed[key] = freed.get(key, 0) - size
        rows = [[*self._place(key), size] for key, size in freed.items() if size > 0]
        rows.sort(key=lambda row: -row[2])
        return rows[:MAX_FREED_ROWS]

    def _allocated(self):
        types = self._memray.AllocatorType
        frees = {types.FREE, types.MUNMAP, types.PYMALLOC_FREE}
        by_stack, keys = {}, {}
        for record in self._reader.get_allocation_records():
            if record.allocator in frees:
                continue
            stack = record.stack_id
            if stack not in keys:
                keys[stack] = self._key(record)
            by_stack[stack] = by_stack.get(stack, 0) + record.size
        lines = {}
        for stack, size in by_stack.items():
            lines[keys[stack]] = lines.get(keys[stack], 0) + size
        return lines


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
