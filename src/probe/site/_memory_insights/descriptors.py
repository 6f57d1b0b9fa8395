"""File descriptors that the program does not notice, and that are checked before each use.

A program may close every descriptor it finds (daemons do) and get the number back for a file of its
own. Writing there would be the worst harm a probe can do, so each use compares the identity first.
"""

import os
import select

try:
    import fcntl as _fcntl
except ImportError:
    _fcntl = None

# Out of the way of the numbers that programs get and print, and still within reach of `select`.
LOWEST_NUMBER = 512


def move_up(descriptor):
    """Returns the same open file under a high number where that is possible; closes the low one."""
    if _fcntl is None:
        return descriptor
    try:
        high = _fcntl.fcntl(descriptor, _fcntl.F_DUPFD_CLOEXEC, LOWEST_NUMBER)
    except (OSError, ValueError, AttributeError):
        return descriptor
    # The program may have closed the low number meanwhile and got it for a file of its own.
    if identity(descriptor) == identity(high):
        os.close(descriptor)
    return high


def identity(descriptor):
    """Returns what tells this open file from any other one, or None when it is not open."""
    try:
        status = os.fstat(descriptor)
    except OSError:
        return None
    return status.st_dev, status.st_ino


class Waker:
    """Wakes a thread that waits: a pipe, where `poll` can watch one."""

    def __init__(self):
        self.reader, self._writer = map(move_up, os.pipe())
        self._identity = identity(self._writer)

    def is_open(self):
        """False once the program has closed the pipe's descriptors."""
        return identity(self.reader) == identity(self._writer) == self._identity

    def wake(self):
        """Makes the reader readable; False when the pipe is gone."""
        if not self.is_open():
            return False
        os.write(self._writer, b"!")
        return True

    def drain(self):
        """Forgets the wakes so far."""
        while self.is_open() and _is_readable(self.reader):
            os.read(self.reader, 64)

    def close(self):
        """Closes what is still this pipe."""
        for descriptor in (self.reader, self._writer):
            if identity(descriptor) == self._identity:
                os.close(descriptor)


def _is_readable(descriptor):
    return bool(select.select([descriptor], [], [], 0)[0])


def open_waker():
    """Returns a waker, or None where there can be none."""
    if _fcntl is None:
        return None
    try:
        return Waker()
    except OSError:
        return None
