"""How much time the program's own threads may spend on what one of its comments asks for."""

from _memory_insights.clock import monotonic

_AT_ONCE_SECONDS = 0.5
_SHARE = 0.05
# So that a hundred are answered at once, and ten a second, however little they cost.
_LEAST_SECONDS = 0.005


class Allowance:
    """Half a second at once, and a small share of the time that passes."""

    def __init__(self):
        self._left = _AT_ONCE_SECONDS
        self._at = monotonic()

    def is_spent(self):
        """True when the program must not be held up now."""
        now = monotonic()
        self._left = min(_AT_ONCE_SECONDS, self._left + (now - self._at) * _SHARE)
        self._at = now
        return self._left <= 0.0

    def spend(self, seconds):
        """Takes off what an answer took."""
        self._left -= max(_LEAST_SECONDS, seconds)
