"""How much time something may take: some at once, and a share of the time that passes.

Unless told otherwise, that of one comment in the program, which the program's own threads answer."""

from _memory_insights.clock import monotonic

_AT_ONCE_SECONDS = 0.5
_SHARE = 0.05
# So that a hundred are answered at once, and ten a second, however little they cost.
_LEAST_SECONDS = 0.005


class Allowance:
    """Half a second at once, and a share of the time that passes; each time counts as `least`."""

    def __init__(self, share=_SHARE, least=_LEAST_SECONDS, at_once=_AT_ONCE_SECONDS):
        self._share = share
        self._least = least
        self._left = self._at_once = at_once
        self._at = monotonic()

    def is_spent(self):
        """True when it must not take any time now."""
        self._save_up()
        return self._left <= 0.0

    def covers(self, seconds):
        """True when it may take so long now."""
        self._save_up()
        return self._left >= seconds

    def _save_up(self):
        now = monotonic()
        self._left = min(self._at_once, self._left + (now - self._at) * self._share)
        self._at = now

    def spend(self, seconds):
        """Takes off what it took."""
        self._left -= max(self._least, seconds)
