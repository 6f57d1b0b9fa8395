"""The probe in a program that runs already: brought in, sent away, and brought in again."""

import base64
import json
import os
import sys
import unittest
import zlib

from test.probe.support import PACKAGE, ROOT, ProbeTest

LOADER = os.path.join(ROOT, "src", "probe", "attach", "loader.py")
QUESTION = os.path.join(ROOT, "src", "probe", "attach", "question.py")

# Only `os` and `sys` may be bound here: what the probe needs, it imports itself.
PROGRAM = """
import sys
kept = []
def load():
    kept.append(bytearray(b"x" * 30_000_000))
def run(line):
    import base64, json
    text, names = json.loads(line)
    space = dict(names, packed=base64.b64decode(names.get("packed", "")))
    exec(text, space)
    return space["answer"]
def state():
    import gc, os, threading, tracemalloc, _thread
    tools = [name for name in map(sys.monitoring.get_tool, (3, 4)) if name] if hasattr(sys, "monitoring") else []
    fds = os.listdir("/proc/self/fd") if os.path.isdir("/proc/self/fd") else []
    names = [name for name in sys.modules if "memory_insights" in name]
    return [[t.name for t in threading.enumerate()], _thread._count(), tools, len(gc.callbacks), fds,
            tracemalloc.is_tracing(), [repr(f) for f in sys.meta_path], sorted(globals()), len(names) > 0]
def fork():
    import os
    child = os.fork()
    if not child:
        load()
        sys.exit(5)
    return os.waitpid(child, 0)[1] >> 8
for line in sys.stdin:
    word, _, rest = line.partition(" ")
    word = word.strip()
    if word == "load":
        load()
        print("loaded", flush=True)
    elif word == "fork":
        print(fork(), flush=True)
    elif word == "state":
        import json
        print(json.dumps(state()), flush=True)
    else:
        print(run(rest), flush=True)
sys.exit(3)
"""
LOADING_LINE = 4


def packed_sources():
    sources = {}
    for file in os.listdir(PACKAGE):
        name, ending = os.path.splitext(file)
        if ending == ".py":
            full = "_memory_insights" if name == "__init__" else "_memory_insights." + name
            with open(os.path.join(PACKAGE, file), encoding="utf-8") as source:
                sources[full] = source.read()
    return base64.b64encode(zlib.compress(json.dumps(sources).encode())).decode()


class AttachTest(ProbeTest):
    def run_in(self, program, file, **names):
        with open(file, encoding="utf-8") as text:
            program.say("run " + json.dumps([text.read(), names]))
        return json.loads(program.hear())

    def attach(self, program, level="live"):
        settings = {
            "MEMORY_INSIGHTS_CHANNEL": self.host.address,
            "MEMORY_INSIGHTS_TOKEN": self.host.token,
            "MEMORY_INSIGHTS_LEVEL": level,
        }
        return self.run_in(program, LOADER, packed=packed_sources(), settings=settings)

    def plain(self):
        environ = {k: v for k, v in os.environ.items() if not k.startswith("MEMORY_INSIGHTS")}
        environ.pop("PYTHONPATH", None)
        return self.start(PROGRAM, environ=environ)

    def state(self, program):
        program.say("state")
        return json.loads(program.hear())

    def load(self, program):
        program.say("load")
        self.assertEqual(program.hear(), "loaded")

    def test_comes_measures_leaves_and_comes_again(self):
        program = self.plain()
        self.assertFalse(self.run_in(program, QUESTION)["isMeasuring"])
        *before, _ = self.state(program)
        for number, level in enumerate(("allocations", "live")):
            self.assertEqual(self.attach(program, level), {"state": "begun", "channel": "socket"})
            self.assertTrue(self.run_in(program, QUESTION)["isMeasuring"])
            self.assertEqual(self.attach(program)["state"], "running")
            connection = self.host.wait_for(lambda: self.host.connections[number:])[0]
            self.assertEqual((connection.hello["level"], connection.hello["probePath"]), (level, ""))
            self.host.mark(1, connection)
            self.load(program)
            delta = self.host.mark(2, connection)
            rows = [row for row in delta["rows"] if row[0] == program.path]
            self.assertGreater(sum(row[2] for row in rows), 24_000_000, delta["rows"])
            if level == "allocations":
                self.assertEqual(rows[0][1], LOADING_LINE)
                self.assert_near(rows[0][2], 30_000_000, 0.01)
            connection.send({"kind": "leave"})
            self.wait_end(connection)
            problems = " ".join(message["text"] for message in connection.of_kind("problem"))
            self.assertIn("not known by line", problems)
            self.assert_left(program, before)
        program.process.stdin.close()
        self.assertEqual(program.process.wait(), 3)
        self.assertEqual(program.process.stderr.read(), "")

    def assert_left(self, program, before):
        """The thread ends just after its last message, so this may have to look again."""
        for _ in range(200):
            *after, has_modules = self.state(program)
            if after == before:
                break
        self.assertEqual(after, before)
        self.assertTrue(has_modules, "its modules stay, to begin again")

    def test_a_host_that_goes_away_is_left(self):
        program = self.plain()
        *before, _ = self.state(program)
        self.attach(program)
        connection = self.host.first()
        connection.socket.shutdown(2)
        self.assert_left(program, before)

    def test_a_program_that_was_started_with_the_probe_is_left_to_it(self):
        program = self.start(PROGRAM)
        self.host.first()
        self.assertTrue(self.run_in(program, QUESTION)["isMeasuring"])
        self.assertEqual(self.attach(program)["state"], "running")
        self.assertEqual(len(self.host.connections), 1)

    @unittest.skipUnless(hasattr(os, "fork"), "needs fork")
    def test_forks_are_measured_while_it_is_there_and_left_alone_after(self):
        program = self.plain()
        self.attach(program)
        first = self.host.first()
        program.say("fork")
        self.assertEqual(program.hear(), "5")
        child = self.host.wait_for(lambda: self.host.connections[1:])[0]
        self.assertNotEqual(child.hello["pid"], first.hello["pid"])
        first.send({"kind": "leave"})
        self.wait_end(first)
        program.say("fork")
        self.assertEqual(program.hear(), "5")
        self.assertEqual(len(self.host.connections), 2)
        program.process.stdin.close()
        self.assertEqual(program.process.wait(), 3)
        self.assertEqual(program.process.stderr.read(), "")


if __name__ == "__main__":
    unittest.main()
