"""Whether the process has other interpreters, each with a lock of its own.

From 3.12 on, `sys._current_frames()` and `sys.getallocatedblocks()` look into all of them while they
run, and corrupt their memory. Neither may be called while there is more than one.
"""

import sys


def _find_list_all():
    if sys.version_info < (3, 12):
        return None
    try:
        from _interpreters import list_all
    except ImportError:
        try:
            from _xxsubinterpreters import list_all
        except ImportError:
            return None
    return list_all


_list_all = _find_list_all()


def is_alone():
    """True while this is the only interpreter, or all of them share one lock."""
    return _list_all is None or len(_list_all()) == 1
