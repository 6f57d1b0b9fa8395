"""What the host asks for, in environment variables."""

LIVE = "live"
ALLOCATIONS = "allocations"


class Settings:
    """Read once at start. Broken numbers fall back to their defaults."""

    def __init__(self, environ):
        self.address = environ.get("MEMORY_INSIGHTS_CHANNEL", "")
        self.token = environ.get("MEMORY_INSIGHTS_TOKEN", "")
        wants_allocations = environ.get("MEMORY_INSIGHTS_LEVEL") == ALLOCATIONS
        self.level = ALLOCATIONS if wants_allocations else LIVE
        self.frames = _number(environ.get("MEMORY_INSIGHTS_FRAMES"), 1, 1, 50)
        self.interval_ms = _number(environ.get("MEMORY_INSIGHTS_INTERVAL_MS"), 50, 5, 10000)


def _number(text, default, least, most):
    try:
        return min(most, max(least, int(text)))
    except (TypeError, ValueError):
        return default
