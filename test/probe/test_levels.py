"""The level of a run, switched while the program runs."""

import os
import unittest

from test.probe.support import ProbeTest

PROGRAM = """
import sys
keep = []
def load():
    keep.append([float(i) for i in range(100_000)])
for line in sys.stdin:
    load()
    print("loaded", flush=True)
"""
LOADED_BYTES = 100_000 * 24 + 800_984


def bytes_of(delta):
    return sum(row[2] for row in delta["rows"] if row[0].endswith("program.py") and row[1] == 4)


class LevelsTest(ProbeTest):
    def grown_by(self, number):
        return bytes_of(self.host.mark(number))

    def load(self, program):
        program.say()
        self.assertEqual(program.hear(), "loaded")

    def test_tracing_begins_and_ends_at_any_time(self):
        program = self.start(PROGRAM)
        self.load(program)
        self.assertEqual(self.host.mark(1)["source"], "sampled")

        told = self.host.switch("allocations")
        self.assertEqual((told["level"], told["frames"]), ("allocations", 1))
        self.load(program)
        delta = self.host.mark(2)
        self.assertEqual((delta["source"], delta["sinceT"]), ("traced", told["t"]))
        # What was there before is not known, and not counted.
        self.assert_near(bytes_of(delta), LOADED_BYTES, 0.02)

        self.assertEqual(self.host.switch("live")["level"], "live")
        self.load(program)
        delta = self.host.mark(3)
        self.assertEqual((delta["source"], delta["tracedBytes"]), ("sampled", None))

        self.host.switch("allocations", 5)
        self.load(program)
        self.assert_near(self.grown_by(4), LOADED_BYTES, 0.02)
        program.process.stdin.close()
        self.assertEqual(program.process.wait(), 0)
        program.process.stdout.close()

    def test_other_frames_begin_anew_and_the_same_change_nothing(self):
        program = self.start(PROGRAM, "allocations")
        self.host.mark(1)
        self.load(program)
        self.assertEqual(self.host.switch("allocations")["frames"], 1)
        self.assert_near(self.grown_by(2), LOADED_BYTES, 0.02)
        self.assertEqual(self.host.switch("allocations", 5)["frames"], 5)
        self.load(program)
        self.assert_near(self.grown_by(3), LOADED_BYTES, 0.02)
        program.process.stdin.close()
        program.process.wait()
        program.process.stdout.close()

    def test_tracing_of_the_program_itself_goes_on(self):
        program = self.start(
            """
            import sys, tracemalloc
            tracemalloc.start()
            print("ready", flush=True)
            sys.stdin.readline()
            print(tracemalloc.is_tracing())
            """
        )
        program.hear()
        self.host.switch("allocations")
        self.host.switch("live")
        program.say()
        self.assertEqual(program.finish(), (0, "True\n", ""))
        problems = [message["text"] for message in self.wait_end().of_kind("problem")]
        self.assertTrue(any("itself" in text for text in problems), problems)

    def test_memray_that_cannot_start_gives_way(self):
        self.write("raise RuntimeError('broken')", "memray.py")
        environ = self.environment(MEMORY_INSIGHTS_MEMRAY=os.path.join(self.folder, "counted"))
        environ["PYTHONPATH"] += os.pathsep + self.folder
        program = self.start("kept = bytes(5_000_000)", environ=environ)
        self.assertEqual(program.finish(), (0, "", ""))
        connection = self.wait_end()
        self.assert_near(connection.lines("traced")["program.py", 1][2], 5_000_000, 0.001)
        (problem,) = connection.of_kind("problem")
        self.assertIn("memray could not start (RuntimeError: broken)", problem["text"])

    def test_broken_requests_change_nothing(self):
        program = self.start(PROGRAM)
        connection = self.host.first()
        for request in (
            {"kind": "level"},
            {"kind": "level", "level": "all", "frames": 1},
            {"kind": "level", "level": "allocations", "frames": 0},
            {"kind": "level", "level": "allocations", "frames": True},
            {"kind": "level", "level": "allocations", "frames": 1e9},
            {"kind": "snapshot", "id": "1", "name": "x"},
            {"kind": "snapshot", "id": 1, "name": "x" * 1000},
            {"kind": "schedule", "everyMs": -1},
            {"kind": "mark", "id": -1},
            {"kind": "later"},
        ):
            connection.send(request)
        self.assertEqual(self.host.mark(7)["id"], 7)
        self.assertEqual(connection.of_kind("level") + connection.of_kind("snapshot"), [])
        self.assertEqual(len(connection.of_kind("delta")), 1)
        program.process.stdin.close()
        program.process.wait()
        program.process.stdout.close()


if __name__ == "__main__":
    unittest.main()
