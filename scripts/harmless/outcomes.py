"""Runs a test module of CPython and writes what each test came to: outcomes.py FILE MODULE.

Each test is a line of JSON, written when the test ends: a module that never does leaves the rest.
"""

import importlib
import json
import sys
import traceback
import unittest


class Outcomes(unittest.TestResult):
    """Appends to a file that is open only while it writes: tests count and close descriptors."""

    def __init__(self, file):
        super().__init__()
        self._file = file
        self._outcome = None
        self._detail = ""

    def startTest(self, test):
        super().startTest(test)
        self._outcome, self._detail = "passed", ""

    def stopTest(self, test):
        super().stopTest(test)
        self.write(test.id(), self._outcome, self._detail)
        self._outcome = None

    def write(self, name, outcome, detail):
        """Appends one outcome."""
        with open(self._file, "a", encoding="utf-8") as out:
            out.write(json.dumps({"id": name, "outcome": outcome, "detail": detail}) + "\n")

    def _note(self, test, outcome, detail=""):
        if self._outcome is None:
            # What fails outside a test: the set-up of a class or a module.
            self.write(test.id(), outcome, detail)
        else:
            self._outcome, self._detail = outcome, detail

    def addError(self, test, err):
        super().addError(test, err)
        self._note(test, "error", _text(err))

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._note(test, "failed", _text(err))

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._note(test, "failed", _text(err))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        # A part that is skipped says nothing of a test whose other part fails.
        if self._outcome in (None, "passed"):
            self._note(test, "skipped", reason)

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._note(test, "xfailed")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._note(test, "xpassed")


def _text(err):
    return "".join(traceback.format_exception(*err))[-2000:]


def main(file, module):
    """Runs all tests of the module, with the resources that `python -m test` gives unasked."""
    from test import support

    support.use_resources = []
    result = Outcomes(file)
    try:
        importlib.import_module(module)
    except unittest.SkipTest as reason:
        result.write(module, "skipped", str(reason))
        return 0
    unittest.defaultTestLoader.loadTestsFromName(module).run(result)
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
