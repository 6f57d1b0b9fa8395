"""Functions that run on the program's own threads, and that a debugger never shows nor steps into."""

from types import FunctionType

# Debuggers leave files whose names begin so alone, at no cost, as they do for `importlib`'s own.
FILE_NAME = "<frozen _memory_insights>"
# So begin the names of the probe's own files where it was sent to a program that ran already.
FILE_NAME_START = FILE_NAME[:-1]


def unseen(function):
    """Returns the function with a code object that debuggers take for the interpreter's."""
    return in_file(function, FILE_NAME)


def in_file(function, name):
    """Returns the function as if it were written in the file `name`."""
    try:
        return FunctionType(
            function.__code__.replace(co_filename=name),
            function.__globals__,
            function.__name__,
            function.__defaults__,
            function.__closure__,
        )
    except Exception:
        return function
