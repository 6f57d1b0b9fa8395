"""Runs tests again and again: python run_tests.py pytest|unittest ROUNDS ARGUMENTS...

A program of its own. Each time all of the chosen tests have run is a round of a leak hunt. It exits as
the framework does.
"""

import os
import sys


def main(arguments):
    """Runs the program."""
    rounds = _import_rounds()
    # As `python -m` has it.
    rounds.search_from(os.getcwd())
    run = run_pytest if arguments[0] == "pytest" else run_unittest
    sys.exit(run(int(arguments[1]), arguments[2:], lambda: rounds.end_round("")))


def _import_rounds():
    """Also where nobody measures, and the package is not there yet."""
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    from _memory_insights import rounds

    del sys.path[0]
    return rounds


def run_pytest(count, arguments, end_round):
    """Returns pytest's exit code."""
    import importlib

    pytest = importlib.import_module("pytest")
    return pytest.main(arguments, plugins=[PytestRounds(count, end_round)])


class PytestRounds:
    """Repeats the loop over all tests; after the last one pytest tears down everything."""

    def __init__(self, count, end_round):
        self._count = count
        self._end_round = end_round
        self._is_inside = False

    def pytest_runtestloop(self, session):
        if self._is_inside:
            return None
        self._is_inside = True
        for _ in range(self._count):
            session.config.hook.pytest_runtestloop(session=session)
            self._end_round()
        return True


def run_unittest(count, names, end_round):
    """Returns what `python -m unittest` exits with."""
    import unittest

    is_successful = True
    for _ in range(count):
        # A suite lets go of its tests as it runs them, so each round needs one of its own.
        tests = unittest.defaultTestLoader.loadTestsFromNames(names)
        is_successful &= unittest.TextTestRunner().run(tests).wasSuccessful()
        del tests
        end_round()
    return 0 if is_successful else 1


if __name__ == "__main__":
    main(sys.argv[1:])
