"""Prints, as JSON, the Python files below a folder that this Python can parse."""

import ast
import json
import os
import sys
import warnings


def parses(path):
    try:
        with open(path, "rb") as file:
            ast.parse(file.read(), path)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def python_files(root):
    for folder, _, names in os.walk(root):
        for name in names:
            if name.endswith((".py", ".pyi", ".pyw")):
                yield os.path.join(folder, name)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    root = sys.argv[1]
    found = [os.path.relpath(path, root) for path in python_files(root) if parses(path)]
    json.dump(sorted(found), sys.stdout)
