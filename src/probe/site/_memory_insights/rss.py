"""Resident memory of this process, in bytes, by the cheapest way each system offers."""

import os
import sys

from _memory_insights import descriptors


def open_reader():
    """Returns a reader with `read()` and `read_peak()` (bytes, or None), and `close()`; None when
    nothing works."""
    makers = [StatmReader]
    if sys.platform == "darwin":
        from _memory_insights.rss_macos import MacReader

        makers = [MacReader]
    elif sys.platform == "win32":
        from _memory_insights.rss_windows import WindowsReader

        makers = [WindowsReader]
    for maker in makers:
        try:
            reader = maker()
            if reader.read():
                return reader
        except Exception:
            continue
    return None


class StatmReader:
    """Reads /proc/self/statm, which stays open: a number that comes and goes could be the one that
    the program closes and expects to get back. The open file means the process that opened it, so
    a forked child opens its own."""

    def __init__(self):
        self._page_bytes = os.sysconf("SC_PAGE_SIZE")
        self._open()

    def _open(self):
        self._descriptor = descriptors.move_up(os.open("/proc/self/statm", os.O_RDONLY))
        self._identity = descriptors.identity(self._descriptor)

    def check(self):
        """Opens the file again when the program has closed it. Call it now and then: a look at
        every read would double what a read costs."""
        if descriptors.identity(self._descriptor) != self._identity:
            self._open()

    def read(self):
        """Returns resident bytes, or None when they cannot be read now."""
        return self._read_field(1)

    def read_virtual(self):
        """Returns the size of the address space, or None when it cannot be read now."""
        return self._read_field(0)

    def read_peak(self):
        """Returns the highest resident bytes since the program began, or None. For once in a while:
        it opens a file."""
        descriptor = None
        try:
            descriptor = descriptors.move_up(os.open("/proc/self/status", os.O_RDONLY))
            for line in os.read(descriptor, 8192).splitlines():
                if line.startswith(b"VmHWM:"):
                    return int(line.split()[1]) * 1024
        except Exception:
            # An audit hook of the program may refuse the file.
            return None
        finally:
            if descriptor is not None:
                os.close(descriptor)
        return None

    def _read_field(self, index):
        try:
            fields = os.pread(self._descriptor, 128, 0).split()
            return int(fields[index]) * self._page_bytes if len(fields) == 7 else None
        except (OSError, ValueError):
            return None

    def close(self):
        """Closes the file, unless the program already did."""
        if descriptors.identity(self._descriptor) == self._identity:
            os.close(self._descriptor)
