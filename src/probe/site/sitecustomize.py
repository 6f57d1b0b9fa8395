"""Starts the memory probe, then hands over to the user's own sitecustomize.

Python imports this file at start because the host puts its folder first on PYTHONPATH. The folder
is taken off `sys.path` again, so that the program finds the path it would have without the probe.
"""

import sys


def _start_probe():
    try:
        import _memory_insights

        _memory_insights.start()
    except Exception:
        # Whatever stops the probe must not stop the program; the host notices that nobody called.
        pass


def _leave_path():
    """Removes this folder from `sys.path`; the probe's package is found without it from now on."""
    folder = __file__.rpartition("sitecustomize")[0].rstrip("/\\")
    sys.path[:] = [entry for entry in sys.path if entry.rstrip("/\\") != folder]


_start_probe()
_leave_path()
# The next `sitecustomize` takes this one's name. When there is none, or when it fails, the error
# leaves this module as it would have left the user's own, and `site` deals with it as ever.
sys.modules.pop("sitecustomize", None)
import sitecustomize  # noqa: E402,F401
