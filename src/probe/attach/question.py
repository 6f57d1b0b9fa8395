"""What a debugger is asked of a program before the probe is brought in: whether that can be.

It runs by `exec` in a namespace of its own, and leaves `answer` there.
"""


def _answer():
    import json
    import sys

    lifecycle = sys.modules.get("_memory_insights.lifecycle")
    # One that cannot tell is older, and came with the program's start.
    is_measuring = getattr(lifecycle, "is_measuring", lambda: lifecycle is not None)
    arguments = getattr(sys, "argv", None)
    if type(arguments) is not list:
        arguments = []
    return json.dumps(
        {
            "python": list(sys.version_info[:3]),
            "implementation": sys.implementation.name,
            "argv": [argument for argument in arguments if type(argument) is str][:100],
            "isMeasuring": bool(is_measuring()),
        }
    )


answer = _answer()
