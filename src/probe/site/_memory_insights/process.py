"""What this process is: its command line, and whether it is a helper that no user asked for."""

import os
import sys

# Passed on a command line by debugpy; a run file must not keep it.
_SECRET_OPTIONS = ("--adapter-access-token", "--client-access-token")


def command_line():
    """Returns the arguments after the executable. `sys.argv` is not there yet at start."""
    arguments = list(getattr(sys, "orig_argv", ())) or _from_proc() or [sys.executable]
    arguments = arguments[1:]
    for index, argument in enumerate(arguments[:-1]):
        if argument in _SECRET_OPTIONS:
            arguments[index + 1] = "…"
    return arguments


def _from_proc():
    try:
        with open("/proc/self/cmdline", "rb") as file:
            return [os.fsdecode(part) for part in file.read().split(b"\0")[:-1]]
    except OSError:
        return []


def is_helper(arguments):
    """True for multiprocessing's and the debugger's own processes."""
    text = " ".join(arguments[:8])
    if "multiprocessing.resource_tracker import" in text:
        return True
    return any(
        argument.replace("\\", "/").rstrip("/").endswith(("debugpy/adapter", "debugpy/launcher"))
        for argument in arguments[:4]
    )


def is_fork_server(arguments):
    """True for the process that multiprocessing only forks its workers from."""
    return "multiprocessing.forkserver import" in " ".join(arguments[:8])


def is_debugger(arguments):
    """True when the command line starts the program under debugpy."""
    return any("debugpy" in argument or "pydevd" in argument for argument in arguments[:8])


def cwd():
    """Returns the current folder, or the root when it is gone."""
    try:
        return os.getcwd()
    except OSError:
        return os.path.abspath(os.sep)
