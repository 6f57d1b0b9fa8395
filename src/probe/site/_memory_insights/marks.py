"""What grew from mark to mark: between two stops, two comments, or two rounds of a hunt."""

from _memory_insights import line_objects
from _memory_insights.census import Census

# The host counts its marks from 1.
_FIRST_ROUND = 1 << 40


class Marks:
    """Answers the marks of one process. `flush_samples()` sends the samples that wait."""

    def __init__(self, sorter, growth, tracing, blocks, channel, flush_samples):
        self._sorter = sorter
        self._growth = growth
        self._tracing = tracing
        self._blocks = blocks
        self._channel = channel
        self._flush_samples = flush_samples
        self._census = Census(growth.read_virtual)
        self._rounds = 0
        self.start_over(0.0)

    def start_over(self, now):
        """Has the next mark tell what grows from now on."""
        self._before = self._figures(now)

    def next_round(self):
        """Numbers a round that the program ends itself."""
        self._rounds += 1
        return _FIRST_ROUND + self._rounds - 1

    def _figures(self, now):
        traced = self._tracing.size() or 0
        return now, self._growth.size, traced, self._blocks.read_exact(now)

    def lines(self):
        """What lines hold and grew by, by what measures them now."""
        return self._tracing.lines if self._tracing.is_on else self._growth.lines

    def answer(self, marks, now):
        """Tells what grew since the mark before; marks that came together share a snapshot. `marks`
        are (number, place), the place of a comment that asked, else None."""
        is_traced = self._tracing.is_on
        # Who asked may let the program go on before its lines are told.
        figures = self._figures(now)
        if is_traced:
            # Reading a large table takes a while; how much there is in all need not wait for it.
            self._flush_samples()
            self._tracing.take(now)
            # Of the same moment as the lines.
            figures = (*figures[:2], self._tracing.size_read, figures[3])
        for number, at in marks:
            before, self._before = self._before, figures
            self._channel.send(self._delta(number, at, before, is_traced))
        self._channel.flush()
        self._tell_types(marks[-1][0], now)

    def _delta(self, number, at, before, is_traced):
        now = self._before[0]
        rss_bytes, traced_bytes, blocks = (self._before[i] - before[i] for i in (1, 2, 3))
        delta = {"kind": "delta", "id": number, "at": at, "t": now, "sinceT": before[0]}
        delta["source"] = "traced" if is_traced else "sampled"
        delta["rssBytes"] = rss_bytes
        delta["tracedBytes"] = traced_bytes if is_traced else None
        delta["blocks"] = blocks
        delta["rows"], delta["turnover"] = self.lines().take_delta()
        delta["objects"] = line_objects.look(delta["rows"], self._sorter) if is_traced else []
        return delta

    def _tell_types(self, number, now):
        """Tells of which types there are more objects than at the mark before, or fewer."""
        blocks = self._blocks.read_exact(now)
        rows = self._census.take(blocks, number >= _FIRST_ROUND, self._tracing.is_on)
        self._channel.send({"kind": "types", "id": number, "t": now, "rows": rows})
