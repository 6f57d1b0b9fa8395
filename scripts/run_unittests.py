"""Runs the unittests of a folder and writes the counts as JSON: run_unittests.py FOLDER FILE."""

import json
import os
import sys
import unittest


def main(folder, file):
    # As `python -m unittest` does; without it `test` would be the standard library's package.
    sys.path.insert(0, os.getcwd())
    suite = unittest.defaultTestLoader.discover(folder)
    result = unittest.TextTestRunner(stream=sys.stderr, verbosity=1).run(suite)
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    skipped = len(result.skipped)
    counts = {"passed": result.testsRun - failed - skipped, "failed": failed, "skipped": skipped}
    counts["reasons"] = sorted({reason for _, reason in result.skipped})
    with open(file, "w", encoding="utf-8") as out:
        json.dump(counts, out)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
