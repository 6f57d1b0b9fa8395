"""Whether the process has other interpreters, each with a lock of its own.

From 3.12 on, `sys._current_frames()` and `sys.getallocatedblocks()` look into all of them while they
run, and corrupt their memory. Neither may be called while there is more than one. In 3.12 it does harm
to ask, too: the list of interpreters refers to each of them, and ends those that nobody else refers
to, while the program is ending them itself.
"""

import sys

from _memory_insights.unseen import unseen

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
CAN_BE_HARMED = _list_all is not None
_ASKING_HARMS = sys.version_info < (3, 13)


def is_alone():
    """True while this is the only interpreter, or all of them share one lock."""
    if _list_all is None:
        return True
    return not (_ASKING_HARMS and first_creation.has_come) and len(_list_all()) == 1


class FirstCreation:
    """Calls `work()` on the program's thread just before it makes another interpreter. Tracing has
    to be off by then: with it Python hangs, crashes, or aborts at its end, whichever its version."""

    def __init__(self):
        self.has_come = False
        self._work = None
        self._restore = None

    def is_of_others(self):
        """True while there are interpreters that the program has made since."""
        return self.has_come and not is_alone()

    def announce(self, work):
        """Names what to do then; False when that moment has passed."""
        if self.has_come or not is_alone():
            return False
        self._work = work
        self.watch()
        return True

    def withdraw(self):
        """Takes back what `announce` changed, unless the program has changed it since."""
        restore, self._restore, self._work = self._restore, None, None
        if restore is not None:
            restore()

    def watch(self):
        """Notices when it comes, from here on."""
        if self.has_come or self._restore is not None:
            return
        try:
            module = __import__("_interpreters" if sys.version_info >= (3, 13) else _MODULES[1])
            original = module.create
        except (ImportError, AttributeError):
            return

        def create(*args, **kwargs):
            module.create = original
            self.has_come = True
            try:
                if self._work is not None:
                    self._work()
            except Exception:
                # The program goes on, whatever becomes of the figures.
                pass
            return original(*args, **kwargs)

        create.__doc__ = original.__doc__
        module.create = watched = unseen(create)

        def restore():
            if module.create is watched:
                module.create = original

        self._restore = restore


first_creation = FirstCreation()
