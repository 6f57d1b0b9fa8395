"""File descriptors that the program does not notice, and that are checked before each use.

A program may close every descriptor it finds (daemons do) and get the number back for a file of its
own. Writing there would be the worst harm a probe can do, so each use compares the identity first.
"""

import os

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
    os.close(descriptor)
    return high


def identity(descriptor):
    """Returns what tells this open file from any other one, or None when it is not open."""
    try:
        status = os.fstat(descriptor)
    except OSError:
        return None
    return status.st_dev, status.st_ino
