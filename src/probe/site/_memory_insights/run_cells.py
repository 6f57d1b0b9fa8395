"""Runs the code cells of a notebook as one program: python run_cells.py NOTEBOOK [LAST]

A program of its own, for notebooks that have no kernel here. Cells are counted from 1 among all cells;
LAST is the last to run. What only IPython understands is skipped, and each skipped line is told.
"""

import _ast
import os
import re
import sys

# Magics over a cell that still is Python.
_OVER_PYTHON = ("%%time", "%%timeit", "%%capture", "%%prun", "%%memit", "%%python", "%%python3")
_MAGIC = re.compile(r"^(\s*)(?:[\w, ]+=\s*)?[%!?].*$|^(\s*)[^#'\"]+\?$")
_IS_COROUTINE = 0x80


def main(arguments):
    """Runs the program."""
    rounds = _import_rounds()
    path = os.path.abspath(arguments[0])
    last = int(arguments[1]) if len(arguments) > 1 else None
    cells = read_cells(path)
    sys.argv = [path]
    rounds.search_from(os.path.dirname(path))
    # There is nobody to show windows to, as in a kernel.
    os.environ.setdefault("MPLBACKEND", "Agg")
    namespace = _make_main()
    for number, source in cells:
        if last is not None and number > last:
            break
        name = "%s[%d]" % (path, number)
        run(source, name, namespace)
        rounds.end_part(name)


def _import_rounds():
    """Also where nobody measures, and the package is not there yet."""
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    from _memory_insights import rounds

    del sys.path[0]
    return rounds


def read_cells(path):
    """Returns the cells of Python, as (number, source)."""
    import json

    with open(path, encoding="utf-8") as file:
        cells = json.load(file)["cells"]
    return [(at, "".join(cell["source"])) for at, cell in enumerate(cells, 1) if _is_python(cell)]


def _is_python(cell):
    language = cell.get("metadata", {}).get("vscode", {}).get("languageId", "python")
    return cell.get("cell_type") == "code" and language == "python"


def _make_main():
    """Puts an empty module in this one's place, where pickles and dataclasses look for it."""
    main_module = sys.modules["__main__"] = type(sys)("__main__")
    # What a kernel has beyond Python.
    main_module.display = print
    return main_module.__dict__


def run(source, name, namespace):
    """Runs a cell; an exception ends the program with the cell's own part of the traceback."""
    source, code = _compile(source, name)
    _show_in_tracebacks(source, name)
    try:
        result = eval(code, namespace)
        if code.co_flags & _IS_COROUTINE:
            import asyncio

            asyncio.run(result)
    except Exception as error:
        _end_with(error, error.__traceback__.tb_next)


def _end_with(error, place):
    """Ends the program as an exception does that nobody catches, with the rest of its traceback."""
    import traceback

    # The interpreter's own shows lines of files only.
    is_changed = sys.excepthook is not sys.__excepthook__
    show = sys.excepthook if is_changed else traceback.print_exception
    show(type(error), error.with_traceback(place), place)
    sys.exit(1)


def _compile(source, name):
    """Returns the source as it is run, each line where it was, and its code."""
    flags = _ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        return source, compile(source, name, "exec", flags, True)
    except SyntaxError:
        source = without_magics(source, name)
    try:
        return source, compile(source, name, "exec", flags, True)
    except SyntaxError as error:
        _end_with(error, None)


def without_magics(source, name):
    """Returns a cell without what only IPython understands; each line stays where it was."""
    lines = source.split("\n")
    if lines[0].startswith("%%") and lines[0].split()[0] not in _OVER_PYTHON:
        _tell_skipped(name, lines[0])
        return ""
    for at, line in enumerate(lines):
        match = _MAGIC.match(line)
        if match:
            _tell_skipped(name, line)
            lines[at] = (match.group(1) or match.group(2) or "") + "pass"
    return "\n".join(lines)


def _tell_skipped(name, line):
    print("%s: skipped %s" % (os.path.basename(name), line.strip()), file=sys.stderr)


def _show_in_tracebacks(source, name):
    import linecache

    lines = [line + "\n" for line in source.split("\n")]
    linecache.cache[name] = (len(source), None, lines, name)


if __name__ == "__main__":
    main(sys.argv[1:])
