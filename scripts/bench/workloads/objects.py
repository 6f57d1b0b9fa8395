"""Many small objects: syntax trees of the standard library, and JSON there and back."""

import ast
import glob
import json
import os

import outcome

folder = os.path.dirname(os.__file__)
names = sorted(glob.glob(os.path.join(folder, "*.py")))[:70]
trees = []
for name in names:
    with open(name, "rb") as file:
        trees.append(ast.parse(file.read()))
rows = [{"id": i, "name": f"name {i}", "tags": [i, i + 1], "size": i * 0.5} for i in range(60_000)]
for _ in range(3):
    rows = json.loads(json.dumps(rows))
counts = {}
for tree in trees:
    for node in ast.walk(tree):
        counts[type(node).__name__] = counts.get(type(node).__name__, 0) + 1
outcome.report()
