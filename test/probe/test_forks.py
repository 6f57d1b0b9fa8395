"""What the probe does in the middle of a fork, seen from inside it."""

import gc
import os
import sys
import unittest

from test.probe.support import SITE

if SITE not in sys.path:
    sys.path.append(SITE)

from _memory_insights import quiet
from _memory_insights.origins import Origins
from _memory_insights.snapshots import Snapshots


@unittest.skipUnless(hasattr(os, "fork"), "fork")
class InheritedPauseTest(unittest.TestCase):
    """A child whose parent has the collector paused on another thread."""

    def status_of_child(self, is_as_before):
        with quiet.CollectorPause():
            child = os.fork()
            if child == 0:
                quiet.end_inherited_pauses()
                os._exit(0 if is_as_before() else 1)
        return os.waitpid(child, 0)[1]

    def test_a_child_collects_as_its_parent_did(self):
        before = gc.get_threshold()
        self.assertEqual(self.status_of_child(lambda: gc.get_threshold() == before), 0)
        self.assertEqual(gc.get_threshold(), before)

    def test_a_program_without_thresholds_stays_so(self):
        before = gc.get_threshold()
        gc.set_threshold(0)
        try:
            self.assertEqual(self.status_of_child(lambda: gc.get_threshold()[0] == 0), 0)
        finally:
            gc.set_threshold(*before)


class HurriedTest(unittest.TestCase):
    """A program that waits for a reading of its traces to end, so that it can fork."""

    def setUp(self):
        self.is_hurried = True
        helpers = (lambda: 0, lambda: self.is_hurried)
        self.snapshots = Snapshots(Origins(os.getcwd()), 1, *helpers)
        self.addCleanup(self.snapshots.stop)
        self.kept = [bytearray(1000) for _ in range(1000)]

    def counts_after(self, looks):
        counts = []
        for look in range(1, looks + 1):
            self.snapshots.take_if_due(look * 1e6)
            counts.append(self.snapshots.count)
        return counts

    def test_readings_are_given_up_but_not_for_ever(self):
        self.assertEqual(self.counts_after(8), [0, 0, 0, 1, 1, 1, 1, 2])
        self.assertTrue(self.snapshots.lines.held())
        # What they took for a moment is the probe's too.
        self.assertEqual(self.snapshots.begun, 8)

    def test_what_was_asked_for_is_read_to_its_end(self):
        self.snapshots.take(1.0)
        self.assertEqual(self.snapshots.count, 1)
        self.assertTrue(self.snapshots.take_last(2.0, float("inf")))
        self.assertEqual(self.snapshots.count, 2)


if __name__ == "__main__":
    unittest.main()
