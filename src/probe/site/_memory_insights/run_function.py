"""Runs one function of a file: python run_function.py FILE NAME [ROUNDS]

A program of its own, for functions that no program calls. The file is imported as the module that it
is to the programs that use it. With ROUNDS, each call is a round of a leak hunt.
"""

import os
import sys


def main(arguments):
    """Runs the program."""
    rounds = _import_rounds()
    path, name = arguments[:2]
    sys.argv = [path]
    folder, module_name = module_of(path)
    rounds.search_from(folder)
    function = find(load(path, module_name), name)
    if len(arguments) == 2:
        call(function)
        return
    for _ in range(int(arguments[2])):
        call(function)
        rounds.end_round(name)


def _import_rounds():
    """Also where nobody measures, and the package is not there yet."""
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    from _memory_insights import rounds

    del sys.path[0]
    return rounds


def module_of(path):
    """Returns the folder to import from, and the dotted name of a file's module."""
    folder, base = os.path.split(os.path.abspath(path))
    stem = os.path.splitext(base)[0]
    parts = [] if stem == "__init__" else [stem]
    while os.path.isfile(os.path.join(folder, "__init__.py")):
        folder, package = os.path.split(folder)
        parts.insert(0, package)
    return folder, ".".join(parts)


def load(path, name):
    """Imports a file as the module of that name."""
    import importlib

    if all(part.isidentifier() for part in name.split(".")):
        module = importlib.import_module(name)
        if _is_same(getattr(module, "__file__", None), path):
            return module
        # A module of Python's own that is there already has the name, such as `types`.
        name += "_"
    from importlib import util

    spec = util.spec_from_file_location(name, path)
    module = sys.modules[name] = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _is_same(file, path):
    try:
        return file is not None and os.path.samefile(file, path)
    except OSError:
        return False


def find(module, name):
    """Returns what a module has under a dotted name, or ends the program."""
    found = module
    for part in name.split("."):
        try:
            found = getattr(found, part)
        except AttributeError:
            sys.exit("%s has no %s" % (module.__file__, name))
    return found


def call(function):
    """Calls a function, and does what it takes for its body to run to the end."""
    result = function()
    kind = type(result).__name__
    if kind == "generator":
        for _ in result:
            pass
    elif kind in ("coroutine", "async_generator"):
        import asyncio

        asyncio.run(result if kind == "coroutine" else _drain(result))


async def _drain(values):
    async for _ in values:
        pass


if __name__ == "__main__":
    main(sys.argv[1:])
