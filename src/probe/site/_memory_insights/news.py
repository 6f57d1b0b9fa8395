"""What the host is told without asking, and how often."""

from _memory_insights.clock import monotonic
from _memory_insights.quiet import CollectorPause
from _memory_insights.tables import batches

_SEND_MS = 250.0
_COST_MS = 1000.0
# Functions are looked up seldom, and more seldom the longer that takes.
_FUNCTIONS_MS = 250.0
_FUNCTIONS_MAX_MS = 2000.0
_FUNCTIONS_SHARE = 0.005


class News:
    """Sends what has changed; times are milliseconds of the run."""

    def __init__(self, channel, recorder, collections):
        self._channel = channel
        self._recorder = recorder
        self._collections = collections
        self._next = self._next_cost = self._next_functions = 0.0
        self._functions_pause = _FUNCTIONS_MS
        self._has_sent_functions = False
        self._problems = []
        self._told = set()
        self._dropped = 0

    def is_due(self, now):
        """True when it is time to send, and then not for a while."""
        if now < self._next:
            return False
        self._next = now + _SEND_MS
        return True

    def hurry(self):
        """Makes everything due at once."""
        self._next = self._next_cost = self._next_functions = 0.0

    def tell_once(self, text):
        """Tells the user of a problem, once in a run."""
        if text not in self._told:
            self._told.add(text)
            self._problems.append(text)

    def send_samples(self, samples):
        """Sends the samples that wait."""
        message = samples.take()
        if message is not None:
            self._channel.send(message)

    def send_lines(self, source, lines, now):
        """Sends the lines that changed."""
        with CollectorPause():
            changed = lines.take_changed()
        for rows in batches(changed):
            self._channel.send({"kind": "lines", "source": source, "t": now, "rows": rows})

    def send_rest(self, now, cost):
        """Sends collections, functions, cost and problems, each when it is due."""
        self._send_collections(now)
        if now >= self._next_functions:
            self._send_functions(now)
        if now >= self._next_cost:
            self._next_cost = now + _COST_MS
            self._channel.send(cost)
        self._note_dropped()
        problems, self._problems = self._problems, []
        for text in problems:
            if not self._channel.send({"kind": "problem", "text": text}):
                self._problems.append(text)

    def _send_collections(self, now):
        rows = self._collections.take(now)
        if rows:
            self._channel.send({"kind": "collections", "rows": rows})
        if self._collections.was_too_often:
            self.tell_once("The garbage collector runs so often that only some runs are timed.")

    def _send_functions(self, now):
        started = monotonic()
        self._recorder.prepare()
        with CollectorPause():
            changed = self._recorder.take_changed()
        milliseconds = (monotonic() - started) * 1000
        # The first time also loads what is needed, which says nothing of the next.
        least = milliseconds / _FUNCTIONS_SHARE if self._has_sent_functions else 0.0
        self._has_sent_functions = True
        self._next_functions = now + max(self._functions_pause, least)
        self._functions_pause = min(2 * self._functions_pause, _FUNCTIONS_MAX_MS)
        for rows in batches(changed):
            self._channel.send({"kind": "functions", "rows": rows})

    def _note_dropped(self):
        dropped = self._channel.dropped
        if dropped > self._dropped and not self._channel.is_full():
            count = dropped - self._dropped
            self._dropped = dropped
            self._problems.append("The host did not read; %d messages were left out." % count)
