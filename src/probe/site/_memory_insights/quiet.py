"""Keeps the garbage collector off the probe's thread.

A collection runs finalizers and weakref callbacks of the program's objects on the thread that
allocated last. On the probe's thread they would meet a thread that the program does not know (sqlite
and tkinter objects refuse or crash), so nothing the probe allocates may start one. Threshold 0 is
used rather than `gc.disable`: a program that changes the threshold meanwhile is seen and obeyed, and
`gc.isenabled()` keeps telling the truth.

Nothing inside a pause may let go of the interpreter (no file, no socket, no sleep): the program would
see the threshold. Reading tracemalloc's table is the exception: one call that takes long, after which
the program runs for 5 milliseconds before the threshold is back. A child that it forks then has to
end the pause itself: the thread that would is not there.
"""

import gc

_get_threshold = gc.get_threshold
_set_threshold = gc.set_threshold
# The thresholds that the pauses under way put back.
_paused = []


class CollectorPause:
    """Context manager; no automatic collection starts inside. Not re-entrant."""

    def __enter__(self):
        self._thresholds = thresholds = _get_threshold()
        if thresholds[0]:
            _paused.append(thresholds)
            _set_threshold(0, *thresholds[1:])

    def __exit__(self, *exception):
        thresholds = self._thresholds
        if thresholds in _paused:
            _paused.remove(thresholds)
        if thresholds[0] and not _get_threshold()[0]:
            _set_threshold(*thresholds)


def end_inherited_pauses():
    """Ends the pauses of other threads, in a child that was forked meanwhile."""
    if _paused and not _get_threshold()[0]:
        _set_threshold(*_paused[0])
    del _paused[:]
