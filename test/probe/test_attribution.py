"""Looking at threads that run on meanwhile."""

import unittest

from test.probe.support import ProbeTest

# A frame whose function returns as soon as somebody has asked for its caller.
RETURNING = """
import sys
from _memory_insights import attribution, origins

class Returning:
    def __init__(self, frame):
        self._frame, self._has_returned = frame, False
    @property
    def f_back(self):
        before, self._has_returned = self._has_returned, True
        return None if before else self._frame.f_back
    def __getattr__(self, name):
        return getattr(self._frame, name)

class Sorter:
    of = staticmethod(lambda filename: origins.USER)
    absolute = staticmethod(lambda filename: filename)

def function():
    return attribution.Attribution(Sorter, None)._place(Returning(sys._getframe()))
print(function().line[1])
"""


class AttributionTest(ProbeTest):
    def test_a_function_may_return_while_it_is_looked_at(self):
        code, output, errors = self.start(RETURNING).finish()
        self.assertEqual((code, output, errors), (0, "19\n", ""))


if __name__ == "__main__":
    unittest.main()
