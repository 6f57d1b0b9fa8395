"""The probe's bytecode is kept in its own folder, and nothing is written anywhere else."""

import os
import shutil
import unittest

from test.probe.support import SITE, ProbeTest

PROGRAM = """
import sys
import helper
print(sys.dont_write_bytecode, len(sys.meta_path))
"""


class BytecodeTest(ProbeTest):
    def setUp(self):
        super().setUp()
        self.site = os.path.join(self.folder, "site")
        shutil.copytree(SITE, self.site, ignore=shutil.ignore_patterns("__pycache__"))
        self.write("", "helper.py")

    def run_with(self, **more):
        environ = self.environment(PYTHONPATH=self.site, **more)
        earlier = len(self.host.connections)
        outcome = self.start(PROGRAM, environ=environ).finish()
        self.host.wait_for(lambda: len(self.host.connections) > earlier)
        plain = self.environment(PYTHONPATH="", MEMORY_INSIGHTS_CHANNEL="", **more)
        self.assertEqual(outcome, self.start(PROGRAM, environ=plain).finish())
        self.assertEqual(outcome[0], 0)
        self.wait_end(self.host.connections[-1])

    def written(self):
        """Returns the files of bytecode below the test's folder, each with its time."""
        return {
            os.path.join(folder, name): os.stat(os.path.join(folder, name)).st_mtime_ns
            for folder, _, names in os.walk(self.folder)
            for name in names
            if os.path.basename(folder) == "__pycache__" or name.endswith((".pyc", ".all"))
        }

    def kept(self):
        """Returns the path of the one file with the bytecode of all modules."""
        return next(path for path in self.written() if path.endswith(".all"))

    def test_it_is_kept_where_the_program_keeps_none(self):
        self.run_with(PYTHONDONTWRITEBYTECODE="1")
        written = self.written()
        modules = {os.path.basename(path).split(".")[0] for path in written}
        self.assertLessEqual({"sitecustomize", "__init__", "bytecode", "probe"}, modules)
        self.assertEqual([path for path in written if not path.startswith(self.site)], [])
        self.run_with(PYTHONDONTWRITEBYTECODE="1")
        self.assertEqual(self.written(), written)

    def test_it_is_written_anew_when_it_is_damaged_or_a_source_has_changed(self):
        self.run_with(PYTHONDONTWRITEBYTECODE="1")
        with open(self.kept(), "rb") as file:
            whole = file.read()
        with open(self.kept(), "wb") as file:
            file.write(whole[:-100])
        self.run_with(PYTHONDONTWRITEBYTECODE="1")
        with open(self.kept(), "rb") as file:
            self.assertEqual(len(file.read()), len(whole))
        with open(os.path.join(self.site, "_memory_insights", "clock.py"), "a") as file:
            file.write("ADDED_LATER = True\n")
        self.run_with(PYTHONDONTWRITEBYTECODE="1")
        with open(self.kept(), "rb") as file:
            self.assertIn(b"ADDED_LATER", file.read())

    def test_another_place_for_bytecode_is_left_alone(self):
        place = os.path.join(self.folder, "bytecode")
        self.run_with(PYTHONDONTWRITEBYTECODE="1", PYTHONPYCACHEPREFIX=place)
        self.assertEqual(self.written(), {})

    def test_a_folder_that_cannot_be_written_to_changes_nothing(self):
        # A file in the way keeps out even a superuser.
        for folder in (self.site, os.path.join(self.site, "_memory_insights")):
            with open(os.path.join(folder, "__pycache__"), "w", encoding="utf-8"):
                pass
        self.run_with(PYTHONDONTWRITEBYTECODE="1")
        self.assertEqual(self.written(), {})


if __name__ == "__main__":
    unittest.main()
