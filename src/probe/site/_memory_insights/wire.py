"""One JSON object a line, in both directions.

`json` itself imports `re` and a dozen modules more, several milliseconds for every process that is
started. Its C parts alone are enough; `json` is the fallback where they look different.
"""

MAX_LINE_BYTES = 1 << 20


def _c_encoder():
    from _json import encode_basestring_ascii, make_encoder

    encode = make_encoder(None, _refuse, encode_basestring_ascii, None, ":", ",", False, False, True)
    if "".join(encode({"a": [1, 2.5, None, True, "\u00e9"]}, 0)) != '{"a":[1,2.5,null,true,"\\u00e9"]}':
        raise ImportError("_json")
    return lambda message: "".join(encode(message, 0))


def _refuse(value):
    raise TypeError(type(value).__name__)


class _ScannerContext:
    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = float
    memo = {}


def _c_decoder():
    from _json import make_scanner

    scan = make_scanner(_ScannerContext())
    if scan('{"a":[1,"b"]}', 0)[0] != {"a": [1, "b"]}:
        raise ImportError("_json")
    return lambda text: scan(text, 0)[0]


def _load_codec():
    try:
        return _c_encoder(), _c_decoder()
    except Exception:
        import json

        return json.JSONEncoder(separators=(",", ":")).encode, json.JSONDecoder().decode


_encode, _decode = _load_codec()


def encode(message):
    """Returns the message as one line of bytes. @raises TypeError for what JSON cannot hold."""
    return _encode(message).encode("ascii") + b"\n"


def decode(line):
    """Returns the message in one line, or None when it is not a JSON object."""
    try:
        message = _decode(line.decode("utf-8").strip())
    except Exception:
        return None
    return message if type(message) is dict else None
