"""Growth of resident memory that Python's tracing does not see: mapped files, native libraries."""

_LEAST_BYTES = 8 << 20
# Of what is traced: the more there is, the more can be mistaken.
_LEAST_SHARE = 1 / 8
# For a line that is known to do this.
_LEAST_AGAIN_BYTES = 1 << 20


class Untraced:
    """Compares both figures from one reading to the next. Sizes are bytes.

    Traced memory is not always resident (a large block that nothing was written to), and resident
    memory is not always traced (what was freed and not given back, or freed between the readings of
    the two). What balances such a difference later is not taken for growth, and what is taken for
    growth has to be there still at the next reading. When in doubt, growth counts as traced."""

    # Of a rise: blocks are rounded up, and arenas are taken whole.
    _TRACED_SHARE = 0.5

    def __init__(self, resident, traced):
        """`traced` is what `traced.accounted_for` returns, here as below."""
        self._resident = resident
        self._traced, _, self._most_traced = traced
        self._not_yet_resident = 0
        self._free = 0
        self._waiting = 0
        self._suspects = self._told = []

    def suspect(self, lines):
        """Names the lines that ran before the last reading."""
        if self._waiting:
            self._suspects = lines

    def take(self):
        """Returns (bytes, lines) that are certain by now; no bytes when they are too few."""
        least = max(_LEAST_BYTES, self._traced * _LEAST_SHARE)
        if self._suspects == self._told:
            least = _LEAST_AGAIN_BYTES
        if not self._suspects or self._waiting < least:
            return 0, []
        size, self._waiting = self._waiting, 0
        self._told = self._suspects
        return size, self._told

    def compare(self, resident, traced):
        """Notes new readings; returns what `take` does, of the time before the last readings."""
        now, below_most, most = traced
        rise = resident - self._resident
        traced_rise = now - self._traced
        highest_rise = traced_rise + below_most if most > self._most_traced else 0
        self._resident, self._traced, self._most_traced = resident, now, most
        if rise < 0:
            self._waiting = max(0, self._waiting + rise)
        if traced_rise < 0:
            self._note_freed(-traced_rise, max(0, -rise))
            traced_rise = 0
        if rise <= traced_rise:
            self._note_lead(traced_rise - max(0, rise))
            return self.take()
        certain = self.take()
        late = min(self._not_yet_resident, rise - traced_rise)
        self._not_yet_resident -= late
        rise -= late
        freed_since = min(rise - traced_rise, max(0, highest_rise - traced_rise))
        self._free += freed_since
        rise -= freed_since
        if traced_rise < self._TRACED_SHARE * rise:
            self._waiting += rise - traced_rise
        return certain

    def start_over(self, resident, traced):
        """Leaves out what changed since the last reading: it was the probe's own, and is free."""
        rise = resident - self._resident
        # The program goes on meanwhile.
        of_program = max(0, traced[0] - self._traced)
        self._free += max(0, rise - of_program)
        # What has gone meanwhile was no growth to be told.
        self._waiting = max(0, self._waiting + min(0, rise))
        self._resident = resident
        self._traced, _, self._most_traced = traced

    def _note_freed(self, freed, given_back):
        never_resident = min(freed, self._not_yet_resident)
        self._not_yet_resident -= never_resident
        self._free += max(0, freed - never_resident - given_back)

    def _note_lead(self, lead):
        """Traced memory rose by more than resident memory: what was free is used first."""
        mistaken = min(lead, self._waiting)
        self._waiting -= mistaken
        reused = min(lead - mistaken, self._free)
        self._free -= reused
        self._not_yet_resident += lead - mistaken - reused
