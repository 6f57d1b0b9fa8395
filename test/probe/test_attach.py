"""The probe in a program that runs already: brought in, sent away, and brought in again."""

import base64
import json
import os
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


class AttachingTest(ProbeTest):
    def run_in(self, program, file, **names):
        with open(file, encoding="utf-8") as text:
            program.say("run " + json.dumps([text.read(), names]))
        return json.loads(program.hear())

    def attach(self, program, level="live", **others):
        settings = {
            "MEMORY_INSIGHTS_CHANNEL": self.host.address,
            "MEMORY_INSIGHTS_TOKEN": self.host.token,
            "MEMORY_INSIGHTS_LEVEL": level,
            **others,
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


class AttachTest(AttachingTest):
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


# What the probe uses of IPython, and cells whose code has files that do not exist.
KERNEL = """
import sys, types
class Events:
    def __init__(self):
        self.callbacks = {"pre_run_cell": [], "post_run_cell": []}
    def register(self, name, hook):
        self.callbacks[name].append(hook)
    def unregister(self, name, hook):
        self.callbacks[name].remove(hook)
    def trigger(self, name, *arguments):
        for hook in self.callbacks[name][:]:
            hook(*arguments)
class Shell:
    events = Events()
    execution_count = 1
    class compile:
        def get_code_name(raw, transformed, number):
            return "/kernel/%d.py" % len(raw)
sys.modules["IPython"] = package = types.ModuleType("IPython")
package.get_ipython = Shell
def run_cell(text, store_history, cell_id):
    info = types.SimpleNamespace(raw_cell=text, store_history=store_history, silent=False, cell_id=cell_id)
    Shell.events.trigger("pre_run_cell", info)
    exec(compile(text, Shell.compile.get_code_name(text, text, 1), "exec"), {"kept": kept})
    Shell.events.trigger("post_run_cell", types.SimpleNamespace(info=info))
    return list(map(len, Shell.events.callbacks.values()))
""" + PROGRAM.replace(
    'if word == "load":',
    """if word == "cell":
        import json
        print(json.dumps(run_cell(*json.loads(rest))), flush=True)
    elif word == "load":""",
)
CELL = 'kept.append(1)\nkept.append(bytearray(b"x" * 30_000_000))'


class KernelTest(AttachingTest):
    def run_cell(self, program, *cell):
        program.say("cell " + json.dumps(cell))
        return json.loads(program.hear())

    def test_cells_are_parts_of_the_run_by_the_names_that_the_editor_gave_them(self):
        environ = {k: v for k, v in os.environ.items() if not k.startswith("MEMORY_INSIGHTS")}
        program = self.start(KERNEL, environ=environ)
        begun = self.attach(program, "allocations", MEMORY_INSIGHTS_CELLS="1")
        self.assertEqual(begun, {"state": "begun", "channel": "socket"})
        # The first connection only found out whether there is somebody.
        connection = self.host.wait_for(lambda: [one for one in self.host.connections if one.hello])[0]
        self.load(program)
        self.assertEqual(self.run_cell(program, CELL, True, "cell:1"), [1, 1])
        self.run_cell(program, CELL + " # not counted", False, None)
        self.run_cell(program, CELL + "#", True, None)
        deltas = self.host.wait_for(lambda: len(connection.of_kind("delta")) > 1 and connection.of_kind("delta"))
        names = ["cell:1", "/kernel/%d.py" % (len(CELL) + 1)]
        self.assertEqual([delta["at"]["file"] for delta in deltas], names)
        for delta, name in zip(deltas, names):
            self.assertEqual(delta["rows"][0][:2], [name, 2])
            self.assert_near(delta["rows"][0][2], 30_000_000, 0.01)
            # What came before the cell is not its own.
            self.assert_near(delta["tracedBytes"], 30_000_000, 0.01)
        connection.send({"kind": "leave"})
        self.wait_end(connection)
        for _ in range(200):
            hooks = self.run_cell(program, "", True, None)
            if not any(hooks):
                break
        self.assertEqual(hooks, [0, 0])
        program.process.stdin.close()
        self.assertEqual(program.process.wait(), 3)
        self.assertEqual(program.process.stderr.read(), "")

    def test_a_kernel_that_cannot_reach_the_host_is_left_as_it_is(self):
        program = self.plain()
        self.host.address = "127.0.0.1:1"
        before = self.state(program)[:-1]
        answer = self.attach(program, MEMORY_INSIGHTS_CELLS="1")
        self.assertEqual(answer, {"state": "unreached", "channel": None})
        self.assertEqual(self.state(program)[:-1], before)


if __name__ == "__main__":
    unittest.main()
