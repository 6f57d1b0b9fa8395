"""The connection to the host: a loopback socket, never blocking, with a bounded queue.

Only one thread uses a channel at a time; the sampler's lock sees to that.
"""

import _socket
import os
import select

from _memory_insights import descriptors, wire
from _memory_insights.clock import monotonic, sleep

# What waits for a host that does not read. Beyond it, messages are dropped and counted.
MAX_QUEUED_BYTES = 8 << 20
MAX_RECEIVED_BYTES = 1 << 20
_CONNECT_SECONDS = 2.0


class Channel:
    """One connection to the host. `is_open` turns false when either side closes it."""

    # A forked child has to open one of its own, and can.
    follows_forks = True

    def __init__(self, address, waker=None):
        host, _, port = address.rpartition(":")
        self._address = (host, int(port))
        self._waker = waker
        self._socket = None
        self._unconnected = _make_socket()
        self._identity = _identity_of(self._unconnected)
        self._queue = []
        self._queued_bytes = 0
        self._received = b""
        self._watch = None
        self._has_input = False
        self.dropped = 0
        self.is_open = False
        self._begin_to_connect()

    def _begin_to_connect(self):
        """Before the program runs, which may watch connections or refuse them. Waits for nothing."""
        if self._unconnected is None:
            return
        try:
            self._unconnected.setblocking(False)
            self._unconnected.connect(self._address)
        except (BlockingIOError, InterruptedError):
            pass
        except Exception:
            self.close()

    def connect(self):
        """Ends connecting; returns False when nobody listens, or the program has closed the socket."""
        if self.is_open:
            return True
        sock, self._unconnected = self._unconnected, None
        if sock is None:
            return False
        self._socket = sock
        if not self._is_ours():
            self.close()
            return False
        try:
            if not self._wait_writable(_CONNECT_SECONDS):
                raise OSError("late")
            error = sock.getsockopt(_socket.SOL_SOCKET, _socket.SO_ERROR)
            if error:
                raise OSError(error)
            sock.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
        except Exception:
            self.close()
            return False
        self.is_open = True
        return True

    def send(self, message):
        """Queues one message; returns False when it was dropped because too much waits already."""
        if self.is_full():
            self.dropped += 1
            return False
        line = wire.encode(message)
        if len(line) > wire.MAX_LINE_BYTES:
            self.dropped += 1
            return False
        self._queue.append(line)
        self._queued_bytes += len(line)
        return True

    def is_full(self):
        """True while too much waits for a host that does not read."""
        return self._queued_bytes > MAX_QUEUED_BYTES

    def flush(self, deadline=None):
        """Sends what the host takes at once, or until `deadline`. True when nothing waits."""
        if self._queue and not self._is_ours():
            self.abandon()
        while self._queue and self.is_open:
            if len(self._queue) > 1:
                self._queue = [b"".join(self._queue)]
            try:
                sent = self._socket.send(self._queue[0])
            except (BlockingIOError, InterruptedError):
                if deadline is None or not self._wait_writable(deadline - monotonic()):
                    break
                continue
            except OSError:
                self.close()
                break
            self._queue[0] = self._queue[0][sent:]
            self._queued_bytes -= sent
            if not self._queue[0]:
                self._queue.clear()
        return not self._queue

    def receive(self):
        """Returns the whole messages that have arrived. Closes the channel at the host's end."""
        messages = []
        if not self._has_input:
            return messages
        self._has_input = False
        while self.is_open and self._is_ours():
            try:
                data = self._socket.recv(65536)
            except (BlockingIOError, InterruptedError):
                break
            except OSError:
                data = b""
            if not data:
                self.close()
                break
            messages.extend(self._split(data))
        return messages

    def _split(self, data):
        lines = (self._received + data).split(b"\n")
        # A line without an end is garbage; it is forgotten rather than kept growing.
        self._received = lines.pop()[:MAX_RECEIVED_BYTES]
        return [message for message in map(wire.decode, lines) if message is not None]

    def wait(self, seconds):
        """Sleeps until the host or the waker has something, at most so long.

        Each call of the system lets go of the interpreter and has to wait for it again, so this is
        a single one. Whose input there is, is looked at when there is some."""
        self._has_input = self._look_out(seconds)

    def gives_way(self):
        """Lets the program run; True when something has arrived that `wait` would return for."""
        return self._look_out(0.0)

    def _look_out(self, seconds):
        if self._watch is None:
            self._watch = self._make_watch()
        return self._watch(max(0.0, seconds))

    def _make_watch(self):
        readers = [self._socket.fileno()] if self.is_open else []
        if self._waker is not None and self._waker.is_open():
            readers.append(self._waker.reader)
        return watcher(readers, [])

    def _wait_writable(self, seconds):
        return seconds > 0 and watcher([], [self._socket.fileno()])(seconds)

    def _is_ours(self):
        return self._socket is not None and _identity_of(self._socket) == self._identity

    def finish(self, deadline):
        """Sends what waits until `deadline`, says that no more comes, and closes."""
        if self.flush(deadline) and self.is_open:
            # Unread input at close would turn the orderly end into a reset.
            self._has_input = True
            self.receive()
            try:
                self._socket.shutdown(_socket.SHUT_WR)
            except (OSError, AttributeError):
                pass
        self.close()

    def close(self):
        """Closes this process's end; the connection of a parent process stays as it is."""
        self.is_open = False
        self._watch = None
        sock = self._socket or self._unconnected
        self._socket = self._unconnected = None
        self._drop_queue()
        if sock is None:
            return
        if _identity_of(sock) != self._identity:
            sock.detach()
        else:
            sock.close()

    def abandon(self):
        """Forgets a descriptor that now belongs to the program."""
        self.close()

    def _drop_queue(self):
        self._queue = []
        self._queued_bytes = 0


def _make_socket():
    """Returns a socket, or None where there can be none. Made with the channel, before the program
    runs: it has a low number for a moment, which a program that closes all of them would get."""
    try:
        sock = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
        if os.name != "posix":
            return sock
        high = descriptors.move_up(sock.detach())
        return _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM, 0, high)
    except OSError:
        return None


def _identity_of(sock):
    # On Windows a socket is no file descriptor, and closing all numbers does not reach it.
    if sock is None or os.name != "posix":
        return None
    return descriptors.identity(sock.fileno())


def watcher(readers, writers):
    """Returns `wait(seconds)`, true when one of the descriptors is ready."""
    if hasattr(select, "poll"):
        poll = select.poll()
        for descriptor in readers:
            poll.register(descriptor, select.POLLIN)
        for descriptor in writers:
            poll.register(descriptor, select.POLLOUT)
        return lambda seconds: _poll(poll, seconds)
    return lambda seconds: _select(readers, writers, seconds)


def _poll(poll, seconds):
    try:
        return bool(poll.poll(seconds * 1000))
    except OSError:
        return _doze(seconds)


def _select(readers, writers, seconds):
    try:
        # On Windows `select` refuses to wait for nothing.
        return any(select.select(readers, writers, [], seconds)) if readers or writers else _doze(seconds)
    except (OSError, ValueError):
        return _doze(seconds)


def _doze(seconds):
    sleep(min(seconds, 0.05))
    return False
