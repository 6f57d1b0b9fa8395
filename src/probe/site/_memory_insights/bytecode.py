"""Keeps the probe's bytecode beside its sources, in one file for all modules.

Finding and reading some forty files of bytecode takes longer than all else that the probe does at
start. And PYTHONDONTWRITEBYTECODE is set in most containers: there each process would compile the
probe anew. Only the probe's own folder is written to.
"""

import marshal
import os
import sys

# Both are loaded in every process; `importlib` itself is not.
import _frozen_importlib_external as _loading

_PREFIX = __name__.rpartition(".")[0] + "."
_FOLDER = os.path.dirname(__file__)
# What is imported before this module can do anything about it.
_EARLIER = ("__init__.py", "bytecode.py", os.path.join(os.pardir, "sitecustomize.py"))


class _Loader(_loading.SourceFileLoader):
    """Loads one module with the code that is kept, or with its source's."""

    def __init__(self, name, file, codes):
        super().__init__(name, file)
        self._codes = codes

    def get_code(self, fullname):
        code = self._codes.get(fullname)
        if code is None:
            code = self._codes[fullname] = super().get_code(fullname)
        return code


class OwnBytecode:
    """Context manager; the probe's modules that are imported inside have their bytecode kept."""

    def __init__(self):
        self._codes = {}
        self._known = 0
        self._state = b""

    def find_spec(self, name, path=None, target=None):
        """Finds modules of the probe, for the import system."""
        if not name.startswith(_PREFIX):
            return None
        file = os.path.join(_FOLDER, name[len(_PREFIX) :] + ".py")
        loader = _Loader(name, file, self._codes)
        return _loading.spec_from_file_location(name, file, loader=loader)

    def __enter__(self):
        # Another place for bytecode is the user's own.
        if sys.pycache_prefix is not None:
            return
        try:
            self._state = _state()
            self._codes = _read(self._state)
        except Exception:
            # Nothing is kept yet, or it is damaged: it is written anew.
            pass
        self._known = len(self._codes)
        sys.meta_path.insert(0, self)

    def __exit__(self, *exception):
        if self not in sys.meta_path:
            return
        sys.meta_path.remove(self)
        try:
            if len(self._codes) > self._known:
                _write(self._state, self._codes)
                _keep_earlier()
        except Exception:
            # Then it is compiled the next time too.
            pass


def _state():
    """Returns what tells these sources and this interpreter from others, in bytes."""
    with os.scandir(_FOLDER) as entries:
        files = [(one.name, one.stat()) for one in entries if one.name.endswith(".py")]
    sources = sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in files)
    return _loading.MAGIC_NUMBER + repr(sources).encode() + b"\n"


def _place():
    # The name tells the interpreter and how far it optimizes.
    return _loading.cache_from_source(os.path.join(_FOLDER, "probe.py")) + ".all"


def _read(state):
    with open(_place(), "rb") as file:
        data = file.read()
    return marshal.loads(memoryview(data)[len(state) :]) if data.startswith(state) else {}


def _write(state, codes):
    # Written aside and renamed, for another process may do the same at this moment.
    _loading.SourceFileLoader("", __file__).set_data(_place(), state + marshal.dumps(codes))


def _keep_earlier():
    if not sys.dont_write_bytecode:
        return
    for file in _EARLIER:
        path = os.path.normpath(os.path.join(_FOLDER, file))
        loader = _loading.SourceFileLoader("", path)
        source = loader.path_stats(path)
        code = loader.get_code("")
        data = _loading._code_to_timestamp_pyc(code, int(source["mtime"]), source["size"])
        loader.set_data(_loading.cache_from_source(path), data)
