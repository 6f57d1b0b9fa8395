"""Resident memory on Windows: the working set, from `GetProcessMemoryInfo`."""

import ctypes
from ctypes import wintypes


class _Counters(ctypes.Structure):
    _fields_ = [
        ("cb", wintypes.DWORD),
        ("PageFaultCount", wintypes.DWORD),
        ("PeakWorkingSetSize", ctypes.c_size_t),
        ("WorkingSetSize", ctypes.c_size_t),
        ("QuotaPeakPagedPoolUsage", ctypes.c_size_t),
        ("QuotaPagedPoolUsage", ctypes.c_size_t),
        ("QuotaPeakNonPagedPoolUsage", ctypes.c_size_t),
        ("QuotaNonPagedPoolUsage", ctypes.c_size_t),
        ("PagefileUsage", ctypes.c_size_t),
        ("PeakPagefileUsage", ctypes.c_size_t),
    ]


class WindowsReader:
    """Asks the kernel about this process, by its pseudo handle."""

    def __init__(self):
        kernel = ctypes.WinDLL("kernel32")
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        self._process = wintypes.HANDLE(kernel.GetCurrentProcess())
        self._ask = kernel.K32GetProcessMemoryInfo
        self._ask.argtypes = [wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD]
        self._ask.restype = wintypes.BOOL
        self._counters = _Counters()

    def read(self):
        """Returns resident bytes, or None when they cannot be read now."""
        return self._counters.WorkingSetSize if self._fill() else None

    def read_peak(self):
        """Returns the highest resident bytes since the program began, or None."""
        return self._counters.PeakWorkingSetSize if self._fill() else None

    def _fill(self):
        size = ctypes.sizeof(self._counters)
        self._counters.cb = size
        return self._ask(self._process, ctypes.byref(self._counters), size)

    def check(self):
        """Has nothing to check."""

    def close(self):
        """Has nothing to close."""
