"""Resident memory on macOS, from `proc_pid_rusage`."""

import ctypes
import os

_RUSAGE_INFO_V0 = 0


class _Usage(ctypes.Structure):
    _fields_ = [
        ("uuid", ctypes.c_uint8 * 16),
        ("user_time", ctypes.c_uint64),
        ("system_time", ctypes.c_uint64),
        ("package_idle_wakeups", ctypes.c_uint64),
        ("interrupt_wakeups", ctypes.c_uint64),
        ("page_ins", ctypes.c_uint64),
        ("wired_bytes", ctypes.c_uint64),
        ("resident_bytes", ctypes.c_uint64),
        ("footprint_bytes", ctypes.c_uint64),
        ("start_time", ctypes.c_uint64),
        ("exit_time", ctypes.c_uint64),
    ]


class MacReader:
    """Asks the kernel; the call keeps the interpreter, for it takes a microsecond."""

    def __init__(self):
        self._ask = ctypes.PyDLL("/usr/lib/libproc.dylib").proc_pid_rusage
        self._ask.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_void_p]
        self._ask.restype = ctypes.c_int
        self._usage = _Usage()
        self._pid = os.getpid()

    def read(self):
        """Returns resident bytes, or None when they cannot be read now."""
        if self._ask(self._pid, _RUSAGE_INFO_V0, ctypes.byref(self._usage)) != 0:
            return None
        return self._usage.resident_bytes

    def read_peak(self):
        """Returns the highest resident bytes since the program began, or None."""
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss or None

    def check(self):
        """Has nothing to check."""

    def close(self):
        """Has nothing to close."""
