"""The first message: which process this is, and how it is measured."""

import os
import sys

VERSION = 1


def hello(wanted, arguments, sorter, started_at, tracing, coverage):
    """Returns the message. `started_at` is milliseconds since 1970 at time 0 of the run."""
    return {
        "kind": "hello",
        "version": VERSION,
        "token": wanted.token,
        "pid": os.getpid(),
        "parentPid": os.getppid(),
        "python": "%d.%d.%d" % sys.version_info[:3],
        "implementation": "CPython" if sys.implementation.name == "cpython" else "other",
        "executable": sys.executable or "",
        "argv": arguments,
        "cwd": sorter.cwd,
        "platform": sys.platform,
        "level": tracing.level,
        "frames": tracing.frames,
        "intervalMs": wanted.interval_ms,
        "startedAt": started_at,
        "prefix": sys.prefix,
        "stdlib": sorter.stdlib,
        "sitePaths": _site_paths(),
        "probePath": sorter.probe_path and os.path.dirname(sorter.probe_path),
        "coverage": coverage,
    }


def _site_paths():
    site = sys.modules.get("site")
    try:
        paths = list(site.getsitepackages())
        if site.ENABLE_USER_SITE:
            paths.append(site.getusersitepackages())
        return paths
    except Exception:
        return []
