"""Answers what comments in the user's code ask for, at once, on the thread that came to them.

The program waits for it, so that the figures are those of that line and of no later one; how long it
may be held up altogether, `Allowance` says.
"""

import os

from _memory_insights import wishes
from _memory_insights.clock import monotonic, sleep

_WAIT_SECONDS = 1.0
_TOO_OFTEN = "A comment at %s:%d is passed so often that only some of its passes are answered."


class Answers:
    """Comments of one process."""

    def __init__(self, sampler, news, frames):
        self._sampler = sampler
        self._news = news
        self._frames = frames
        self._is_tracing_calls = False

    def answer(self, action, name, place):
        """Answers on the program's thread; returns how many seconds that took."""
        if action == wishes.TOO_OFTEN:
            file, line, _ = place
            self._news.tell_once(_TOO_OFTEN % (os.path.basename(file), line))
            return 0.0
        started = monotonic()
        if self._acquire():
            try:
                self._sampler.look_now(lambda now: self._do(now, action, name, place))
            except Exception as error:
                self._sampler.fail(error)
            finally:
                self._sampler.lock.release()
        return monotonic() - started

    def _acquire(self):
        """Takes the sampler, which has to have reached its host; false after a second."""
        sampler, deadline = self._sampler, monotonic() + _WAIT_SECONDS
        while not sampler.is_over and sampler.lock.acquire(timeout=max(0.0, deadline - monotonic())):
            if sampler.is_open and not sampler.is_over:
                return True
            sampler.lock.release()
            if monotonic() >= deadline:
                break
            sleep(0.001)
        return False

    def _do(self, now, action, name, place):
        sampler, (file, line, function) = self._sampler, place
        if action == wishes.SNAPSHOT:
            sampler.take_snapshot(now, name or "%s:%d" % (os.path.basename(file), line))
        elif action == wishes.ROUND:
            reason = 'round "%s"' % name if name else "round"
            sampler.take_round(now, {"file": file, "line": line, "reason": reason, "function": function})
        elif action in (wishes.START, wishes.STOP):
            sampler.trace(action == wishes.START, self._frames, now)
        elif action == wishes.TRACE_BEGIN and not sampler.is_traced:
            self._is_tracing_calls = True
            sampler.trace(True, self._frames, now)
        elif action == wishes.TRACE_END and self._is_tracing_calls:
            self._is_tracing_calls = False
            sampler.take_snapshot(now, name)
            sampler.trace(False, self._frames, now)
