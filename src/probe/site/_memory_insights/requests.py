"""What the host asks of a running program, checked: a broken request changes nothing."""

from _memory_insights import limits, settings

MARK = "mark"
RATE = "rate"
LEVEL = "level"
SNAPSHOT = "snapshot"
SCHEDULE = "schedule"
LIMITS = "limits"
RESUME = "resume"
LEAVE = "leave"

_MAX_NAME = 200
_MAX_LIMITS = 50
_MAX_SECONDS = 3600


def checked(messages):
    """Returns the requests among the messages that can be read; others are of newer hosts."""
    return [message for message in messages if _is_readable(message)]


def _is_readable(message):
    kind = message.get("kind")
    if kind == MARK:
        return _is_count(message.get("id"))
    if kind == RATE:
        return _is_count(message.get("intervalMs"))
    if kind == LEVEL:
        is_known = message.get("level") in (settings.LIVE, settings.ALLOCATIONS)
        return is_known and _is_count(message.get("frames"), 1, settings.MAX_FRAMES)
    if kind == SNAPSHOT:
        name = message.get("name")
        return _is_count(message.get("id")) and type(name) is str and len(name) <= _MAX_NAME
    if kind == LIMITS:
        wanted = message.get("limits")
        is_list = type(wanted) is list and len(wanted) <= _MAX_LIMITS
        return is_list and all(map(_is_limit, wanted)) and type(message.get("holds")) is bool
    if kind in (RESUME, LEAVE):
        return True
    if kind == SCHEDULE:
        return _is_count(message.get("everyMs"), 0, settings.MAX_SNAPSHOT_MS)
    return False


def _is_limit(limit):
    if type(limit) is not dict or limit.get("of") not in limits.KINDS:
        return False
    if not (_is_count(limit.get("id")) and _is_count(limit.get("bytes"), 1)):
        return False
    return limit["of"] != limits.GROWTH or _is_count(limit.get("seconds"), 1, _MAX_SECONDS)


def _is_count(value, least=0, most=1 << 53):
    return type(value) is int and least <= value <= most
