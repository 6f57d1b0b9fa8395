"""Watches over the limits of memory of one process."""

from _memory_insights import limits, origins


class LimitWatch:
    """Tells of limits that are passed, and holds the program where it did that."""

    def __init__(self, sorter, growth, tracing, earlier=None):
        """`earlier` is that of the process which this one was forked from."""
        self._sorter = sorter
        self._growth = growth
        self._tracing = tracing
        self._limits = limits.Limits(earlier and earlier._limits)
        self._hold = limits.Hold()
        self._is_holding = earlier is not None and earlier._is_holding
        self._has_begun = False

    def set(self, wanted, is_holding):
        """Watches over these limits from here on; a program that passes one waits, or does not."""
        self._is_holding = is_holding
        self._limits.set(wanted)

    def release(self):
        """Lets a program go on that waits."""
        self._hold.release()

    def check(self, now, own_thread, on_next_line):
        """Returns messages on the limits that have just been passed; `own_thread` is the probe's, and
        `on_next_line(code, work)` calls back on a thread of the program."""
        if not self._limits.has_any:
            return []
        passed = self._limits.passed(self._reading(now, own_thread))
        return [self._tell(now, own_thread, on_next_line, each) for each in passed]

    def _tell(self, now, own_thread, on_next_line, passed):
        limit, size, line = passed
        file, at = place = line or self._growth.last_line or ("", 0)
        thread, code = limits.find_thread(self._sorter, own_thread, place)
        if self._is_holding:
            self._hold.begin(on_next_line, code)
        message = {"kind": "limit", "t": now, "of": limit["of"], "limit": limit["bytes"]}
        message["seconds"] = limit.get("seconds") if limit["of"] == limits.GROWTH else None
        return dict(message, bytes=size, file=file, line=at, thread=thread)

    def _reading(self, now, own_thread):
        lines = self._read_lines(now) if self._limits.wants_lines else None
        traced = self._tracing.size()
        has_begun = self._has_program_begun(own_thread)
        return limits.Reading(now, self._growth.crest, traced, lines, has_begun)

    def _has_program_begun(self, own_thread):
        """True once a thread has come to the user's code."""
        if not self._has_begun:
            _, code = limits.find_thread(self._sorter, own_thread, None)
            self._has_begun = code is not None
        return self._has_begun

    def _read_lines(self, now):
        """Returns what the user's lines hold, of now where one of them may have passed a limit."""
        if not self._tracing.is_on:
            return self._of_user(self._growth.lines)
        held = self._of_user(self._tracing.lines)
        if self._tracing.take_if_grown(now, self._limits.line_bytes_left(held)):
            held = self._of_user(self._tracing.lines)
        return held

    def _of_user(self, lines):
        of, held = self._sorter.of, lines.held()
        return {key: one for key, one in held.items() if of(key[0]) is origins.USER}
