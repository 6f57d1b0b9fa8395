"""Keeps the probe's bytecode beside its sources, also where the program keeps none of its own.

PYTHONDONTWRITEBYTECODE is set in most containers. There each process would compile the probe anew,
which takes longer than all else that it does at start. Only the probe's own folder is written to.
"""

import os
import sys

# Both are loaded in every process; `importlib` itself is not.
import _frozen_importlib_external as _loading

_PREFIX = __name__.rpartition(".")[0] + "."
_FOLDER = os.path.dirname(__file__)
# What is imported before this module can do anything about it.
_EARLIER = ("__init__.py", "bytecode.py", os.path.join(os.pardir, "sitecustomize.py"))


class _Loader(_loading.SourceFileLoader):
    def get_code(self, fullname):
        code = super().get_code(fullname)
        try:
            self._keep(code)
        except Exception:
            # Then it is compiled the next time too.
            pass
        return code

    def _keep(self, code):
        # Another place for bytecode is the user's own.
        if not sys.dont_write_bytecode or sys.pycache_prefix is not None:
            return
        source = self.path_stats(self.path)
        kept = _loading.cache_from_source(self.path)
        if not _is_newer(kept, source["mtime"]):
            data = _loading._code_to_timestamp_pyc(code, int(source["mtime"]), source["size"])
            self._cache_bytecode(self.path, kept, data)


def _is_newer(path, mtime):
    try:
        return os.stat(path).st_mtime >= mtime
    except OSError:
        return False


class OwnBytecode:
    """Context manager; the probe's modules that are imported inside have their bytecode kept."""

    def find_spec(self, name, path=None, target=None):
        """Finds modules of the probe, for the import system."""
        if not name.startswith(_PREFIX):
            return None
        file = os.path.join(_FOLDER, name[len(_PREFIX) :] + ".py")
        loader = _Loader(name, file)
        return _loading.spec_from_file_location(name, file, loader=loader)

    def __enter__(self):
        sys.meta_path.insert(0, self)
        if not os.path.exists(_loading.cache_from_source(__file__)):
            _keep_earlier()

    def __exit__(self, *exception):
        if self in sys.meta_path:
            sys.meta_path.remove(self)


def _keep_earlier():
    for file in _EARLIER:
        try:
            _Loader("", os.path.normpath(os.path.join(_FOLDER, file))).get_code("")
        except Exception:
            # Then it is compiled the next time too.
            pass
