"""Growth of resident memory that tracing does not see, told from the two figures alone."""

import sys
import unittest

from test.probe.support import SITE

if SITE not in sys.path:
    sys.path.append(SITE)

from _memory_insights.untraced import Untraced

MIB = 1 << 20
LINE = ("a.py", 3)


class UntracedTest(unittest.TestCase):
    def setUp(self):
        self.untraced = Untraced(0, (0, 0, 0))
        self.most = 0

    def read(self, resident, traced):
        """Compares a reading; returns the MiB that are certain by then."""
        self.most = max(self.most, traced)
        told, _ = self.untraced.compare(resident * MIB, self.figures(traced))
        self.untraced.suspect([LINE])
        return told // MIB

    def figures(self, traced):
        return traced * MIB, 0, self.most * MIB

    def start_over(self, resident, traced):
        self.most = max(self.most, traced)
        self.untraced.start_over(resident * MIB, self.figures(traced))

    def test_what_is_still_there_at_the_next_reading_is_told(self):
        self.assertEqual([self.read(64, 0), self.read(64, 0), self.read(64, 0)], [0, 64, 0])

    def test_what_has_gone_by_then_is_not(self):
        self.assertEqual([self.read(64, 0), self.read(1, 0), self.read(1, 0)], [0, 0, 0])

    def test_traced_memory_that_is_resident_later_is_not(self):
        self.assertEqual([self.read(0, 40), self.read(40, 40), self.read(40, 40)], [0, 0, 0])

    def test_what_a_reading_of_the_probe_leaves_behind_is_not(self):
        self.start_over(30, 0)
        self.assertEqual([self.read(30, 30), self.read(60, 60), self.read(60, 60)], [0, 0, 0])

    def test_what_the_program_made_during_a_reading_is_its_own(self):
        self.start_over(30, 25)
        # Of these 25, 5 are what the reading left behind; 20 are not resident yet.
        self.assertEqual([self.read(30, 50), self.read(50, 50), self.read(50, 50)], [0, 0, 0])


if __name__ == "__main__":
    unittest.main()
