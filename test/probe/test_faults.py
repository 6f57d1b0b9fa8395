"""Programs that end badly, or that run where little works: they go on as they would without the
probe, what was seen until a second before the end is kept, and the run says what is missing."""

import os
import sys
import unittest

from test.probe.support import SITE, ProbeTest

# A second of samples, and what may lie between two of them on a machine that is busy.
MOST_LOST_MS = 1000
HOLD = """
import os, sys
keep = [bytearray(b"x") * 1000 for _ in range(30_000)]
print("ready", flush=True)
sys.stdin.readline()
"""


class FaultTest(ProbeTest):
    """Runs a program plain and under the probe, at both levels."""

    def check(self, code, levels=("live", "allocations"), environ=None, **how):
        """Returns what the plain run came to, and the connections of the probed ones."""
        plain = self.run_plain(code, **how)
        connections = []
        for level in levels:
            with self.subTest(level=level):
                before = len(self.host.connections)
                own = dict(self.environment(level), **(environ or {}))
                self.assertEqual(self.start(code, environ=own, **how).finish(), plain)
                self.host.wait_for(lambda: len(self.host.connections) > before)
                connection = self.host.connections[before]
                self.host.wait_for(lambda: connection.is_closed)
                connections.append(connection)
        return plain, connections

    def grown(self, connection):
        rows = [*connection.lines("sampled").values(), *connection.lines("traced").values()]
        return sum(row[5] for row in rows)


@unittest.skipUnless(os.name == "posix", "signals")
class SuddenEndTest(FaultTest):
    """Each way to end at once: the lines that held memory are there, the end is not."""

    def check_kept(self, end, code):
        for level in ("live", "allocations"):
            with self.subTest(level=level):
                before = len(self.host.connections)
                program = self.start(HOLD + end, level)
                self.assertEqual(program.hear(), "ready")
                connection = self.host.wait_for(lambda: self.host.connections[before:])[0]
                # Traced lines come within a second, also where the machine is busy.
                self.host.wait_for(lambda: self.grown(connection) > 29_000_000)
                program.say()
                self.assertEqual(program.finish()[0], code)
                self.host.wait_for(lambda: connection.is_closed)
                self.assertEqual(connection.of_kind("end"), [])
                rss = [size for m in connection.of_kind("samples") for size in m["rss"]]
                self.assertGreater(max(rss), 30_000_000)

    def test_os_exit(self):
        self.check_kept("os._exit(3)", 3)

    def test_kill(self):
        self.check_kept("import signal; os.kill(os.getpid(), signal.SIGKILL)", -9)

    def test_segfault(self):
        # The address 0 by the interpreter's own means: ctypes is not everywhere.
        self.check_kept("import faulthandler; faulthandler._sigsegv()", -11)

    def test_abort(self):
        self.check_kept("os.abort()", -6)

    def test_an_interrupt_that_nobody_handles(self):
        code = "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(9)\n"
        program = [self.start(code, level) for level in ("live", "allocations")]
        plain = self.run_plain(code)
        self.assertEqual(plain[0], -2)
        self.assertEqual([each.finish()[0] for each in program], [-2, -2])

    def test_data_is_sent_several_times_a_second(self):
        """What has been sent is in the run, whatever comes: so the gaps bound what can be lost."""
        code = "import time\nkeep = []\nfor _ in range(40):\n    keep.append(b'x' * 10**6)\n"
        self.start(code + "    time.sleep(0.05)\n").finish()
        samples = self.wait_end().of_kind("samples")
        ends = [message["t"][-1] for message in samples]
        begins = [0.0] + [message["t"][0] for message in samples]
        # By the program's own clock: each message takes up where the one before has ended.
        held = [end - begin for begin, end in zip(begins, ends)]
        self.assertGreater(len(ends), 3)
        self.assertLess(max(held[1:]), MOST_LOST_MS)


class ScarceTest(FaultTest):
    """Memory, descriptors, threads or disk run out."""

    def test_memory_error(self):
        code = """
        try:
            bytearray(1 << 60)
        except MemoryError:
            print("refused")
        keep = bytearray(b"x") * 20_000_000
        raise MemoryError("the program's own")
        """
        (status, output, errors), connections = self.check(code)
        self.assertEqual((status, output), (1, "refused\n"))
        self.assertIn("MemoryError: the program's own", errors)
        for connection in connections:
            self.assertTrue(connection.of_kind("end"))
            self.assertGreater(self.grown(connection), 19_000_000)

    @unittest.skipUnless(sys.platform == "linux", "limits of memory")
    def test_a_limit_of_memory_that_the_program_meets(self):
        code = """
        import resource
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
        keep = []
        try:
            while True:
                keep.append(bytearray(16 << 20))
        except MemoryError:
            keep.clear()
            print("refused")
        """
        (status, output, errors), _ = self.check(code)
        self.assertEqual((status, output, errors), (0, "refused\n", ""))

    @unittest.skipUnless(sys.platform == "linux", "limits of memory")
    def test_a_limit_that_is_there_from_the_start(self):
        code = "keep = [bytearray(1000) for _ in range(1000)]\nprint(len(keep))"
        limited = """
        import os, resource, sys
        resource.setrlimit(resource.RLIMIT_AS, (200 << 20, 200 << 20))
        os.execv(sys.executable, [sys.executable, "inner.py"])
        """
        self.write(code, "inner.py")
        (status, output, errors), _ = self.check(limited)
        self.assertEqual((status, output, errors), (0, "1000\n", ""))

    @unittest.skipUnless(os.name == "posix", "limits of descriptors")
    def test_no_more_descriptors(self):
        code = """
        import os, resource
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
        files = []
        try:
            while True:
                files.append(os.dup(0))
        except OSError as error:
            print(error.errno)
        """
        self.check(code)

    @unittest.skipUnless(sys.platform == "linux", "limits of threads")
    def test_no_thread_to_be_had(self):
        code = """
        import threading
        try:
            threading.Thread(target=int).start()
        except RuntimeError as error:
            print(error)
        print("done")
        """
        refuses = """
        import _thread
        def refuse(*_):
            raise RuntimeError("can't start new thread")
        _thread.start_new_thread = refuse
        import _memory_insights
        _memory_insights.start()
        """
        folder = os.path.join(self.folder, "own")
        os.mkdir(folder)
        self.write(refuses, os.path.join("own", "sitecustomize.py"))
        environ = self.environment(PYTHONPATH=os.pathsep.join([folder, SITE]))
        status, output, errors = self.start(code, environ=environ).finish()
        self.assertEqual((status, errors), (0, ""))
        self.assertTrue(output.endswith("done\n"))

    @unittest.skipUnless(os.path.exists("/dev/full"), "a full disk")
    def test_a_full_disk(self):
        code = """
        with open("/dev/full", "w") as file:
            file.write("x")
            try:
                file.flush()
            except OSError as error:
                print(error.errno)
            file.close()
        """
        self.check(code)


class OtherToolsTest(FaultTest):
    """The program has means of its own that the probe could meet."""

    def test_an_audit_hook_that_refuses(self):
        code = """
        import sys, threading
        def refuse(event, args):
            if event.split(".")[0] in ("socket", "sys", "gc", "os", "fcntl", "object", "ctypes"):
                raise RuntimeError("refused: " + event)
            if event in ("open", "_thread.start_new_thread", "import", "exec", "compile"):
                raise RuntimeError("refused: " + event)
        sys.addaudithook(refuse)
        keep = [bytearray(b"x") * 1000 for _ in range(30_000)]
        try:
            open(__file__)
        except RuntimeError as error:
            print(error)
        """
        (status, output, errors), connections = self.check(code)
        self.assertEqual((status, output, errors), (0, "refused: open\n", ""))
        for connection in connections:
            self.assertTrue(connection.of_kind("problem") or connection.of_kind("end"))

    def test_an_audit_hook_that_refuses_files_takes_no_end(self):
        code = """
        import sys
        def refuse(event, args):
            if event == "open":
                raise RuntimeError("refused")
        sys.addaudithook(refuse)
        """
        (status, output, errors), connections = self.check(code)
        self.assertEqual((status, output, errors), (0, "", ""))
        for connection in connections:
            self.assertTrue(connection.of_kind("end"))

    def test_an_audit_hook_sees_no_connection(self):
        code = """
        import sys, time
        seen = set()
        sys.addaudithook(lambda event, args: seen.add(event))
        deadline = time.monotonic() + 0.5
        while time.monotonic() < deadline:
            keep = [bytearray(100) for _ in range(100)]
        print(sorted(event for event in seen if event.startswith(("socket", "subprocess"))))
        """
        self.check(code)

    def test_a_frozen_clock_and_no_sleep(self):
        code = """
        import time
        for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time", "sleep"):
            setattr(time, name, lambda *_: 1.0)
        keep = [bytearray(b"x") * 1000 for _ in range(30_000)]
        print(time.time(), time.monotonic())
        """
        _, connections = self.check(code)
        for connection in connections:
            self.assertGreater(connection.of_kind("end")[0]["t"], 0)
            self.assertGreater(self.grown(connection), 29_000_000)

    def test_another_user_of_tracemalloc(self):
        code = """
        import tracemalloc
        print(tracemalloc.is_tracing())
        tracemalloc.start(3)
        before = tracemalloc.take_snapshot()
        keep = [bytearray(1000) for _ in range(10_000)]
        after = tracemalloc.take_snapshot()
        [top] = [s for s in after.compare_to(before, "lineno") if s.size_diff > 5_000_000]
        print(top.traceback[0].lineno, tracemalloc.get_traceback_limit())
        tracemalloc.stop()
        print(tracemalloc.is_tracing())
        """
        _, [connection] = self.check(code, levels=["live"])
        self.assertTrue(connection.of_kind("end"))

    def test_a_program_that_stops_tracing(self):
        code = """
        import time, tracemalloc
        tracemalloc.start()
        tracemalloc.stop()
        time.sleep(0.6)
        print(tracemalloc.is_tracing())
        """
        _, [_, traced] = self.check(code)
        self.assertIn("stopped tracing", traced.of_kind("problem")[0]["text"])

    def test_tracing_that_was_on_goes_on(self):
        code = "import tracemalloc; print(tracemalloc.is_tracing())"
        environ = self.environment("allocations", PYTHONTRACEMALLOC="2")
        ends = """
        import atexit, tracemalloc
        atexit.register(lambda: print(tracemalloc.get_traceback_limit()))
        """
        program = self.start(ends + code, environ=environ)
        self.assertEqual(program.finish(), (0, "True\n2\n", ""))

    @unittest.skipUnless(hasattr(os, "fork"), "fork")
    def test_a_fork_in_a_thread(self):
        code = """
        import os, sys, threading
        def work():
            child = os.fork()
            if child == 0:
                keep = [bytearray(b"x") * 1000 for _ in range(10_000)]
                os._exit(len(keep) % 7)
            # One write a line: two threads that print may mix theirs.
            os.write(1, b"%d\\n" % (os.waitpid(child, 0)[1] >> 8))
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        print(threading.active_count())
        """
        # Python itself warns of a fork beside the program's own threads, in any order.
        (status, output, errors), parents = self.check(code, options=["-W", "ignore"])
        self.assertEqual((status, output, errors), (0, "4\n4\n4\n4\n1\n", ""))
        for connection in self.host.connections:
            self.assertEqual(connection.of_kind("problem"), [])
        for parent in parents:
            self.assertTrue(parent.of_kind("end"))

    def test_a_closed_socket(self):
        """The program closes the probe's own connection, found as an object of the process."""
        code = """
        import gc, socket, sys, time
        import _socket
        for thing in gc.get_objects():
            if type(thing) is _socket.socket:
                thing.close()
        deadline = time.monotonic() + 0.4
        while time.monotonic() < deadline:
            keep = [bytearray(1000) for _ in range(1000)]
        print("done")
        """
        (status, output, errors), _ = self.check(code)
        self.assertEqual((status, output, errors), (0, "done\n", ""))


HOSTILE = """
import sys, time
class Hostile:
    def _fail(self, *_):
        print("evaluated", flush=True)
        raise BaseException("evaluated")
    __len__ = __eq__ = __sizeof__ = __bool__ = __str__ = __format__ = __repr__ = _fail
    __getattr__ = __iter__ = __index__ = __call__ = __dir__ = _fail
    def __hash__(self):
        return self._fail()
class Meta(type):
    def __getattribute__(cls, name):
        print("evaluated", name, flush=True)
        return super().__getattribute__(name)
    def __instancecheck__(cls, other):
        print("evaluated", flush=True)
        return False
    __subclasscheck__ = __instancecheck__
    def __eq__(cls, other):
        print("evaluated", flush=True)
        return False
    __hash__ = type.__hash__
class Text(str):
    def __eq__(self, other):
        print("evaluated", flush=True)
        return NotImplemented
    __hash__ = str.__hash__
    startswith = endswith = replace = split = rfind = __len__ = lambda *_: print("evaluated")
class Lazy:
    def __get__(self, instance, owner):
        print("evaluated", flush=True)
class Odd(metaclass=Meta):
    lazy = Lazy()
"""


class EvaluatesNothingTest(FaultTest):
    """No method of the program's own classes runs because of the probe."""

    def test_hostile_objects(self):
        code = HOSTILE + """
import types
module = types.ModuleType("odd")
module.__file__ = Text(__file__)
module.value = things = [Hostile() for _ in range(1000)]
sys.modules["odd"] = module
sys.modules["hostile"] = things[0]
sys.argv[0] = Text(sys.argv[0])
# Last, for Python looks for `__spec__` and others of what lies there while it imports.
def work(thing, odd=Odd, text=Text("x")):
    things = [Hostile() for _ in range(1000)]
    for _ in range(12):
        keep = [bytearray(b"x") * 1000 for _ in range(1000)]
        time.sleep(0.05)
    print("worked", flush=True)
    del sys.modules["hostile"], sys.modules["odd"]
work(things[0])
import os
os._exit(0)
"""
        plain, _ = self.check(code)
        self.assertEqual(plain, (0, "worked\n", ""))

    def test_hostile_objects_while_the_host_asks(self):
        code = HOSTILE + """
things = [Hostile() for _ in range(1000)]
def work(thing, odd=Odd):
    for _ in sys.stdin:
        keep = [bytearray(b"x") * 1000 for _ in range(3000)]
        print("went on", flush=True)
work(things[0])
import os
os._exit(0)
"""
        for level in ("live", "allocations"):
            with self.subTest(level=level):
                before = len(self.host.connections)
                program = self.start(code, level)
                connection = self.host.wait_for(lambda: self.host.connections[before:])[0]
                program.say()
                self.assertEqual(program.hear(), "went on")
                self.assertEqual(self.host.mark(1, connection)["id"], 1)
                connection.send({"kind": "snapshot", "id": 1, "name": ""})
                self.host.wait_for(
                    lambda: [m for m in connection.of_kind("snapshot") if m["trigger"] == "request"]
                )
                self.assertEqual(program.finish(), (0, "", ""))


class SecretsTest(FaultTest):
    @unittest.skipUnless(os.path.exists("/proc/self/cmdline"), "command lines of processes")
    def test_no_command_line_tells_the_token_or_where_the_probe_is(self):
        code = """
        import multiprocessing, subprocess, sys
        def command_line(pid):
            with open("/proc/%s/cmdline" % pid) as file:
                print(file.read().replace("\\0", " "), flush=True)
        def work():
            command_line("self")
        if __name__ == "__main__":
            command_line("self")
            read = "print(open('/proc/self/cmdline').read().replace(chr(0), ' '))"
            print(subprocess.check_output([sys.executable, "-c", read]).decode())
            for method in ("fork", "spawn", "forkserver"):
                process = multiprocessing.get_context(method).Process(target=work)
                process.start()
                process.join()
        """
        _, output, errors = self.start(code).finish()
        self.assertEqual(errors, "")
        self.assertEqual(len(output.split()) > 0 and output.count("program.py"), 2, output)
        for secret in (self.host.token, self.host.address, SITE):
            self.assertNotIn(secret, output)


class IsolatedTest(FaultTest):
    def test_children_of_an_isolated_program_report_for_themselves(self):
        """`-I`, `-S` and `-E` hold for the one process; the host sees that it never called."""
        code = """
        import subprocess, sys
        print(subprocess.check_output([sys.executable, "-c", "print('child')"]).decode())
        """
        for option in ("-I", "-S", "-E"):
            with self.subTest(option=option):
                before = len(self.host.connections)
                plain = self.run_plain(code, options=[option])
                program = self.start(code, options=[option])
                self.assertEqual(program.finish(), plain)
                self.host.wait_for(lambda: len(self.host.connections) == before + 1)
                child = self.host.connections[before]
                self.assertEqual(child.hello["parentPid"], program.process.pid)
                self.wait_end(child)


if __name__ == "__main__":
    unittest.main()
