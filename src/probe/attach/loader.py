"""Brings the probe into a program that runs already, and starts it there.

It runs by `exec` in a namespace of its own, which holds `packed`, the probe's sources, and `settings`,
what a program's environment would say. It leaves `answer` there. Nothing is written to the disk of
the program's machine, and nothing but the modules stays.
"""


def _answer(packed, settings):
    import json
    import sys
    from importlib.machinery import ModuleSpec
    from zlib import decompress

    package = "_memory_insights"

    class Sent:
        """Finds and loads modules whose text was sent, by the names that the probe's files have."""

        def __init__(self, sources):
            self._sources = sources

        def find_spec(self, name, path=None, target=None):
            if name not in self._sources:
                return None
            spec = ModuleSpec(name, self, is_package=name == package)
            # Debuggers take such names for the interpreter's own, and leave them alone.
            spec.origin = "<frozen %s>" % name
            return spec

        def create_module(self, spec):
            return None

        def exec_module(self, module):
            module.__file__ = module.__spec__.origin
            text = self._sources[module.__name__]
            exec(compile(text, module.__file__, "exec", dont_inherit=True), module.__dict__)

        def get_source(self, name):
            return self._sources[name]

    finder = Sent(json.loads(decompress(packed).decode("utf-8")))
    sys.meta_path.insert(0, finder)
    try:
        from _memory_insights import attach

        return json.dumps(attach.begin(settings))
    finally:
        sys.meta_path.remove(finder)


answer = _answer(packed, settings)  # noqa: F821
