"""Comments in the user's code: answered where they stand, as often as the program can bear."""

import os
import sys
import unittest

from test.probe.support import ProbeTest

PLACES = '''
def work():
    # memory: snapshot "first in a block"
    x = 1
    if x > 1:
        x = 2  # memory: snapshot "never"
    # memory: snapshot "after an if"
    for i in range(2):
        x += i  # memory: snapshot "in a loop"
        if x > 1:
            x = 3
        # memory: snapshot "end of a body"
    else:
        x = 4
    # memory: snapshot "after a loop"
    return (
        x,
    )  # memory: snapshot "return"

class Shop:
    # memory: snapshot "in a class"
    size = 1

def numbers():
    yield 1
    # memory: snapshot "in a generator"
    yield 2

work()
list(numbers())
try:
    raise ValueError  # memory: snapshot "raised"
except ValueError:
    pass
# memory: snapshot "after a try"
text = """
# memory: snapshot "in a text"
""", f"# memory: snapshot 'in a format'", "# memory: snapshot"
for i in range(2): work2 = i  # memory: snapshot
    # memory: snapshot "askew"
#memory:snapshot "close together"
# memory: snapshot "of "quotes""
# memory: snapshots
print("end")
'''

EXPECTED = [
    *("in a class", "first in a block", "after an if"),
    *("in a loop", "in a loop", "end of a body", "end of a body"),
    *("after a loop", "return", "in a generator", "raised", "after a try"),
    *("program.py:38", "askew", "close together"),
]

FIGURES = """
import sys
def load(keep):
    for i in range(6):
        keep.append(bytes(1_000_000))
        # memory: round "warm"
    big = bytes(10_000_000)  # memory: snapshot "big"
    more = bytes(20_000_000)
    # memory: snapshot
    del big
load([])
"""

TRACED = """
import os
# memory: trace
@staticmethod
def outer(depth):
    keep = bytes(1_000_000)
    if depth:
        outer(depth - 1)
    elif depth == 0:
        raise KeyError(depth)
if not hasattr(outer, "__call__"):
    outer = outer.__func__
before = bytes(5_000_000)
try:
    outer(2)
except KeyError:
    pass
after = bytes(6_000_000)
# memory: start tracing
seen = bytes(7_000_000)
# memory: stop tracing
def plain(): return bytes(8_000_000)
plain()
"""


@unittest.skipUnless(hasattr(sys, "monitoring"), "needs sys.monitoring, new in 3.12")
class CommentsTest(ProbeTest):
    def run_code(self, code, level="live", **environ):
        """Runs the code to its end; returns its connection and what it printed."""
        program = self.start(code, environ=self.environment(level, **environ))
        end = program.finish()
        self.assertEqual((end[0], end[2]), (0, ""))
        return self.wait_end(), end[1]

    def asked(self, connection):
        return [s for s in connection.of_kind("snapshot") if s["trigger"] == "request"]

    def names(self, connection):
        return [s["name"] for s in self.asked(connection)]

    def test_they_are_answered_where_they_stand(self):
        connection, output = self.run_code(PLACES)
        self.assertEqual(output, "end\n")
        names = self.names(connection)
        self.assertEqual(sorted(names), sorted(EXPECTED), names)
        for name in ("after an if", "after a loop", "after a try"):
            self.assertLess(names.index(name), names.index(EXPECTED[EXPECTED.index(name) + 1]))

    def test_figures_are_those_of_the_line(self):
        connection, _ = self.run_code(FIGURES, "allocations")
        asked = self.asked(connection)
        self.assertEqual([s["name"] for s in asked], ["big", "program.py:8"])
        held = [{row[1]: row[2] for row in s["rows"] if row[0].endswith("program.py")} for s in asked]
        self.assert_near(held[0][6], 10_000_000, 0.001)
        self.assertNotIn(7, held[0])
        self.assert_near(held[1][7], 20_000_000, 0.001)
        deltas = connection.of_kind("delta")
        self.assertEqual([d["id"] for d in deltas], [(1 << 40) + i for i in range(6)])
        self.assertEqual({(d["at"]["line"], d["at"]["reason"]) for d in deltas}, {(5, 'round "warm"')})
        for delta in deltas[1:]:
            rows = {row[1]: row[2] for row in delta["rows"] if row[0].endswith("program.py")}
            self.assert_near(rows[4], 1_000_000, 0.01)

    def test_tracing_follows_them(self):
        connection, _ = self.run_code(TRACED)
        levels = [message["level"] for message in connection.of_kind("level")]
        self.assertEqual(levels, ["allocations", "live"] * 2)
        outer = self.asked(connection)[0]
        self.assertEqual(outer["name"], "outer")
        traced = {line for file, line in connection.lines("traced") if file == "program.py"}
        self.assertIn(5, traced)
        self.assertIn(19, traced)
        self.assertFalse(traced & {12, 17, 21}, traced)

    def test_a_function_is_traced_by_its_name(self):
        for wanted, is_traced in (("program.py:plain", True), ("__main__:plain", True), ("a:plain", False)):
            self.host.connections.clear()
            environ = {"MEMORY_INSIGHTS_TRACE_FUNCTION": wanted}
            code = "def plain():\n    x = bytes(8_000_000)\n    return x\nkeep = plain()\n"
            connection, _ = self.run_code(code, **environ)
            lines = connection.lines("traced")
            self.assertEqual(("program.py", 2) in lines, is_traced, wanted)

    def test_a_line_that_runs_without_end_is_not_held_up(self):
        code = """
            total = 0
            while total < 300_000:
                total += 1  # memory: snapshot "often"
            # memory: snapshot "at the end"
            print(total)
            """
        connection, output = self.run_code(code)
        names = self.names(connection)
        self.assertEqual((output, names[-1]), ("300000\n", "at the end"))
        self.assertGreater(names.count("often"), 5)
        self.assertLess(names.count("often"), 3000)
        problems = [message["text"] for message in connection.of_kind("problem")]
        self.assertTrue(any("program.py:3" in text for text in problems), problems)

    def test_they_keep_nothing_alive(self):
        code = """
            import gc, weakref
            gc.disable()
            class Big: pass
            def work():
                big = Big()
                # memory: round
                return weakref.ref(big)  # memory: snapshot
            print(work()())
            """
        connection, output = self.run_code(code)
        self.assertEqual((output, len(self.names(connection))), ("None\n", 1))

    @unittest.skipUnless(hasattr(os, "fork"), "needs fork")
    def test_a_forked_child_answers_its_own(self):
        code = """
            import os
            def work(name):
                return name  # memory: snapshot "once each"
            work("parent")
            child = os.fork()
            if child == 0:
                work("child")
                raise SystemExit
            os.waitpid(child, 0)
            """
        self.start(code).finish()
        self.host.wait_for(lambda: len(self.host.connections) == 2)
        for connection in self.host.connections:
            self.assertEqual(self.names(self.wait_end(connection)), ["once each"])


class WithoutMonitoringTest(ProbeTest):
    @unittest.skipIf(hasattr(sys, "monitoring"), "of Pythons before 3.12")
    def test_they_change_nothing(self):
        program = self.start(PLACES)
        self.assertEqual(program.finish(), (0, "end\n", ""))
        asked = [s for s in self.wait_end().of_kind("snapshot") if s["trigger"] == "request"]
        self.assertEqual(asked, [])


if __name__ == "__main__":
    unittest.main()
