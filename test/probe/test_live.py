"""The live level: growth of resident memory, given to lines by looking at the stacks."""

import sys
import unittest

from test.probe.support import ProbeTest

# Each block is above 10 MB, and its bytes are touched, so that they are resident.
TRUTH = """
import sys, time
def text():
    return "x" * 40_000_000
def objects(count):
    keep = []
    for number in range(count):
        keep.append({"number": number, "name": str(number)})
    return keep
def rows(count):
    return [bytearray(b"y") * 1000 for _ in range(count)]
print("ready", flush=True); sys.stdin.readline()
a = bytearray(b"x") * 50_000_000
print("a", flush=True)
sys.stdin.readline()
b = [None] * 6_000_000
print("b", flush=True)
sys.stdin.readline()
c = text()
print("c", flush=True)
sys.stdin.readline()
d = rows(30_000)
print("d", flush=True)
sys.stdin.readline()
e = objects(150_000)
print("e", flush=True)
sys.stdin.readline()
f = [0] * 4_000_000
g = bytes(bytearray(b"z") * 30_000_000)
"""


# What is kept is made in a moment, and then the program waits for what comes next.
SERVICE = """
import sys
kept = []
def handle(size):
    kept.append(bytearray(b"x") * size)
    return len(kept)
for _ in range(6):
    sys.stdin.readline()
    handle(20_000_000)
    print("done", flush=True)
sys.stdin.readline()
"""


# Two short functions that keep something at each of very many calls.
SHORT_CALLS = """
kept = []
cache = {}
def remember(number):
    kept.append([number] * 20)
    return len(kept)
def look_up(number):
    if number not in cache:
        cache[number] = [number] * 20
    return cache[number]
def handle(number):
    remember(number)
    look_up(number)
    return number
def main():
    for number in range(600_000):
        handle(number)
main()
"""


SHORT_METHODS = """
class Store:
    def __init__(self):
        self.kept, self.cache = [], {}
    def remember(self, number):
        self.kept.append([number] * 20)
    def look_up(self, number):
        if number not in self.cache:
            self.cache[number] = [number] * 20
    def handle(self, number):
        self.remember(number)
        self.look_up(number)
def main():
    store = Store()
    for number in range(600_000):
        store.handle(number)
main()
"""


def accepted_lines(line, caller):
    """The lines that a block made by `line` may be given to.

    Before 3.12 a function that returns before anyone looks at it is seen only by its caller.
    """
    return {line} if sys.version_info >= (3, 12) else {line, caller}


class LiveTest(ProbeTest):
    def test_large_blocks_within_fifteen_percent(self):
        program = self.start(TRUTH)
        connection = self.host.first()
        program.hear()
        expected = {12: 50e6, 15: 48e6, 3: 40e6, 10: 31.7e6}
        callers = {3: 18, 10: 21}
        for step, line in enumerate([12, 15, 3, 10]):
            self.host.mark(step + 1)
            program.say()
            program.hear()
            delta = self.host.mark(100 + step)
            self.assertEqual(delta["source"], "sampled")
            accepted = accepted_lines(line, callers.get(line, line))
            grown = sum(row[2] for row in delta["rows"] if row[1] in accepted)
            self.assert_near(grown, expected[line], 0.15)
            self.assertIn(delta["rows"][0][1], accepted, delta)
            self.assert_near(delta["rssBytes"], expected[line], 0.15)
        program.say()
        program.hear()
        delta = self.host.mark(200)
        self.assertIn(delta["rows"][0][1], accepted_lines(6, 24) | {7}, delta["rows"])
        program.say()
        self.assertEqual(program.finish()[0], 0)
        self.wait_end(connection)

    @unittest.skipUnless(hasattr(sys, "monitoring"), "needs sys.monitoring, new in 3.12")
    def test_a_line_that_keeps_something_at_each_call_is_named(self):
        program = self.start(SERVICE)
        connection = self.host.first()
        looks = lambda: sum(len(m["t"]) for m in connection.of_kind("samples"))
        grown = 0
        for number in range(6):
            self.host.mark(2 * number + 1)
            program.say()
            program.hear()
            delta = self.host.mark(2 * number + 2)
            grown += sum(row[2] for row in delta["rows"] if row[1] == 4)
            before = looks()
            self.host.wait_for(lambda: looks() > before + 4)
        program.say()
        program.finish()
        self.wait_end()
        self.assertGreater(grown, 0.7 * 6 * 20_000_000)

    @unittest.skipIf(sys.version_info < (3, 10), "a thread is seen wherever it is there")
    def test_lines_of_short_functions_are_named_not_their_heads_or_callers(self):
        self.assert_kept_by(SHORT_CALLS, {4, 8}, callers={11, 12}, heads={3, 6, 10})

    @unittest.skipIf(sys.version_info < (3, 10), "a thread is seen wherever it is there")
    def test_lines_of_short_methods_are_named(self):
        self.assert_kept_by(SHORT_METHODS, {5, 8}, callers={10, 11}, heads={4, 6, 9})

    def assert_kept_by(self, program, lines, callers, heads):
        """Asserts that growth was given to the lines, or before 3.11 to their callers."""
        self.start(program).finish()
        rows = self.wait_end().lines("sampled").items()
        grown = {line: row[5] for (file, line), row in rows if file.endswith("program.py")}
        total = sum(grown.values())
        self.assertGreater(total, 200_000_000)
        accepted = lines if sys.version_info >= (3, 11) else lines | callers
        kept = sum(grown.get(line, 0) for line in accepted)
        self.assertGreater(kept, 0.5 * total, grown)
        self.assertLess(sum(grown.get(line, 0) for line in heads), 0.2 * total, grown)

    def test_what_is_given_to_lines_is_what_memory_rose_by(self):
        self.start("keep = [bytearray(b'x') * 1000 for _ in range(30_000)]").finish()
        connection = self.wait_end()
        rss = [size for message in connection.of_kind("samples") for size in message["rss"]]
        self.assert_near(connection.of_kind("end")[0]["peakRssBytes"], max(rss), 0.05)
        grown = sum(row[5] for row in connection.lines("sampled").values())
        self.assertGreaterEqual(grown, 30_000_000)
        self.assertLess(grown, 40_000_000)

    @unittest.skipIf(sys.platform == "darwin", "what counts there is the memory of all that ran")
    def test_a_peak_between_two_looks_is_not_missed(self):
        self.start("b'x' * 150_000_000").finish()
        peak = self.wait_end().of_kind("end")[0]["peakRssBytes"]
        self.assertGreater(peak, 150_000_000)
        self.assertLess(peak, 250_000_000)

    def test_samples_are_columns_in_order(self):
        program = self.start("import sys; sys.stdin.readline()")
        connection = self.host.first()
        enough = lambda: sum(len(m["t"]) for m in connection.of_kind("samples")) >= 8
        self.host.wait_for(enough)
        program.say()
        program.finish()
        self.wait_end()
        times = []
        for message in connection.of_kind("samples"):
            lengths = {len(message[column]) for column in ("t", "rss", "traced", "blocks")}
            self.assertEqual(len(lengths), 1)
            self.assertEqual(set(message["traced"]), {None})
            self.assertTrue(all(blocks > 1000 for blocks in message["blocks"]))
            times += message["t"]
        self.assertEqual(times, sorted(times))

    def test_the_rate_can_be_changed(self):
        program = self.start("import sys; sys.stdin.readline()")
        connection = self.host.first()
        connection.send({"kind": "rate", "intervalMs": 10})
        count = lambda: sum(len(m["t"]) for m in connection.of_kind("samples"))
        self.host.wait_for(lambda: count() > 20)
        program.say()
        self.assertEqual(program.finish()[0], 0)

    def test_collections_have_a_pause(self):
        code = "import gc\nx = []; x.append(x); del x\ngc.collect()\n"
        self.start(code).finish()
        rows = [row for m in self.wait_end().of_kind("collections") for row in m["rows"]]
        full = [row for row in rows if row[1] == 2]
        self.assertTrue(full, rows)
        self.assertGreaterEqual(sum(row[3] for row in full), 1)
        self.assertTrue(all(row[2] > 0 for row in full))

    def test_cost_is_told(self):
        program = self.start("import sys; sys.stdin.readline()")
        connection = self.host.first()
        self.host.wait_for(lambda: len(connection.of_kind("cost")) > 1)
        program.say()
        program.finish()
        cost = self.wait_end().of_kind("cost")[-1]
        self.assertGreater(cost["samples"], 10)
        self.assertLess(cost["cpuMs"], cost["t"] * 0.2)

    def test_functions_that_ran_and_did_not(self):
        program = self.start(
            """
            import sys, functools
            def deco(function):
                @functools.wraps(function)
                def wrapper(*args): return function(*args)
                return wrapper
            class K:
                def method(self): return 1
                def unused(self):
                    return 2
                @property
                def size(self): return 3
            @deco
            def decorated(): return K().method()
            @deco
            def never_decorated(): return 1
            def outer():
                def inner(): return 1
                return 2
            def many(): pass
            decorated(); outer(); many()
            for _ in range(3000): many()
            sys.stdin.readline()
            """
        )
        self.host.mark(1)
        connection = self.host.first()
        if connection.hello["coverage"] == "none":
            self.skipTest("this Python cannot tell which functions ran")
        self.host.wait_for(lambda: connection.functions().get("many"))
        program.say()
        program.finish()
        functions = self.wait_end().functions()
        ran = {name for name, row in functions.items() if row[4]}
        self.assertEqual(ran, {"<module>", "deco", "wrapper", "method", "decorated", "outer", "many"})
        not_run = {name for name, row in functions.items() if not row[4]}
        self.assertEqual(not_run, {"unused", "size", "never_decorated", "inner"})
        self.assertEqual(functions["unused"][:3], [program.path, 8, 9])
        self.assertEqual(functions["<module>"][1], 1)


if __name__ == "__main__":
    unittest.main()
