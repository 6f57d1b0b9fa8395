"""What the host asks for, in environment variables."""

LIVE = "live"
ALLOCATIONS = "allocations"
MAX_SNAPSHOT_MS = 86_400_000
MAX_FRAMES = 50


class Settings:
    """Read once at start. Broken numbers fall back to their defaults."""

    def __init__(self, environ):
        self.address = environ.get("MEMORY_INSIGHTS_CHANNEL", "")
        self.token = environ.get("MEMORY_INSIGHTS_TOKEN", "")
        wants_allocations = environ.get("MEMORY_INSIGHTS_LEVEL") == ALLOCATIONS
        self.level = ALLOCATIONS if wants_allocations else LIVE
        self.frames = _number(environ.get("MEMORY_INSIGHTS_FRAMES"), 1, 1, MAX_FRAMES)
        # `file.py:name` or `module:name`; empty for none.
        self.traced_function = environ.get("MEMORY_INSIGHTS_TRACE_FUNCTION", "")
        # Where memray is to write to; empty for not at all.
        self.memray_file = environ.get("MEMORY_INSIGHTS_MEMRAY", "")
        # What the host has to be told of all this.
        self.problem = ""
        self.interval_ms = _number(environ.get("MEMORY_INSIGHTS_INTERVAL_MS"), 50, 5, 10000)
        # True where the program ran already when measuring began.
        self.is_attached = False
        # True in a Jupyter kernel, whose cells are parts of the run.
        self.follows_cells = environ.get("MEMORY_INSIGHTS_CELLS") == "1"
        self.snapshot_ms = _number(environ.get("MEMORY_INSIGHTS_SNAPSHOT_MS"), 0, 0, MAX_SNAPSHOT_MS)


def _number(text, default, least, most):
    try:
        return min(most, max(least, int(text)))
    except (TypeError, ValueError):
        return default
