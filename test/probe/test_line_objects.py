"""What the objects of a line are, as far as a look at some of them tells."""

import sys
import unittest

from test.probe.support import ProbeTest

PROGRAM = """
import collections, sys
class Point:
    def __init__(self, x):
        self.x = x
    def refuse(self, *_):
        raise SystemExit("the program's own code ran")
    __eq__ = __ne__ = __hash__ = __len__ = __repr__ = __bool__ = __sizeof__ = __iter__ = refuse
class Loud(type):
    __eq__ = __ne__ = __hash__ = __getattribute__ = Point.refuse
class Quiet(metaclass=Loud):
    __slots__ = ()
class Rows(list):
    __iter__ = __len__ = __getitem__ = Point.refuse
class Table(dict):
    __iter__ = __len__ = __getitem__ = keys = values = Point.refuse
class Holder:
    pass
def stop():
    print("here", flush=True); sys.stdin.readline()
holder = Holder()
def work():
    stop()
    %s
    stop()
work()
"""
LINE = 23
# There the variables of a function cannot be had without a trace, unless a debugger has asked.
HIDES_LOCALS = (3, 11) <= sys.version_info < (3, 13)
# Nor does tracemalloc find instances that have a dictionary.
HIDES_INSTANCES = sys.version_info[:2] == (3, 11)


class LineObjectsTest(ProbeTest):
    def objects_of(self, statement, level="allocations"):
        """Runs a statement between two marks; returns (type, share of those seen) of its line."""
        program = self.start(PROGRAM % statement, level)
        program.hear()
        self.host.mark(1)
        program.say()
        program.hear()
        told = self.host.mark(2)["objects"]
        program.say()
        self.assertEqual(program.finish()[0], 0)
        of_line = [row for row in told if row[0] == program.path and row[1] == LINE]
        return [(name, count / seen) for _, _, name, count, seen in of_line]

    def assert_mostly(self, statement, name):
        [(found, share)] = self.objects_of(statement)
        self.assertEqual(found, name)
        self.assertGreater(share, 0.5)

    def test_texts_of_a_list(self):
        self.assert_mostly("holder.texts = [str(number) * 9 for number in range(100_000)]", "str")

    @unittest.skipIf(HIDES_LOCALS, "this Python hides the variables of functions that run")
    def test_texts_of_a_local_variable(self):
        self.assert_mostly("kept = [str(number) * 9 for number in range(100_000)]", "str")

    def test_values_of_a_large_dictionary(self):
        self.assert_mostly("holder.table = {number: b'-' * number for number in range(250)}", "bytes")

    @unittest.skipIf(HIDES_INSTANCES, "this Python does not tell the line of an instance")
    def test_instances_whose_own_code_is_not_run(self):
        self.assert_mostly("holder.rows = Rows(map(Point, [None] * 10_000))", "__main__.Point")

    def test_what_a_dictionary_of_the_programs_own_class_holds(self):
        statement = "holder.table = Table((n, bytes([n]) * 2) for n in range(250))"
        self.assert_mostly(statement, "bytes")

    def test_types_whose_own_code_is_not_run(self):
        self.assert_mostly("holder.rows = [object.__new__(Quiet) for _ in range(10_000)]", "__main__.Quiet")

    @unittest.skipUnless(HIDES_INSTANCES, "this Python tells the line of an instance")
    def test_other_objects_are_not_taken_for_most_where_instances_are_hidden(self):
        [(_, share)] = self.objects_of("holder.rows = list(map(Point, range(1000, 11_000)))")
        self.assertLessEqual(share, 0.5)

    def test_what_hangs_on_an_instance(self):
        statement = "holder.queue = collections.deque(float(n) for n in range(10_000))"
        self.assert_mostly(statement, "float")

    def test_nothing_is_told_of_few_objects(self):
        self.assertEqual(self.objects_of("kept = [bytearray(100_000) for _ in range(5)]"), [])

    def test_nothing_is_told_at_the_live_level(self):
        statement = "kept = [str(number) * 90 for number in range(100_000)]"
        self.assertEqual(self.objects_of(statement, "live"), [])
