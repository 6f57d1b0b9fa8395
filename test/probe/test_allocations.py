"""The allocations level: figures by line that are known by construction."""

import json
import unittest

from test.probe.support import TOOL_FILE, ProbeTest

TRUTH = """
import json, sys
print("ready", flush=True); sys.stdin.readline()
blob = bytes(5_000_000)
array = bytearray(3_000_000)
text = "x" * 4_000_000
floats = [float(i) for i in range(100_000)]
table = {i: None for i in floats}
size = sys.getsizeof
print(json.dumps({
    3: size(blob), 4: size(array), 5: size(text),
    6: size(floats) + 100_000 * size(1.5), 7: size(table),
}), flush=True)
sys.stdin.readline()
del blob
print("freed", flush=True)
sys.stdin.readline()
"""


class AllocationsTest(ProbeTest):
    def delta_rows(self, number):
        delta = self.host.mark(number)
        self.assertEqual(delta["source"], "traced")
        return delta, {row[1]: row for row in delta["rows"] if row[0].endswith("program.py")}

    def test_lines_are_known_within_two_percent(self):
        program = self.start(TRUTH, "allocations")
        program.hear()
        self.host.mark(1)
        program.say()
        expected = {int(line): size for line, size in json.loads(program.hear()).items()}
        delta, rows = self.delta_rows(2)
        for line, size in expected.items():
            self.assert_near(rows[line][2], size, 0.02)
        self.assertAlmostEqual(rows[6][3], 100_001, delta=50)
        self.assert_near(delta["tracedBytes"], sum(expected.values()), 0.02)

        program.say()
        program.hear()
        delta, rows = self.delta_rows(3)
        self.assert_near(-rows[3][2], expected[3], 0.02)
        program.say()
        self.assertEqual(program.finish()[0], 0)

        lines = self.wait_end().lines("traced")
        file, number, live, blocks, peak, grown = lines["program.py", 3]
        self.assertEqual((live, blocks, grown), (0, 0, 0))
        self.assert_near(peak, expected[3], 0.02)
        file, number, live, blocks, peak, grown = lines["program.py", 4]
        self.assertEqual(file, program.path)
        self.assert_near(live, expected[4], 0.02)
        self.assertEqual(live, grown)

    def test_the_size_in_all_does_not_wait_for_the_lines(self):
        code = "import sys\nkept = bytes(9_000_000)\nprint(flush=True)\nsys.stdin.read()"
        program = self.start(code, "allocations")
        program.hear()
        delta = self.host.mark(1)
        messages = self.host.first().messages
        before = messages[messages.index(delta) - 1]
        self.assertEqual(before["kind"], "samples")
        self.assertGreaterEqual(before["traced"][-1], 9_000_000)

    def test_a_quick_peak_shows_in_the_total(self):
        program = self.start("x = bytearray(50_000_000)\ndel x\n", "allocations")
        program.finish()
        end = self.wait_end().of_kind("end")[0]
        self.assertGreater(end["peakTracedBytes"], 50_000_000)

    def test_the_probe_counts_its_own_apart(self):
        program = self.start("import sys; sys.stdin.readline()", "allocations")
        self.host.mark(1)
        for number in range(2, 6):
            rows = self.host.mark(number)["rows"]
            self.assertEqual([row for row in rows if "_memory_insights" in row[0]], [])
        program.say()
        program.finish()
        lines = self.wait_end().lines("traced")
        self.assertIn((TOOL_FILE, 0), lines)

    def test_a_program_that_stops_tracing_is_told_of(self):
        program = self.start(
            """
            import sys, tracemalloc
            keep = bytearray(2_000_000)
            print("ready", flush=True); sys.stdin.readline()
            tracemalloc.stop()
            print(tracemalloc.is_tracing(), flush=True)
            sys.stdin.readline()
            """,
            "allocations",
        )
        program.hear()
        self.host.mark(1)
        program.say()
        self.assertEqual(program.hear(), "False")
        self.assertEqual(self.host.mark(2)["source"], "sampled")
        program.say()
        self.assertEqual(program.finish()[0], 0)
        connection = self.wait_end()
        problems = [message["text"] for message in connection.of_kind("problem")]
        self.assertTrue(any("stopped" in text and "trac" in text for text in problems), problems)
        self.assertGreater(connection.lines("traced")["program.py", 2][4], 1_900_000)

    def test_a_program_may_trace_itself(self):
        code = """
        import tracemalloc
        tracemalloc.start()
        x = bytearray(1_000_000)
        snapshot = tracemalloc.take_snapshot()
        print(tracemalloc.get_traced_memory()[0] > 1_000_000)
        tracemalloc.stop()
        """
        for level in ("live", "allocations"):
            with self.subTest(level=level):
                code_and_output = self.start(code, level).finish()
                self.assertEqual(code_and_output, (0, "True\n", ""))

    def test_a_killed_program_leaves_its_lines(self):
        program = self.start(
            """
            import sys
            keep = [bytearray(1000) for _ in range(20_000)]
            print("ready", flush=True)
            sys.stdin.readline()
            """,
            "allocations",
        )
        program.hear()
        connection = self.host.first()
        row = self.host.wait_for(lambda: connection.lines("traced").get(("program.py", 2)))
        program.process.kill()
        program.finish()
        self.assertGreater(row[2], 0)
        self.host.wait_for(lambda: connection.is_closed)
        self.assertEqual(connection.of_kind("end"), [])

    def test_a_program_that_waits_has_told_what_it_allocated(self):
        program = self.start(
            """
            import sys, time
            class Node:
                __slots__ = ("a", "b", "c")
            nodes = [Node() for _ in range(600_000)]
            keep = [bytearray(1_000_000) for _ in range(20)]
            print("ready", flush=True)
            time.sleep(60)
            """,
            "allocations",
        )
        program.hear()
        connection = self.host.first()

        def told(line, least):
            row = connection.lines("traced").get(("program.py", line))
            return row is not None and row[2] >= 0.95 * least

        self.host.wait_for(lambda: told(4, 600_000 * 40) and told(5, 20_000_000), 10)
        program.process.kill()
        program.finish()
        self.host.wait_for(lambda: connection.is_closed)
        self.assertTrue(told(4, 600_000 * 40) and told(5, 20_000_000))


if __name__ == "__main__":
    unittest.main()


MANY = """
import sys
kept = [bytearray(10) for _ in range(300_000)]
print("made", flush=True); sys.stdin.readline()
more = bytearray(60_000_000)
print("more", flush=True); sys.stdin.readline()
"""

TUPLES = """
import sys
print("ready", flush=True); sys.stdin.readline()
kept = [(object(),) for _ in range(50_000)]
print("made", flush=True); sys.stdin.readline()
"""


class TotalsTest(ProbeTest):
    def test_totals_of_a_mark_are_those_of_its_lines(self):
        program = self.start(MANY, "allocations")
        program.hear()
        connection = self.host.first()
        before = len(connection.of_kind("samples"))
        connection.send({"kind": "mark", "id": 1})
        # What there is comes first; meanwhile the lines are read, and the program goes on.
        self.host.wait_for(lambda: connection.of_kind("samples")[before:])
        program.say()
        program.hear()
        [delta] = self.host.wait_for(lambda: connection.of_kind("delta"))
        of_lines = sum(row[2] for row in delta["rows"])
        self.assert_near(delta["tracedBytes"], of_lines, 0.1)
        program.say()
        self.assertEqual(program.finish()[0], 0)

    def test_tuples_are_not_counted_where_the_probe_makes_many(self):
        for level, is_told in (("allocations", False), ("live", True)):
            program = self.start(TUPLES, level)
            program.hear()
            connection = self.host.wait_for(lambda: self.host.connections[is_told:])[0]
            self.host.mark(1, connection)
            program.say()
            program.hear()
            self.host.mark(2, connection)
            told = self.host.wait_for(lambda: connection.of_kind("types")[1:])[0]["rows"]
            self.assertEqual("tuple" in [row[0] for row in told], is_told)
            program.say()
            self.assertEqual(program.finish()[0], 0)
