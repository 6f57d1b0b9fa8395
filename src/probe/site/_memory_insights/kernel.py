"""The cells of a Jupyter kernel: each one that the user runs is a part of the run."""

import sys

from _memory_insights import lifecycle
from _memory_insights.unseen import unseen

_BEFORE = "pre_run_cell"
_AFTER = "post_run_cell"


def follow_cells():
    """Has the kernel of this process tell when a cell begins and ends; gives what ends that. Outside
    of a kernel of IPython nothing is followed."""
    events = _events()
    if events is None:
        return lambda: None
    hooks = ((_BEFORE, unseen(_before_cell)), (_AFTER, unseen(_after_cell)))
    for name, hook in hooks:
        events.register(name, hook)

    def stop():
        for name, hook in hooks:
            try:
                events.unregister(name, hook)
            except Exception:
                # Somebody has taken all of them away.
                pass

    return stop


def _shell():
    """Returns the shell that runs the cells, or None."""
    package = sys.modules.get("IPython")
    return package.get_ipython() if package is not None else None


def _events():
    return getattr(_shell(), "events", None)


def _before_cell(info):
    try:
        file = _file_of(info)
        if file:
            lifecycle.begin_part(file, _name_of(info, file))
    except Exception:
        # A kernel of another kind: its cells run without being told apart.
        pass


def _after_cell(result):
    try:
        info = result.info
        file = _file_of(info)
        if file:
            name = _name_of(info, file)
            lifecycle.end_round(name, "after the cell", name)
    except Exception:
        pass


def _file_of(info):
    """Returns the name that the code of a cell has; nothing for code that is not the user's: editors
    ask for variables that way."""
    if info is None or not info.store_history or info.silent:
        return ""
    shell = _shell()
    # The name rests on the text as it was typed, and so does not need what IPython makes of it.
    return shell.compile.get_code_name(info.raw_cell, info.raw_cell, shell.execution_count)


def _name_of(info, file):
    """Returns what the editor calls the cell, where it says so."""
    name = getattr(info, "cell_id", None)
    return name if type(name) is str and name else file
