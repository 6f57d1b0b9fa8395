"""Snapshots that the user can look at later: what each line holds at one moment."""

from _memory_insights.tables import freed_rows, snapshot_rows

REQUEST = "request"
INTERVAL = "interval"
PEAK = "peak"
EXIT = "exit"


class Reading:
    """All figures of one moment; `held` is {(file, line): (bytes, blocks)}, `freed` are bytes by
    (file, line)."""

    def __init__(self, t, rss, traced, blocks, held, freed):
        self.t = t
        self.rss = rss
        self.traced = traced
        self.blocks = blocks
        self.held = held
        self.freed = freed_rows(freed)


class KeptSnapshots:
    """Sends snapshots: on request, now and then, of the highest point, and before the end."""

    _PEAK_GROWTH = 1.05
    _LEAST_GROWTH_BYTES = 1 << 20
    # The top of a rise is sent once it is over, or has not been passed for so long.
    _FALLEN = 0.9
    _SETTLED_MS = 2000.0

    def __init__(self, channel, every_ms):
        """`every_ms` is the time between snapshots that nobody asked for; 0 for none."""
        self._channel = channel
        self._every = every_ms
        self._next = every_ms
        self._peak = None
        self._peak_size = 0

    def set_every(self, every_ms, now):
        """Takes a snapshot now and then from here on; 0 ends that."""
        self._every = every_ms
        self._next = now + every_ms

    def start_over(self):
        """Peaks are told by other figures from here on."""
        if self._peak is not None:
            self._send_peak()
        self._peak_size = 0

    def send(self, trigger, reading, name="", number=None):
        """Sends a snapshot; `number` is that of the request."""
        message = {"kind": "snapshot", "id": number, "name": name, "trigger": trigger}
        message["t"] = reading.t
        message["source"] = "sampled" if reading.traced is None else "traced"
        message["rssBytes"] = reading.rss
        message["tracedBytes"] = reading.traced
        message["blocks"] = reading.blocks
        message["rows"] = snapshot_rows(reading.held)
        message["freed"] = reading.freed
        self._channel.send(message)

    def is_due(self, now, size):
        """True when a reading would be kept now."""
        return self.is_interval_over(now) or self._is_peak(size)

    def is_interval_over(self, now):
        return bool(self._every) and now >= self._next

    def _is_peak(self, size):
        least = max(self._peak_size * self._PEAK_GROWTH, self._peak_size + self._LEAST_GROWTH_BYTES)
        return size >= least

    def note(self, reading, size):
        """Keeps what is worth it of a reading; `size` is what peaks are told by."""
        if self.is_interval_over(reading.t):
            self._next = reading.t + self._every
            self.send(INTERVAL, reading)
        if self._is_peak(size):
            self._peak, self._peak_size = reading, size

    def settle(self, now, size):
        """Sends the highest point once the program has left it."""
        peak = self._peak
        if peak is None:
            return
        if size < self._FALLEN * self._peak_size or now - peak.t > self._SETTLED_MS:
            self._send_peak()

    def _send_peak(self):
        peak, self._peak = self._peak, None
        self.send(PEAK, peak)

    def finish(self, reading):
        """Sends the highest point, unless it is now, and what is there before the end."""
        if self._peak is not None and self._peak.t < reading.t:
            self._send_peak()
        self.send(EXIT, reading)
