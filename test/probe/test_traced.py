"""What is read of traced blocks, added up by line."""

import os
import sys
import unittest

from test.probe.support import SITE

if SITE not in sys.path:
    sys.path.append(SITE)

from _memory_insights import origins, traced


A = os.path.abspath("a.py")


class Asked(dict):
    """Lines of a reading; counts how often all of them are gone through."""

    times = 0

    def keys(self):
        self.times += 1
        return dict.keys(self)


class TracedLinesTest(unittest.TestCase):
    def setUp(self):
        self.lines = traced.TracedLines(origins.Origins(os.getcwd()))

    def read(self, traces):
        """Has the next reading find these (size, file, line)."""
        entries = [(0, size, ((file, line),), 1) for size, file, line in traces]
        self.addCleanup(setattr, traced, "_read_traces", traced._read_traces)
        traced._read_traces = lambda: list(entries)
        return self.lines.read()

    def test_blocks_are_added_up_by_line_and_those_of_tools_apart(self):
        own = origins.__file__
        read = self.read(
            [(1000, A, 1)] * 300
            + [(50, A, 1), (70, A, 2), (5, os.path.abspath("b.py"), 1), (6, "b.py", 1)]
            + [(400, own, 1), (500, own, 2)]
        )
        expected = {(A, 1): (300_050, 301), (A, 2): (70, 1)}
        expected[os.path.abspath("b.py"), 1] = (11, 2)
        expected[origins.TOOL_FILE, 0] = (900, 2)
        self.assertEqual(read, expected)

    def test_lines_beyond_the_bound_share_one_entry(self):
        self.addCleanup(setattr, traced, "MAX_LINES", traced.MAX_LINES)
        traced.MAX_LINES = 2
        read = self.read([(1, A, line) for line in range(5)])
        self.assertEqual(read, {(A, 0): (1, 1), (A, 1): (1, 1), (origins.OTHER_FILE, 0): (3, 3)})

    def test_nothing_is_looked_through_again_before_the_next_reading(self):
        readings = [Asked({("a", 1): (5, 1)}), Asked({("a", 1): (7, 1)})]
        self.lines.read = lambda give_way: readings[0]
        self.lines.take()
        self.assertEqual([self.lines.take_changed() for _ in range(3)], [[["a", 1, 5, 1, 5, 5]], [], []])
        self.assertEqual(readings[0].times, 1)
        self.lines.read = lambda give_way: readings[1]
        self.lines.take()
        self.assertEqual(self.lines.take_changed(), [["a", 1, 7, 1, 7, 7]])


if __name__ == "__main__":
    unittest.main()
