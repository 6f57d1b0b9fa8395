"""A reading of what is traced takes long, and gives way to whoever asks meanwhile."""

import os
import socket
import sys
import time
import unittest

from test.probe.support import DEADLINE, SITE

if SITE not in sys.path:
    sys.path.append(SITE)

from _memory_insights.channel import Channel
from _memory_insights.debugger_channel import DebuggerChannel
from _memory_insights.sampler import Sampler
from _memory_insights.settings import Settings

MARK = {"kind": "mark", "id": 1}


class AskingChannel:
    """A host that asks in the middle of the first reading."""

    follows_forks = is_open = True
    dropped = 0

    def __init__(self):
        self.sent = []
        self.asked = 0
        self.waiting = []

    def gives_way(self):
        self.asked += 1
        if self.asked == 1:
            self.waiting.append(MARK)
        return bool(self.waiting)

    def receive(self):
        waiting, self.waiting = self.waiting, []
        return waiting

    def send(self, message):
        self.sent.append(message)
        return True

    def connect(self):
        return True

    def flush(self):
        return True

    def is_full(self):
        return False

    def close(self):
        self.is_open = False


class SamplerTest(unittest.TestCase):
    def test_a_mark_need_not_wait_for_a_reading_that_is_under_way(self):
        channel = AskingChannel()
        sampler = Sampler(Settings({"MEMORY_INSIGHTS_LEVEL": "allocations"}), [], os.getcwd(), channel)
        self.addCleanup(sampler.give_up)
        kept = bytearray(5_000_000)
        sampler.open(None)
        sampler.tick()
        rows = [row for message in channel.sent if message["kind"] == "lines" for row in message["rows"]]
        self.assertEqual((channel.asked, rows), (1, []))
        sampler.tick()
        delta = [message for message in channel.sent if message["kind"] == "delta"][0]
        self.assertGreaterEqual(delta["rows"][0][2], len(kept))


class ChannelTest(unittest.TestCase):
    def test_it_tells_that_something_has_arrived_and_keeps_it(self):
        server = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(server.close)
        channel = Channel("127.0.0.1:%d" % server.getsockname()[1])
        self.addCleanup(channel.close)
        self.assertTrue(channel.connect())
        host = server.accept()[0]
        self.addCleanup(host.close)
        self.assertFalse(channel.gives_way())
        host.sendall(b'{"kind":"mark","id":1}\n')
        self.wait_until(channel.gives_way)
        channel.wait(0)
        self.assertEqual(channel.receive(), [MARK])

    def wait_until(self, what):
        end = time.monotonic() + DEADLINE
        while not what():
            self.assertLess(time.monotonic(), end)

    def test_so_does_that_through_the_debugger(self):
        channel = DebuggerChannel()
        self.assertFalse(channel.gives_way())
        channel.take('{"kind":"mark","id":1}')
        self.assertTrue(channel.gives_way())
        self.assertEqual(channel.receive(), [MARK])


if __name__ == "__main__":
    unittest.main()
