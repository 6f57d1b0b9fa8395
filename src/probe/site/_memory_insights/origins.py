"""Whose code a file is: the user's own, a library's, or a tool's (this probe and the debugger)."""

import os
import sys

from _memory_insights.unseen import FILE_NAME_START

# Rows of tools' files are added up under this name: they are shown apart, and never dropped.
TOOL_FILE = "<profiler and debugger>"
OTHER_FILE = "<other lines>"

USER = "user"
LIBRARY = "library"
TOOL = "tool"

_MAX_REMEMBERED_FILES = 20000
_TOOL_FOLDERS = ("debugpy", "pydevd", "_pydevd_bundle", "_pydev_bundle", "_pydevd_frame_eval")
_TOOL_FOLDERS += ("_pydevd_sys_monitoring", "pydevd_attach_to_process", "pydevd_plugins")
_LIBRARY_FOLDERS = ("site-packages", "dist-packages")


def _comparable(path):
    return os.path.normcase(path)


def _own_folder():
    """Returns the folder that the probe's package lies in; empty where it was sent."""
    if __file__.startswith(FILE_NAME_START):
        return ""
    return os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Origins:
    """Sorts file names as code objects carry them. Remembers its answers, by file name."""

    def __init__(self, cwd):
        self.cwd = cwd
        self.probe_path = _own_folder()
        self.stdlib = os.path.dirname(os.path.abspath(os.__file__))
        folders = [self.stdlib, os.path.realpath(self.stdlib)]
        for prefix in {sys.prefix, sys.base_prefix}:
            folders.append(os.path.join(prefix, "Scripts" if os.name == "nt" else "bin"))
        self._library_prefixes = tuple(_comparable(folder) + os.sep for folder in folders)
        probes = {self.probe_path, os.path.realpath(self.probe_path)} if self.probe_path else ()
        self._probe_prefixes = tuple(_comparable(path) + os.sep for path in probes)
        self._known = {}
        self._absolute = {}

    def of(self, filename):
        """Returns USER, LIBRARY or TOOL for a code object's file name."""
        origin = self._known.get(filename)
        if origin is None:
            origin = self._find(self.absolute(filename))
            if len(self._known) < _MAX_REMEMBERED_FILES:
                self._known[filename] = origin
        return origin

    def absolute(self, filename):
        """Returns the file name made absolute; names such as `<string>` stay as they are."""
        name = self._absolute.get(filename)
        if name is None:
            name = filename
            if not filename.startswith("<") and not os.path.isabs(filename):
                name = os.path.normpath(os.path.join(self.cwd, filename))
            if len(self._absolute) < _MAX_REMEMBERED_FILES:
                self._absolute[filename] = name
        return name

    def rename(self, filename, name):
        """Has a file of the user's be called otherwise from here on, as a cell by its notebook."""
        if len(self._absolute) < _MAX_REMEMBERED_FILES:
            self._absolute[filename] = self._absolute[name] = name
            self._known[filename] = self._known[name] = USER

    def _find(self, filename):
        if filename.startswith("<"):
            return TOOL if filename.startswith(FILE_NAME_START) else LIBRARY
        name = _comparable(filename)
        if name.startswith(self._probe_prefixes):
            return TOOL
        parts = name.replace("\\", "/").split("/")
        if any(folder in parts for folder in _TOOL_FOLDERS):
            return TOOL
        if any(folder in parts for folder in _LIBRARY_FOLDERS):
            return LIBRARY
        if name.startswith(self._library_prefixes):
            return LIBRARY
        # The standard library in a zip, as embedded Pythons have it.
        if any(part.startswith("python") and part.endswith(".zip") for part in parts):
            return LIBRARY
        return USER
