"""Limits of memory: told when they are passed, by the line that did it."""

import os
import sys
import unittest

from test.probe.support import SITE, ProbeTest

if SITE not in sys.path:
    sys.path.append(SITE)

from _memory_insights import limits

PROGRAM = """
import sys
print("ready", flush=True)
while sys.stdin.readline():
    keep = b"x" * 60_000_000
    print("grown", flush=True)
    sys.stdin.readline()
    keep = None
    print("freed", flush=True)
"""


class LimitsTest(ProbeTest):
    def set_limits(self, *limits, holds=False):
        self.host.first().send({"kind": "limits", "limits": list(limits), "holds": holds})
        self.host.mark(900)

    def passed(self, count=1):
        connection = self.host.first()
        self.host.wait_for(lambda: len(connection.of_kind("limit")) >= count)
        return connection.of_kind("limit")

    def grow(self, program):
        program.say()
        self.assertEqual(program.hear(), "grown")

    def free(self, program):
        program.say()
        self.assertEqual(program.hear(), "freed")
        # Two answers: the second comes after a look that saw it freed.
        self.host.mark(901)
        self.host.mark(902)

    def end(self, program):
        program.process.stdin.close()
        self.assertEqual(program.process.wait(), 0)
        program.process.stdout.close()

    def test_resident_memory_each_time_it_is_passed(self):
        program = self.start(PROGRAM)
        program.hear()
        self.set_limits({"id": 3, "of": "rss", "bytes": 50_000_000 + self.resident()})
        self.grow(program)
        first = self.passed()[0]
        self.assertEqual((first["of"], first["file"], first["line"]), ("rss", program.path, 4))
        self.assertGreater(first["bytes"], 50_000_000)
        self.free(program)
        self.assertEqual(len(self.passed()), 1)
        self.grow(program)
        self.assertEqual([limit["of"] for limit in self.passed(2)], ["rss", "rss"])
        self.end(program)

    def resident(self):
        connection = self.host.first()
        samples = self.host.wait_for(lambda: connection.of_kind("samples"))
        return samples[-1]["rss"][-1]

    def test_traced_memory_and_growth_within_seconds(self):
        program = self.start(PROGRAM, "allocations")
        program.hear()
        self.set_limits(
            {"id": 1, "of": "traced", "bytes": 55_000_000},
            {"id": 2, "of": "growth", "bytes": 40_000_000, "seconds": 5},
            {"id": 4, "of": "growth", "bytes": 90_000_000, "seconds": 5},
        )
        self.grow(program)
        passed = sorted((each["of"], each["limit"], each["seconds"]) for each in self.passed(2))
        self.assertEqual(passed, [("growth", 40_000_000, 5), ("traced", 55_000_000, None)])
        self.end(program)

    def test_what_one_line_holds(self):
        program = self.start(
            """
            import sys
            keep = []
            for line in sys.stdin:
                keep.append(b"y" * 12_000_000)
                print("grown", flush=True)
            """,
            "allocations",
        )
        self.set_limits({"id": 5, "of": "line", "bytes": 30_000_000})
        for number in range(4):
            program.say()
            program.hear()
            self.host.mark(number)
        [limit] = self.passed()
        self.assertEqual((limit["file"], limit["line"]), (program.path, 4))
        self.assertGreaterEqual(limit["bytes"], 30_000_000)
        self.end(program)

    def test_a_line_is_looked_at_once_it_may_hold_so_much(self):
        line = limits.Limits()
        line.set([{"id": 1, "of": "line", "bytes": 50}, {"id": 2, "of": "line", "bytes": 90}])
        self.assertEqual(line.line_bytes_left({}), 50)
        self.assertEqual(line.line_bytes_left({("a.py", 1): (30, 1), ("a.py", 2): (80, 1)}), 10)

    def test_growth_before_the_program_begins_is_the_debuggers(self):
        growth = limits.Limits()
        growth.set([{"id": 1, "of": "growth", "bytes": 50, "seconds": 5}])
        sizes = [(0, 10, False), (50, 90, False), (100, 100, True), (150, 140, True), (200, 151, True)]
        passed = [growth.passed(limits.Reading(t, size, None, None, begun)) for t, size, begun in sizes]
        self.assertEqual([[size for _, size, _ in each] for each in passed], [[], [], [], [50], []])

    @unittest.skipUnless(hasattr(os, "fork"), "fork")
    def test_a_forked_child_passes_only_what_its_parent_had_not(self):
        program = self.start(
            """
            import os, sys
            sys.stdin.readline()
            keep = b"x" * 60_000_000
            print("grown", flush=True)
            sys.stdin.readline()
            child = os.fork()
            if child == 0:
                sys.stdin.readline()
                more = b"y" * 60_000_000
                print("more", flush=True)
                sys.stdin.readline()
                os._exit(0)
            os.waitpid(child, 0)
            """
        )
        size = self.resident()
        self.set_limits(
            {"id": 1, "of": "rss", "bytes": size + 50_000_000},
            {"id": 2, "of": "rss", "bytes": size + 100_000_000},
        )
        self.grow(program)
        self.passed()
        program.say()
        child = self.host.wait_for(lambda: self.host.connections[1:] and self.host.connections[1])
        self.host.wait_for(lambda: len(child.of_kind("samples")) > 1)
        self.assertEqual(child.of_kind("limit"), [])
        program.say()
        self.assertEqual(program.hear(), "more")
        [limit] = self.host.wait_for(lambda: child.of_kind("limit"))
        self.assertEqual((limit["limit"], limit["line"]), (size + 100_000_000, 9))
        self.assertEqual(len(self.passed()), 1)
        program.say()
        self.end(program)

    @unittest.skipUnless(hasattr(sys, "monitoring"), "needs sys.monitoring, new in 3.12")
    def test_the_program_is_held_where_it_passed_one(self):
        program = self.start(
            """
            import sys, time
            sys.stdin.readline()
            def load():
                data = b"x" * 60_000_000
                data = data[:10]
                for _ in range(10):
                    began = time.monotonic()
                    time.sleep(0.005)
                    if time.monotonic() - began > 0.3:
                        print("held", flush=True)
                print("done", flush=True)
            load()
            """
        )
        self.set_limits({"id": 1, "of": "growth", "bytes": 40_000_000, "seconds": 5}, holds=True)
        program.say()
        [limit] = self.passed()
        self.assertEqual(limit["thread"], "MainThread")
        self.host.first().send({"kind": "resume"})
        # Nobody need answer: after a second it goes on by itself.
        self.assertIn(program.hear(), ("held", "done"))
        self.assertEqual(program.finish()[0], 0)


if __name__ == "__main__":
    unittest.main()
