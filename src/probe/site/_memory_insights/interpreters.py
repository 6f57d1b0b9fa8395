"""Whether the process has other interpreters, each with a lock of its own.

From 3.12 on, `sys._current_frames()` and `sys.getallocatedblocks()` look into all of them while they
run, and corrupt their memory. Neither may be called while there is more than one.
"""

import sys


# The module's name in 3.13 and in 3.12; no Python has both.
_MODULES = ("_interpreters", "_xxsubinterpreters")


def _find_list_all():
    if sys.version_info < (3, 12):
        return None
    for name in _MODULES:
        try:
            return __import__(name).list_all
        except (ImportError, AttributeError):
            continue
    return None


_list_all = _find_list_all()


def is_alone():
    """True while this is the only interpreter, or all of them share one lock."""
    return _list_all is None or len(_list_all()) == 1
