"""The programs that run one function, and tests again and again."""

import importlib.util
import json
import os
import subprocess
import sys
import unittest

from test.probe.support import PACKAGE, ProbeTest

LEAKING = """
kept = []
def load():
    kept.append(bytes(100_000))
"""


class RunnerTest(ProbeTest):
    def run_it(self, runner, *args, level="live", environ=None):
        """Runs one of the programs; returns (exit code, output, errors)."""
        process = subprocess.run(
            [sys.executable, os.path.join(PACKAGE, runner), *args],
            env=environ or self.environment(level),
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            universal_newlines=True,
            timeout=60,
        )
        return process.returncode, process.stdout, process.stderr

    def leaked(self, line):
        """Returns what each round after the first added to a line of a file."""
        connection = self.wait_end()
        deltas = connection.of_kind("delta")
        grown = [
            sum(row[2] for row in delta["rows"] if os.path.basename(row[0]) == line[0] and row[1] == line[1])
            for delta in deltas
        ]
        return {delta["at"]["file"] for delta in deltas}, grown[1:]


class FunctionTest(RunnerTest):
    def call(self, code, name="work", file="program.py", rounds=(), **how):
        os.makedirs(os.path.dirname(os.path.join(self.folder, file)), exist_ok=True)
        return self.run_it("run_function.py", self.write(code, file), name, *rounds, **how)

    def test_runs_in_the_module_that_others_import(self):
        self.write("", "helper.py")
        code = """
            import sys, helper
            def work():
                print(__name__, sys.argv == [__file__], sys.modules[__name__].work is work)
                print([entry for entry in sys.path if "_memory_insights" in entry])
            if __name__ == "__main__":
                print("not this")
        """
        self.assertEqual(self.call(code), (0, "program True True\n[]\n", ""))
        # As without a host: the variables of the probe are not there.
        environ = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
        self.assertEqual(self.call(code, environ=environ), (0, "program True True\n[]\n", ""))

    def test_runs_in_its_package_and_beside_namesakes(self):
        os.makedirs(os.path.join(self.folder, "shop", "orders"))
        for package in ("shop", "shop/orders"):
            self.write("", package + "/__init__.py")
        self.write("price = 3", "shop/prices.py")
        code = """
            from ..prices import price
            def work():
                print(__name__, price)
        """
        self.assertEqual(self.call(code, file="shop/orders/load.py"), (0, "shop.orders.load 3\n", ""))
        # The interpreter has imported modules of these names, or cannot import such a name.
        for name in ("types.py", "two words.py"):
            code = "import dataclasses\n@dataclasses.dataclass\nclass A:\n    x: 'int'\ndef work(): print(A(1))\n"
            self.assertEqual(self.call(code, file=name), (0, "A(x=1)\n", ""))

    def test_runs_what_a_call_only_begins(self):
        code = """
            async def work():
                print("awaited")
            def values():
                yield
                print("read")
            async def later():
                yield
                print("read later")
            class Shop:
                @staticmethod
                def open():
                    print("opened")
        """
        for name, said in (("work", "awaited"), ("values", "read"), ("later", "read later")):
            self.assertEqual(self.call(code, name), (0, said + "\n", ""))
        self.assertEqual(self.call(code, "Shop.open"), (0, "opened\n", ""))

    def test_fails_as_the_function_does(self):
        code, output, errors = self.call("def work():\n    1 / 0\n")
        self.assertEqual((code, output), (1, ""))
        self.assertIn("ZeroDivisionError", errors)
        code, output, errors = self.call("def other(): pass\n")
        self.assertEqual((code, errors), (1, os.path.join(self.folder, "program.py") + " has no work\n"))
        code, output, errors = self.call("def work(path): pass\n")
        self.assertIn("missing 1 required positional argument: 'path'", errors)

    def test_measures_each_round(self):
        self.assertEqual(self.call(LEAKING, "load", rounds=["6"], level="allocations"), (0, "", ""))
        names, grown = self.leaked(("program.py", 3))
        self.assertEqual(names, {"<round load>"})
        self.assertEqual(len(grown), 5)
        for added in grown:
            self.assert_near(added, 100_033, 0.02)


class CellsTest(RunnerTest):
    def run_cells(self, *cells, last=(), level="live"):
        """Runs cells, each a source or a whole cell."""
        whole = [
            cell if isinstance(cell, dict) else {"cell_type": "code", "metadata": {}, "source": cell}
            for cell in cells
        ]
        path = self.write(json.dumps({"cells": whole}), "plot.ipynb")
        return self.run_it("run_cells.py", path, *last, level=level)

    def test_run_in_one_namespace_up_to_the_last(self):
        title = {"cell_type": "markdown", "metadata": {}, "source": ["# Title"]}
        shell = {"cell_type": "code", "metadata": {"vscode": {"languageId": "sh"}}, "source": "ls"}
        first = ["import sys, dataclasses, asyncio\n", "@dataclasses.dataclass\n", "class A:\n    x: 'int'\n"]
        second = "await asyncio.sleep(0)\ndisplay(A(1))\nprint(sys.modules['__main__'].A is A, __name__)"
        cells = (title, first, shell, second, "print('not this')")
        self.assertEqual(self.run_cells(*cells, last=["4"]), (0, "A(x=1)\nTrue __main__\n", ""))

    def test_skip_what_only_ipython_understands(self):
        code, output, errors = self.run_cells(
            "%matplotlib inline\nx = 7\nif x:\n    !ls\nfiles = !ls\nx?\nprint(x % 2)",
            "%%bash\nls",
            "%%time\nprint(x)",
        )
        self.assertEqual((code, output), (0, "1\n7\n"))
        skipped = ["[1]: skipped %matplotlib inline", "[1]: skipped !ls", "[1]: skipped files = !ls"]
        skipped += ["[1]: skipped x?", "[2]: skipped %%bash", "[3]: skipped %%time"]
        self.assertEqual(errors.splitlines(), ["plot.ipynb" + line for line in skipped])

    def test_end_with_the_exception_of_a_cell(self):
        code, output, errors = self.run_cells("x = 0", "print(x)\n1 / x", "print('not this')")
        self.assertEqual((code, output), (1, "0\n"))
        self.assertIn('plot.ipynb[2]", line 2', errors)
        self.assertIn("    1 / x\n", errors)
        self.assertNotIn("run_cells.py", errors)
        code, output, errors = self.run_cells("x = (")
        self.assertEqual((code, output), (1, ""))
        self.assertIn("SyntaxError", errors)

    def test_have_what_grew_in_them_also_where_nobody_saw_the_line(self):
        self.run_cells("kept = []", 'kept.append(b"x" * 50_000_000)')
        rows = self.wait_end().of_kind("delta")[1]["rows"]
        self.assertEqual(os.path.basename(rows[0][0]), "plot.ipynb[2]")
        self.assertGreater(rows[0][2], 45_000_000)

    def test_are_measured_one_by_one(self):
        self.run_cells("kept = []", "", "kept.append(bytes(100_000))\n", level="allocations")
        connection = self.wait_end()
        ended = [os.path.basename(delta["at"]["file"]) for delta in connection.of_kind("delta")]
        self.assertEqual(ended, ["plot.ipynb[1]", "plot.ipynb[2]", "plot.ipynb[3]"])
        rows = connection.of_kind("delta")[2]["rows"]
        [row] = [row for row in rows if row[0].endswith("plot.ipynb[3]") and row[1] == 1]
        self.assert_near(row[2], 100_033, 0.02)


class TestsTest(RunnerTest):
    CASE = LEAKING + """
import unittest
class LoadTest(unittest.TestCase):
    def test_load(self):
        load()
"""

    def test_repeats_unittest(self):
        self.write(self.CASE, "test_load.py")
        code, output, errors = self.run_it(
            "run_tests.py", "unittest", "4", "test_load.LoadTest.test_load", level="allocations"
        )
        self.assertEqual((code, output, errors.count("Ran 1 test")), (0, "", 4))
        _, grown = self.leaked(("test_load.py", 3))
        self.assertEqual(len(grown), 3)
        for added in grown:
            self.assert_near(added, 100_033, 0.02)

    def test_fails_with_its_tests(self):
        code, _, errors = self.run_it("run_tests.py", "unittest", "2", "no_such_module")
        self.assertEqual(code, 1)
        self.assertIn("no_such_module", errors)

    @unittest.skipUnless(importlib.util.find_spec("pytest"), "pytest is not installed")
    def test_repeats_pytest_with_its_fixtures(self):
        self.write(
            """
            import pytest
            made = []
            @pytest.fixture(scope="session")
            def shop():
                made.append(bytes(100_000))
            def test_load(shop):
                pass
            """,
            "test_load.py",
        )
        args = ["pytest", "4", "-q", "-p", "no:cacheprovider", "test_load.py::test_load"]
        code, output, errors = self.run_it("run_tests.py", *args, level="allocations")
        self.assertEqual((code, errors), (0, ""), output)
        _, grown = self.leaked(("test_load.py", 5))
        self.assertEqual(len(grown), 3)
        for added in grown:
            self.assert_near(added, 100_033, 0.02)


if __name__ == "__main__":
    unittest.main()
