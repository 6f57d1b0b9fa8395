"""When what is traced is read without a question: a small share of the time that passes."""

import os
import sys
import unittest

from test.probe.support import SITE

if SITE not in sys.path:
    sys.path.append(SITE)

from _memory_insights import snapshots, traced
from _memory_insights.allowance import Allowance
from _memory_insights.origins import Origins

READING_SECONDS = 0.1


class Clock:
    """Stands still, but for the seconds that a reading takes."""

    def __init__(self):
        self.now = 0.0

    def read(self):
        return self.now


class ReadingTimesTest(unittest.TestCase):
    def setUp(self):
        self.clock = Clock()
        for name in ("monotonic", "process_time", "thread_time"):
            self.addCleanup(setattr, snapshots, name, getattr(snapshots, name))
            setattr(snapshots, name, self.clock.read)
        self.snapshots = snapshots.Snapshots(Origins(os.getcwd()), 1, lambda: 0, traced.only_give_way)
        self.addCleanup(self.snapshots.stop)
        self.snapshots.lines.take = self.take
        self.kept = [bytearray(2_000_000)]

    def take(self, give_way):
        self.clock.now += READING_SECONDS
        return True

    def is_read_at(self, seconds):
        before = self.snapshots.count
        # The program's other threads have worked all the time.
        self.snapshots._idleness.ask = lambda: False
        self.snapshots.take_if_due(seconds * 1000)
        return self.snapshots.count > before

    def test_it_is_more_seldom_while_there_is_about_as_much_as_before(self):
        self.assertTrue(self.is_read_at(0.0))
        times = [second for second in (1, 2, 3, 4, 6, 8, 10, 12) if self.is_read_at(second)]
        self.assertEqual(times, [6, 12])

    def test_what_is_much_more_or_less_is_read_sooner(self):
        self.assertTrue(self.is_read_at(0.0))
        del self.kept[:]
        self.assertEqual([self.is_read_at(1.5), self.is_read_at(4.5)], [False, True])

    def test_what_somebody_waits_for_is_read_as_soon_as_there_may_be_so_much(self):
        self.assertTrue(self.is_read_at(0.0))
        at = lambda seconds, least: self.snapshots.take_if_grown(seconds * 1000, least)
        self.kept.append(bytearray(2_000_000))
        # A reading takes 0.1 s, and a fifth of the time may go.
        self.assertEqual([at(0.4, 1_900_000), at(0.6, 3_000_000), at(0.6, 1_900_000)], [0, 0, 1])

    def is_read_as_peak_at(self, seconds):
        return self.snapshots.take_if_peak(seconds * 1000)

    def test_a_peak_is_read_where_it_stands_as_long_as_the_allowance_lasts(self):
        self.assertTrue(self.is_read_at(0.0))
        self.snapshots._for_peaks = Allowance(0.0, 0.0, 0.25)
        times = []
        for step in range(20):
            if step % 4 == 0:
                self.kept.append(bytearray(sum(map(len, self.kept))))
            if self.is_read_as_peak_at(0.1 * step):
                times.append(step)
        # It begins to stand at 0 and 4; at 8 less is left than a reading takes.
        self.assertEqual(times, [1, 5])

    def test_what_rises_on_is_not_read_as_a_peak(self):
        self.assertTrue(self.is_read_at(0.0))
        for step in range(1, 20):
            self.kept.append(bytearray(2_000_000))
            self.assertFalse(self.is_read_as_peak_at(0.05 * step))

    def test_a_reading_is_thought_to_cost_what_its_blocks_do(self):
        self.kept.extend(bytearray(100) for _ in range(20_000))
        self.assertTrue(self.is_read_at(0.0))
        self.kept.append(bytearray(200_000_000))
        self.assertAlmostEqual(self.snapshots._times_the_last(), 1.0, delta=0.1)
        self.kept.extend(bytearray(100) for _ in range(60_000))
        self.assertAlmostEqual(self.snapshots._times_the_last(), 4.0, delta=1.0)


if __name__ == "__main__":
    unittest.main()
