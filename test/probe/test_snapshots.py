"""Snapshots that are kept: on request, now and then, of the highest point, before the end."""

import unittest

from test.probe.support import ProbeTest

PROGRAM = """
import sys
print("ready", flush=True); sys.stdin.readline()
first = b"a" * 20_000_000
print("one", flush=True); sys.stdin.readline()
second = b"b" * 30_000_000
print("two", flush=True); sys.stdin.readline()
del second
print("three", flush=True); sys.stdin.readline()
"""

# Each line of the loop is run again after the test has looked.
PASSING = """
import sys
def wait(word): print(word, flush=True); sys.stdin.readline()
kept = None
for size in (1, 60_000_000, 1, 60_000_000, 1):
    kept = b"a" * size
    wait(str(size))
"""


def line_bytes(snapshot):
    return {row[1]: row[2] for row in snapshot["rows"] if row[0].endswith("program.py")}


class SnapshotsTest(ProbeTest):
    def snapshot(self, number, name):
        connection = self.host.first()
        connection.send({"kind": "snapshot", "id": number, "name": name})
        wanted = lambda: [s for s in connection.of_kind("snapshot") if s["id"] == number]
        return self.host.wait_for(wanted)[0]

    def run_through(self, program):
        """Takes a snapshot after each step; returns those and all that came."""
        taken = []
        for number, word in enumerate(("ready", "one", "two", "three")):
            self.assertEqual(program.hear(), word)
            taken.append(self.snapshot(number, "after " + word))
            program.say()
        self.assertEqual(program.finish()[0], 0)
        return taken, self.wait_end().of_kind("snapshot")

    def test_traced_lines_are_those_of_the_moment(self):
        taken, all_snapshots = self.run_through(self.start(PROGRAM, "allocations"))
        self.assertEqual([s["name"] for s in taken[:2]], ["after ready", "after one"])
        self.assertEqual({s["source"] for s in taken}, {"traced"})
        held = [line_bytes(s) for s in taken]
        lines = [[line for line in (3, 5) if line in rows] for rows in held]
        self.assertEqual(lines, [[], [3], [3, 5], [3]])
        self.assert_near(held[2][5], 30_000_000, 0.001)
        self.assert_near(taken[2]["tracedBytes"] - taken[3]["tracedBytes"], 30_000_000, 0.01)
        # The last two of each process: where it was highest, and what was left.
        peak, end = all_snapshots[-2], all_snapshots[-1]
        self.assertEqual([s["trigger"] for s in all_snapshots if s["trigger"] != "request"][-1], "exit")
        peaks = [s for s in all_snapshots if s["trigger"] == "peak"]
        self.assert_near(max(s["tracedBytes"] for s in peaks), taken[2]["tracedBytes"], 0.01)
        self.assertIn(5, line_bytes(peaks[-1]))
        self.assertNotIn(5, line_bytes(end))
        self.assertGreaterEqual(end["t"], peak["t"])

    def passing(self, level):
        """Looks at each step; returns what a mark over all of them tells, and the snapshots."""
        program = self.start(PASSING, level)
        program.hear()
        taken = [self.snapshot(1, "")]
        self.host.mark(1)
        for number in range(2, 6):
            program.say()
            program.hear()
            taken.append(self.snapshot(number, ""))
        delta = self.host.mark(2)
        program.say()
        self.assertEqual(program.finish()[0], 0)
        return delta, taken

    def test_what_came_and_went_is_told_where_it_was_looked_at(self):
        for level in ("allocations", "live"):
            with self.subTest(level):
                self.host.connections.clear()
                delta, taken = self.passing(level)
                share = 0.001 if level == "allocations" else 0.2
                self.assert_near(line_bytes({"rows": delta["turnover"]})[5], 120_000_000, share)
                # It had gone before the third and before the last.
                freed = [line_bytes({"rows": one["freed"]}).get(5, 0) for one in taken]
                for actual, expected in zip(freed, (0, 0, 60, 60, 120)):
                    self.assertLessEqual(abs(actual - expected * 1_000_000), 12_000_000 + 1, freed)

    def test_sampled_lines_tell_what_grew(self):
        taken, all_snapshots = self.run_through(self.start(PROGRAM))
        self.assertEqual({s["source"] for s in taken}, {"sampled"})
        self.assertEqual({row[3] for s in taken for row in s["rows"]}, {None})
        self.assert_near(line_bytes(taken[3])[5], 30_000_000, 0.2)
        peaks = [s for s in all_snapshots if s["trigger"] == "peak"]
        self.assert_near(max(s["rssBytes"] for s in peaks), taken[2]["rssBytes"], 0.1)

    def test_they_come_now_and_then_when_asked(self):
        environ = self.environment("live", MEMORY_INSIGHTS_SNAPSHOT_MS="300")
        program = self.start("import sys; sys.stdin.readline()", environ=environ)
        connection = self.host.first()
        regular = lambda: [s for s in connection.of_kind("snapshot") if s["trigger"] == "interval"]
        self.host.wait_for(lambda: len(regular()) > 2)
        connection.send({"kind": "schedule", "everyMs": 0})
        self.host.mark(1)
        before = len(regular())
        self.host.mark(2)
        self.snapshot(3, "")
        self.assertEqual(len(regular()), before)
        program.say()
        program.finish()

    def test_a_large_one_keeps_the_largest_lines_and_the_rest_as_one(self):
        lines = "".join("x%d = bytes(%d)\n" % (i, 2000 + i) for i in range(3000))
        program = self.start(lines, "allocations")
        program.finish()
        end = self.wait_end().of_kind("snapshot")[-1]
        self.assertEqual(len(end["rows"]), 2001)
        sizes = [row[2] for row in end["rows"][:-1]]
        self.assertEqual(sizes, sorted(sizes, reverse=True))
        self.assert_near(sum(row[2] for row in end["rows"]), end["tracedBytes"], 0.05)


if __name__ == "__main__":
    unittest.main()
