"""The connection to the host through the debugger, for programs that no socket leads back from.

Messages leave as events of the debug adapter's own protocol, and come in by `take`, which the host
has the debugger call. Only one host at a time can be reached so.
"""

import sys
from _collections import deque

from _memory_insights import wire
from _memory_insights.channel import MAX_QUEUED_BYTES, watcher
from _memory_insights.clock import monotonic, sleep

EVENT = "memoryInsights"
# Debug adapters end a session over messages of 16 MiB, and pass on small ones soonest.
_MAX_EVENT_BYTES = 256 << 10
# Events that the debugger has not sent yet. It keeps any number, and with them the memory.
_MAX_WAITING_EVENTS = 16
_MAX_RECEIVED = 1000
_PAUSE_SECONDS = 0.01


class DebuggerChannel:
    """Has what `Channel` has. `is_open` turns false when the debugger has left."""

    # The debugger of a forked child talks to a session of its own.
    follows_forks = False

    def __init__(self, waker=None):
        self._waker = waker
        self._debugger = sys.modules.get("pydevd")
        self._queue = deque()
        self._queued_bytes = 0
        self._received = deque(maxlen=_MAX_RECEIVED)
        self._watch = None
        self.dropped = 0
        self.is_open = False

    def connect(self):
        """Returns False where there is no debugger that passes messages on."""
        self.is_open = self._is_attached()
        return self.is_open

    def _is_attached(self):
        try:
            return bool(self._debugger._is_attached())
        except Exception:
            return False

    def send(self, message):
        """Queues one message; returns False when it was dropped because too much waits already."""
        line = wire.encode(message)
        if self.is_full() or len(line) > wire.MAX_LINE_BYTES:
            self.dropped += 1
            return False
        self._queue.append(line.decode("ascii"))
        self._queued_bytes += len(line)
        return True

    def is_full(self):
        """True while too much waits for a host that does not read."""
        return self._queued_bytes > MAX_QUEUED_BYTES

    def flush(self, deadline=None):
        """Hands on what the debugger takes at once, or until `deadline`. True when nothing waits."""
        while self._queue and self.is_open:
            if not self._is_attached():
                self.close()
            elif not self._is_congested():
                self._hand_on()
            elif deadline is None or monotonic() > deadline:
                break
            else:
                sleep(_PAUSE_SECONDS)
        return not self._queue

    def _is_congested(self):
        try:
            return self._debugger.get_global_debugger().writer._cmd_queue.qsize() > _MAX_WAITING_EVENTS
        except Exception:
            # Another version; what it sends is sent.
            return False

    def _hand_on(self):
        lines, size = [], 0
        while self._queue and (not lines or size + len(self._queue[0]) <= _MAX_EVENT_BYTES):
            lines.append(self._queue.popleft())
            size += len(lines[-1])
        self._queued_bytes -= size
        event = {"type": "event", "event": EVENT, "body": {"lines": "".join(lines)}}
        try:
            self._debugger.send_json_message(event)
        except Exception:
            self.close()

    def take(self, line):
        """Takes a message of the host's, on a thread of the debugger's."""
        self._received.append(line)
        if self._waker is not None:
            self._waker.wake()

    def receive(self):
        """Returns the messages that have arrived. Closes the channel when the debugger has left."""
        messages = []
        while self._received:
            messages.append(wire.decode(self._received.popleft().encode("utf-8")))
        if not self._is_attached():
            self.close()
        return [message for message in messages if message is not None]

    def wait(self, seconds):
        """Sleeps until something arrives, at most so long."""
        if self._watch is None:
            has_waker = self._waker is not None and self._waker.is_open()
            self._watch = watcher([self._waker.reader] if has_waker else [], [])
        if self._watch(max(0.0, seconds)):
            self._waker.drain()

    def gives_way(self):
        """Lets the program run; True when something has arrived."""
        sleep(0)
        return bool(self._received)

    def finish(self, deadline):
        """Hands on what waits until `deadline`, and closes."""
        self.flush(deadline)
        self.close()

    def close(self):
        """Forgets what waits; the debugger goes on."""
        self.is_open = False
        self._watch = None
        self._queue.clear()
        self._queued_bytes = 0
