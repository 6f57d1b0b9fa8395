"""The probe's part of the layer law: it runs in the user's program, so it may bring nothing along."""

import ast
import sys
import unittest
from pathlib import Path

PROBE = Path(__file__).resolve().parents[2] / "src" / "probe"
OWN = {"_memory_insights", "sitecustomize"}
# The user's own, where the host asks for it; see decision 18.
ASKED_FOR = {"memray"}


def imported_modules(source):
    """Yields the top-level names of modules that a source imports from outside its package."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.split(".")[0]


@unittest.skipUnless(hasattr(sys, "stdlib_module_names"), "sys.stdlib_module_names is new in 3.10")
class StandardLibraryOnly(unittest.TestCase):
    # Modules of another system or version are in the list of every Python, or are named here.
    LATER_OR_EARLIER = {"_remote_debugging", "_tokenize", "annotationlib", "compression"}

    def test_the_probe_imports_the_standard_library_only(self):
        allowed = sys.stdlib_module_names | OWN | ASKED_FOR | self.LATER_OR_EARLIER
        foreign = [
            f"`{path.relative_to(PROBE)}` may not import `{name}`; allowed: the standard library"
            for path in sorted(PROBE.rglob("*.py"))
            for name in imported_modules(path.read_text(encoding="utf-8"))
            if name not in allowed
        ]
        self.assertEqual(foreign, [])

    def test_the_check_finds_a_package(self):
        self.assertEqual(list(imported_modules("import os.path\nfrom psutil import x")), ["os", "psutil"])
        self.assertNotIn("psutil", sys.stdlib_module_names)


if __name__ == "__main__":
    unittest.main()
