"""Objects counted by type at each mark, without a word of the types' own."""

import sys
import unittest

from test.probe.support import SITE, ProbeTest

if SITE not in sys.path:
    sys.path.append(SITE)

from _memory_insights import objects

PROGRAM = """
import gc, sys
gc.disable()
class Loud(type):
    def __hash__(self): print("hash"); return 1
    def __eq__(self, other): print("eq"); return False
    def __getattribute__(self, name): print(name); return "x"
    __name__ = property(lambda self: print("property"))
class Quiet(metaclass=Loud):
    __slots__ = ("me",)
    __class__ = property(lambda self: print("class"))
class Plain:
    def __del__(self): print("deleted")
kept = []
for line in sys.stdin:
    kept.extend(Quiet() for _ in range(100))
    kept.extend(Plain() for _ in range(7))
    kept.append("text" * 1000)
    print("made", flush=True)
import os
os._exit(0)
"""


class TypesTest(ProbeTest):
    def test_objects_are_counted_by_type_and_nothing_of_theirs_runs(self):
        program = self.start(PROGRAM)
        connection = self.host.first()
        rows = []
        for number in range(1, 5):
            program.say()
            self.assertEqual(program.hear(), "made")
            self.host.mark(number)
            told = lambda: [m for m in connection.of_kind("types") if m["id"] == number]
            rows.append(self.host.wait_for(told)[0]["rows"])
        self.assertEqual(rows[0], [])
        counted = [one for one in rows[1:] if one is not None]
        # A mark soon after the one before may be left out; what it missed comes with the next.
        made = {name: change for name, change, _ in counted[0]}
        times = made["__main__.Quiet"] // 100
        self.assertEqual(made["__main__.Quiet"], 100 * times)
        self.assertEqual(made["__main__.Plain"], 7 * times)
        self.assertNotIn("str", made)
        self.assertEqual([name for name in made if "_memory_insights" in name], [])
        self.assertEqual(program.finish(), (0, "", ""))


class Meta(type):
    pass


class OfMeta(metaclass=Meta):
    pass


class Plain:
    pass


class CountingTest(unittest.TestCase):
    def test_all_are_counted_whatever_their_metaclass(self):
        kept = [kind() for kind in (OfMeta, Plain) for _ in range(1000)]
        for kind in (OfMeta, Plain):
            self.assertEqual(sum(count for each, count in objects.counted() if each is kind), 1000)
        self.assertEqual(len(kept), 2000)

    def test_no_count_is_an_integer_that_has_to_be_made(self):
        kept = [Plain() for _ in range(1000)]
        counts = [count for kind, count in objects.counted() if kind is Plain]
        self.assertEqual(sum(counts), len(kept))
        self.assertLessEqual(max(counts), 256)


if __name__ == "__main__":
    unittest.main()
