"""The program goes on as it would without the probe, whatever happens to either of them."""

import os
import signal
import socket
import sys
import unittest

from test.probe.support import SITE, ProbeTest

LOOKS_AT_ITSELF = """
import sys, threading, gc, os, time, signal
print(threading.active_count(), [thread.name for thread in threading.enumerate()])
print(threading.Thread(target=print).name, len(threading._dangling))
for _ in range(1000):
    # While the probe takes a snapshot, the threshold is 0 for a moment.
    if gc.get_threshold()[0]:
        break
    time.sleep(0.001)
print(gc.get_threshold(), gc.isenabled(), sys.getswitchinterval(), sys.gettrace(), sys.getprofile())
print([entry for entry in sys.path if "probe" in entry], "sitecustomize" in sys.modules)
print(sys.argv, sys.flags.ignore_environment, __name__)
print(sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])))
with open(__file__) as file:
    print(file.fileno() < 100)
print("to errors", file=sys.stderr)
def work():
    print(threading.active_count())
thread = threading.Thread(target=work)
thread.start()
thread.join()
"""


class SameProgramTest(ProbeTest):
    """Output, errors and exit code with and without the probe."""

    def check(self, code, levels=("live", "allocations"), **how):
        plain = self.run_plain(code, **how)
        for level in levels:
            with self.subTest(level=level):
                environ = self.environment(level)
                self.assertEqual(self.start(code, environ=environ, **how).finish(), plain)
        return plain

    def test_the_program_sees_itself_as_ever(self):
        self.check(LOOKS_AT_ITSELF, args=["--option", "x"])

    def test_exit_codes(self):
        self.assertEqual(self.check("import sys; sys.exit(7)")[0], 7)
        self.assertEqual(self.check("import os; os._exit(9)")[0], 9)
        self.assertEqual(self.check("raise SystemExit('words')")[1:], ("", "words\n"))

    def test_exceptions(self):
        code, _, errors = self.check("def f():\n    raise ValueError('x')\nf()\n")
        self.assertEqual(code, 1)
        self.assertIn("ValueError: x", errors)

    @unittest.skipUnless(os.name == "posix", "signals")
    def test_signals(self):
        for name in ("SIGTERM", "SIGKILL", "SIGABRT"):
            code = "import os, signal; os.kill(os.getpid(), signal.%s)" % name
            self.assertEqual(self.check(code)[0], -getattr(signal, name))
        interrupted = """
        import signal, time
        signal.signal(signal.SIGALRM, lambda *_: print("alarm"))
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        time.sleep(0.3)
        print("slept")
        """
        self.assertEqual(self.check(interrupted)[1], "alarm\nslept\n")

    def test_errors_are_warnings_of_none(self):
        self.assertEqual(self.check("print('fine')", options=["-W", "error", "-X", "dev"])[0], 0)

    @unittest.skipUnless(hasattr(os, "fork"), "fork")
    def test_a_fork_is_not_warned_about(self):
        code = """
        import os
        for _ in range(3):
            child = os.fork()
            if child == 0:
                os._exit(4)
            print(os.waitpid(child, 0)[1] >> 8, flush=True)
        """
        code, output, errors = self.check(code, options=["-W", "always"])
        self.assertEqual((code, output, errors), (0, "4\n4\n4\n", ""))

    def test_a_frozen_clock(self):
        code = """
        import time
        time.time = time.monotonic = time.perf_counter = lambda: 1.0
        x = bytearray(b"x") * 20_000_000
        print(time.time())
        """
        self.check(code)

    def test_interpreters_inside_the_process(self):
        code = """
        try:
            import _interpreters as interpreters
            run = interpreters.exec
        except ImportError:
            import _xxsubinterpreters as interpreters
            run = interpreters.run_string
        import time
        for _ in range(10):
            # Ending one that has imported something takes a while; the probe looks meanwhile.
            other = interpreters.create()
            run(other, "import threading, tokenize; x = [str(i) for i in range(2000)]")
            if type(other) is int:
                interpreters.destroy(other)
            # The last reference to any other one ends it.
            other = None
        print("done")
        """
        self.assertEqual(self.check(code), (0, "done\n", ""))
        traced = self.host.connections[-1]
        texts = [message["text"] for message in self.wait_end(traced).of_kind("problem")]
        self.assertEqual(len(texts), 1, texts)
        self.assertIn("several interpreters", texts[0])

    @unittest.skipUnless(os.name == "posix", "closing all descriptors")
    def test_a_program_that_closes_every_descriptor(self):
        code = """
        import os, socket, time
        os.closerange(3, 2000)
        pairs = [socket.socketpair() for _ in range(300)]
        files = [open(__file__, "rb") for _ in range(400)]
        deadline = time.monotonic() + 0.4
        while time.monotonic() < deadline:
            keep = [bytearray(1000) for _ in range(2000)]
        silent = 0
        for pair in pairs:
            for end in pair:
                end.setblocking(False)
                try:
                    print(end.recv(10))
                except BlockingIOError:
                    silent += 1
        print(silent, all(file.tell() == 0 for file in files))
        """
        self.check(code)

    def test_isolated_programs_run_without_it(self):
        for option in ("-I", "-S", "-E"):
            self.check("print('fine')", options=[option])
        self.assertEqual(self.host.connections, [])


class HostTroubleTest(ProbeTest):
    def test_no_host(self):
        sock = socket.create_server(("127.0.0.1", 0))
        address = "127.0.0.1:%d" % sock.getsockname()[1]
        sock.close()
        for value in (address, "nonsense", "127.0.0.1:none", "127.0.0.1:99999999"):
            environ = self.environment(MEMORY_INSIGHTS_CHANNEL=value)
            self.assertEqual(self.start("print(1)", environ=environ).finish(), (0, "1\n", ""))

    def test_a_host_that_accepts_and_never_reads(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            address = "127.0.0.1:%d" % server.getsockname()[1]
            environ = self.environment("allocations", MEMORY_INSIGHTS_CHANNEL=address)
            code = "x = [bytearray(100) for _ in range(50_000)]\nprint(len(x))"
            self.assertEqual(self.start(code, environ=environ).finish(), (0, "50000\n", ""))

    def test_a_wrong_token(self):
        environ = self.environment(MEMORY_INSIGHTS_TOKEN="wrong")
        code = "import sys; sys.stdin.readline(); print('done')"
        program = self.start(code, environ=environ)
        self.host.wait_for(lambda: self.host.rejected)
        program.say()
        self.assertEqual(program.finish(), (0, "done\n", ""))
        self.assertEqual(self.host.connections, [])

    def test_garbage_from_the_host(self):
        program = self.start("import sys; sys.stdin.readline(); print('done')")
        connection = self.host.first()
        connection.socket.sendall(b"\xff\xfe nonsense\n[1,2]\n{\"kind\":\"unknown\"}\n{}\n")
        connection.socket.sendall(b'{"kind":"mark"}\n{"kind":"mark","id":"x"}\n')
        connection.socket.sendall(b'{"kind":"rate","intervalMs":"fast"}\n{"kind":[1]}\n')
        connection.socket.sendall(b"x" * 3_000_000 + b"\n")
        self.assertEqual(self.host.mark(5)["id"], 5)
        program.say()
        self.assertEqual(program.finish(), (0, "done\n", ""))
        self.wait_end(connection)

    def test_a_host_that_goes_away(self):
        program = self.start("import sys; sys.stdin.readline(); print('done')")
        self.host.first()
        self.host.close()
        program.say()
        self.assertEqual(program.finish(), (0, "done\n", ""))


class SitecustomizeTest(ProbeTest):
    """The user's own sitecustomize does what it would do without the probe in front of it."""

    def run_both(self, sitecustomize, code):
        folder = os.path.join(self.folder, "own")
        os.mkdir(folder)
        if sitecustomize is not None:
            self.write(sitecustomize, os.path.join("own", "sitecustomize.py"))
        plain = {k: v for k, v in os.environ.items() if not k.startswith("MEMORY_INSIGHTS")}
        plain["PYTHONPATH"] = folder
        probed = self.environment(PYTHONPATH=SITE + os.pathsep + folder)
        without = self.start(code, environ=plain).finish()
        self.assertEqual(self.start(code, environ=probed).finish(), without)
        self.host.first()
        return without

    def test_it_runs_under_its_own_name(self):
        code = "import sys, sitecustomize; print(sitecustomize.MARK, sitecustomize.__file__)"
        _, output, _ = self.run_both("MARK = __name__\nprint('early')\n", code)
        self.assertTrue(output.startswith("early\nsitecustomize "), output)

    def test_its_error_is_told_as_ever(self):
        _, _, errors = self.run_both("1 / 0\n", "print('fine')")
        self.assertIn("ZeroDivisionError", errors)

    def test_its_import_error_is_told_as_ever(self):
        _, _, errors = self.run_both("import there_is_none\n", "print('fine')")
        self.assertIn("there_is_none", errors)

    def test_there_is_none(self):
        code = "import sys; print('sitecustomize' in sys.modules)\ntry:\n    import sitecustomize\n"
        self.run_both(None, code + "except ImportError as error:\n    print(error)\n")


class EndTest(ProbeTest):
    """What was seen up to the end is there, whichever way the program ends."""

    HOLD = "import sys, os\nkeep = [bytearray(b'x') * 1000 for _ in range(30_000)]\n"

    def grown(self, connection):
        return sum(row[5] for row in connection.lines("sampled").values())

    def test_killed(self):
        program = self.start(self.HOLD + "print('ready', flush=True)\nsys.stdin.readline()\n")
        program.hear()
        connection = self.host.first()
        self.host.wait_for(lambda: self.grown(connection) > 29_000_000)
        program.process.kill()
        program.finish()
        self.host.wait_for(lambda: connection.is_closed)
        rss = [size for m in connection.of_kind("samples") for size in m["rss"]]
        self.assertGreater(max(rss), 30_000_000)

    def test_os_exit_keeps_what_was_sent(self):
        program = self.start(self.HOLD + "sys.stdin.readline()\nos._exit(3)\n")
        connection = self.host.first()
        self.host.wait_for(lambda: self.grown(connection) > 29_000_000)
        program.say()
        self.assertEqual(program.finish()[0], 3)
        self.host.wait_for(lambda: connection.is_closed)
        self.assertEqual(connection.of_kind("end"), [])

    def test_an_exception_ends_in_order(self):
        self.start(self.HOLD + "raise ValueError").finish()
        connection = self.wait_end()
        self.assertGreater(self.grown(connection), 29_000_000)
        self.assertGreater(connection.of_kind("end")[0]["peakRssBytes"], 30_000_000)

    def test_a_program_that_is_over_at_once(self):
        self.start("pass").finish()
        kinds = [message["kind"] for message in self.wait_end().messages]
        self.assertEqual((kinds[0], kinds[-1]), ("hello", "end"))
        self.assertIn("samples", kinds)

    def test_the_hello_tells_who_it_is(self):
        program = self.start("pass", args=["--flag"])
        program.finish()
        hello = self.wait_end().hello
        self.assertEqual(hello["pid"], program.process.pid)
        self.assertEqual(hello["parentPid"], os.getpid())
        self.assertEqual(hello["python"], "%d.%d.%d" % sys.version_info[:3])
        self.assertEqual(hello["argv"][-2:], [program.path, "--flag"])
        self.assertEqual(hello["cwd"], self.folder)
        self.assertEqual(hello["stdlib"], os.path.dirname(os.__file__))
        self.assertEqual((hello["version"], hello["level"], hello["frames"]), (1, "live", 1))


if __name__ == "__main__":
    unittest.main()
