"""Names of types as people read them."""

_QUALNAME = type.__dict__["__qualname__"].__get__
_MODULE = type.__dict__["__module__"].__get__


def type_name(kind):
    """Returns a type's name without running anything of its own; None for the probe's."""
    name, module = _QUALNAME(kind), _MODULE(kind)
    if type(name) is not str or type(module) is not str:
        return "<unknown>"
    if module.startswith("_memory_insights"):
        return None
    return name if module == "builtins" else module + "." + name
