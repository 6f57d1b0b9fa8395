"""A host on a real loopback socket, and programs that run under the probe as real processes."""

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SITE = os.path.join(ROOT, "src", "probe", "site")
PACKAGE = os.path.join(SITE, "_memory_insights")
TOOL_FILE = "<profiler and debugger>"
DEADLINE = 30.0


class Connection:
    """One process's messages, in order, without the token."""

    def __init__(self, sock):
        self.socket = sock
        self.messages = []
        self.is_closed = False

    def of_kind(self, kind):
        return [message for message in self.messages if message["kind"] == kind]

    @property
    def hello(self):
        return self.messages[0]

    def lines(self, source):
        """Returns the newest row of each line, {(base name, line): row}."""
        rows = {}
        for message in self.of_kind("lines"):
            if message["source"] == source:
                rows.update({(os.path.basename(row[0]), row[1]): row for row in message["rows"]})
        return rows

    def functions(self):
        rows = [row for message in self.of_kind("functions") for row in message["rows"]]
        return {row[3]: row for row in rows}

    def send(self, message):
        self.socket.sendall(json.dumps(message).encode() + b"\n")


class Host:
    """Accepts connections, answers a right token, and keeps what it is told."""

    def __init__(self, accepts=True):
        self.token = secrets.token_hex(8)
        self.connections = []
        self.rejected = 0
        self._sockets = []
        self._accepts = accepts
        self._changed = threading.Condition()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.address = "127.0.0.1:%d" % self._server.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self):
        self._server.close()
        for sock in self._sockets:
            sock.close()

    def _listen(self):
        while True:
            try:
                sock, _ = self._server.accept()
            except OSError:
                return
            self._sockets.append(sock)
            threading.Thread(target=self._serve, args=(Connection(sock),), daemon=True).start()

    def _serve(self, connection):
        received = b""
        while True:
            try:
                data = connection.socket.recv(1 << 16)
            except OSError:
                data = b""
            if not data:
                break
            *lines, received = (received + data).split(b"\n")
            for line in lines:
                if not self._take(connection, json.loads(line)):
                    connection.socket.close()
                    return
        with self._changed:
            connection.is_closed = True
            self._changed.notify_all()

    def _take(self, connection, message):
        with self._changed:
            if message["kind"] == "hello":
                if message.pop("token") != self.token or not self._accepts:
                    self.rejected += 1
                    self._changed.notify_all()
                    return False
                connection.send({"kind": "welcome", "version": 1})
                self.connections.append(connection)
            connection.messages.append(message)
            self._changed.notify_all()
        return True

    def wait_for(self, what, seconds=DEADLINE):
        """Waits until `what()` is true and returns its value; fails at the deadline."""
        end = time.monotonic() + seconds
        with self._changed:
            while True:
                value = what()
                if value:
                    return value
                if not self._changed.wait(end - time.monotonic()):
                    raise AssertionError("not in time; connections: %r" % self._summary())

    def _summary(self):
        return [[m["kind"] for m in connection.messages] for connection in self.connections]

    def first(self):
        """Waits for the first process and returns its connection."""
        return self.wait_for(lambda: self.connections and self.connections[0])

    def mark(self, number, connection=None):
        """Asks for a delta and returns it."""
        connection = connection or self.first()
        connection.send({"kind": "mark", "id": number})
        deltas = lambda: [d for d in connection.of_kind("delta") if d["id"] == number]
        return self.wait_for(deltas)[0]

    def switch(self, level, frames=1, connection=None):
        """Asks for a level and returns the answer, which comes after a look at the program."""
        connection = connection or self.first()
        before = len(connection.of_kind("level"))
        connection.send({"kind": "level", "level": level, "frames": frames})
        return self.wait_for(lambda: connection.of_kind("level")[before:])[0]


class Program:
    """A Python program under the probe. It waits for the test by reading lines of its input."""

    def __init__(self, process, path):
        self.process = process
        self.path = path

    def say(self, text="go"):
        """Lets the program go on."""
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()

    def hear(self):
        """Returns the next line that the program prints."""
        return self.process.stdout.readline().rstrip("\n")

    def finish(self):
        """Waits for the end; returns (exit code, output, errors)."""
        try:
            output, errors = self.process.communicate(timeout=DEADLINE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        return self.process.returncode, output, errors


class ProbeTest(unittest.TestCase):
    """Gives each test a host, a folder and programs that are gone at its end."""

    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        # A link in the way (macOS) would give files other names than the program sees.
        self.folder = os.path.realpath(self._folder.name)
        self.host = Host()
        self.addCleanup(self.host.close)

    def environment(self, level="live", **more):
        environ = {k: v for k, v in os.environ.items() if not k.startswith("MEMORY_INSIGHTS")}
        environ.update(
            MEMORY_INSIGHTS_CHANNEL=self.host.address,
            MEMORY_INSIGHTS_TOKEN=self.host.token,
            MEMORY_INSIGHTS_LEVEL=level,
            MEMORY_INSIGHTS_FRAMES="1",
            MEMORY_INSIGHTS_INTERVAL_MS="50",
            PYTHONPATH=SITE,
            PYTHONIOENCODING="utf-8",
        )
        environ.update(more)
        return environ

    def write(self, code, name="program.py"):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(textwrap.dedent(code).lstrip("\n"))
        return path

    def start(self, code, level="live", args=(), options=(), environ=None):
        """Starts the code as program.py under the probe; line 1 is its first line of code."""
        path = self.write(code)
        process = subprocess.Popen(
            [sys.executable, *options, path, *args],
            env=environ or self.environment(level),
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            universal_newlines=True,
        )
        self.addCleanup(self._end, process)
        return Program(process, path)

    def _end(self, process):
        if process.poll() is None:
            process.kill()
            process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            stream.close()

    def run_plain(self, code, args=(), options=()):
        """Runs the code without the probe; returns (exit code, output, errors)."""
        environ = {k: v for k, v in os.environ.items() if not k.startswith("MEMORY_INSIGHTS")}
        environ.pop("PYTHONPATH", None)
        environ["PYTHONIOENCODING"] = "utf-8"
        return self.start(code, args=args, options=options, environ=environ).finish()

    def wait_end(self, connection=None):
        """Waits for the orderly end of a process and returns its connection."""
        connection = connection or self.host.first()
        self.host.wait_for(lambda: connection.of_kind("end") and connection.is_closed)
        return connection

    def assert_near(self, actual, expected, share):
        """Fails unless `actual` is within this share of `expected`."""
        self.assertLessEqual(
            abs(actual - expected), share * expected, "%r is not near %r" % (actual, expected)
        )
