"""A pytest plugin that writes the outcome of each test to the file named by FIX_ALL_OUTCOMES."""

import json
import os

# A test reports in three phases, and in parts; the worst of them is its outcome.
ORDER = ["passed", "skipped", "xfailed", "xpassed", "failed", "error"]


class Outcomes:
    def __init__(self, path):
        self.path = path
        self.by_id = {}

    def note(self, test_id, outcome):
        known = self.by_id.get(test_id, "passed")
        self.by_id[test_id] = max(known, outcome, key=ORDER.index)

    def pytest_runtest_logreport(self, report):
        self.note(report.nodeid, outcome_of(report))

    def pytest_collectreport(self, report):
        if report.failed:
            self.note(f"{report.nodeid} (collection)", "error")

    def pytest_sessionfinish(self, session):
        with open(self.path, "w", encoding="utf-8") as file:
            json.dump(self.by_id, file)


def outcome_of(report):
    if hasattr(report, "wasxfail"):
        return "xfailed" if report.skipped else "xpassed"
    if report.failed and report.when != "call":
        return "error"
    return report.outcome


def pytest_configure(config):
    # A run that tests start inside themselves must not write over this one's file.
    path = os.environ.pop("FIX_ALL_OUTCOMES", None)
    if path:
        config.pluginmanager.register(Outcomes(path), "fix-all-outcomes")
