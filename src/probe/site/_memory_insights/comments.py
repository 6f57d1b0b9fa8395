"""What comments in the user's own code ask for, such as `# memory: snapshot "after load"`.

A comment behind code is about that statement: it is answered once the statement has run, and before
the next line does. One on a line of its own is about the statement above it, with all of its block;
the first one in a block is answered before the statement below it. `# memory: trace` belongs to the
function on whose line it stands, or above which.

Python's own tokenizer tells comments from strings; it is built in, and imports nothing.
"""

from _tokenize import TokenizerIter

from _memory_insights.allowance import Allowance
from _memory_insights.wishes import ROUND, SNAPSHOT, START, STOP, TRACE

_PREFIX = "memory:"
_MAX_BYTES = 2 << 20
_MAX_MARKS = 200
_MAX_NAME = 200
_ENDMARKER, _NEWLINE, _INDENT, _DEDENT = 0, 4, 5, 6
# Clauses of a statement that has begun further up.
_CLAUSES = ("elif", "else", "except", "finally")


class Mark:
    """A comment and the lines that it is about, from 1, inclusive.

    `is_resting` while it was passed so often that answering would hold the program up. `head` is the
    range of the first line of the statement, with those it is continued on. With `at_entry` it is
    answered before these lines run, else once they have. `line` is its own."""

    __slots__ = ("action", "allowance", "at_entry", "first", "head", "is_resting", "last", "line")
    __slots__ += ("name",)

    def __init__(self, wish, line, head, last, at_entry=False):
        self.action, self.name = wish
        self.line = line
        self.head = head
        self.first = head[0]
        self.last = last
        self.at_entry = at_entry
        self.allowance = Allowance()
        self.is_resting = False


def read(filename):
    """Returns the marks in a file; none where it cannot be read."""
    try:
        with open(filename, "rb") as file:
            data = file.read(_MAX_BYTES)
        if _PREFIX.encode() not in data:
            return []
        return marks_in(_text_of(data))
    except Exception:
        return []


def _text_of(data):
    try:
        # Not `utf-8-sig`, which would import a module into the program.
        text = data.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError:
        # Only names could be mistaken; where comments stand is the same.
        text = data.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def wish_of(comment):
    """Returns (action, name) of a comment's text; None when it asks for nothing."""
    text = comment.lstrip("#").strip()
    if not text.startswith(_PREFIX):
        return None
    words = text[len(_PREFIX) :].strip()
    if words in (START, STOP, TRACE):
        return words, ""
    for action in (SNAPSHOT, ROUND):
        if words == action:
            return action, ""
        name = words[len(action) :].strip()
        if words.startswith(action + " ") and len(name) >= 2 and name[0] == name[-1] == '"':
            return None if '"' in name[1:-1] else (action, name[1:-1][:_MAX_NAME])
    return None


def marks_in(text):
    """Returns the marks in a source text."""
    statements, comments = _scan(text)
    marks = []
    for wish, line, column, index in comments[:_MAX_MARKS]:
        place = _function_at if wish[0] == TRACE else _place_of
        mark = place(statements, wish, (line, column, index))
        if mark is not None:
            marks.append(mark)
    return marks


class _Statement:
    """A logical line."""

    def __init__(self, start, column, words):
        self.start = self.end = start
        self.column = column
        self.words = words

    @property
    def head(self):
        return self.start, self.end


def _tokens(text):
    lines = text.splitlines(True)
    lines.reverse()
    return TokenizerIter(lambda: lines.pop() if lines else "", extra_tokens=True)


_COMMENT = next(token[0] for token in _tokens("# a\n"))


def _scan(text):
    """Returns the statements, and comments as (wish, line, column, index of their statement or of the
    next one); the column is None behind code."""
    statements, comments = [], []
    source = text.split("\n")
    current = None
    for kind, word, start, end, *_ in _tokens(text):
        if kind == _COMMENT:
            wish = wish_of(word)
            if wish is not None:
                column = start[1] if current is None else None
                index = len(statements) - (current is not None)
                comments.append((wish, start[0], column, index))
        elif kind == _NEWLINE:
            if current is not None:
                current.end = start[0]
            current = None
        elif kind not in (_INDENT, _DEDENT, _ENDMARKER) and current is None and word.strip():
            words = source[start[0] - 1][start[1] :].replace(":", " ").split(None, 2)
            current = _Statement(start[0], start[1], words)
            statements.append(current)
    return statements, comments


def _place_of(statements, wish, comment):
    line, column, index = comment
    if column is None:
        statement = statements[index]
        return Mark(wish, line, statement.head, statement.end)
    for statement in reversed(statements[:index]):
        if statement.column < column:
            break
        if statement.column == column and statement.words[0] not in _CLAUSES:
            return Mark(wish, line, statement.head, line)
    following = statements[index : index + 1]
    if following and following[0].column == column:
        return Mark(wish, line, following[0].head, following[0].end, True)
    before = statements[index - 1 : index]
    return Mark(wish, line, before[0].head, line) if before else None


def _function_at(statements, wish, comment):
    """Returns a mark of the lines at one of which the function's code begins."""
    line, _, index = comment
    last = index
    while last < len(statements) and statements[last].words[0].startswith("@"):
        last += 1
    if last == len(statements) or not _is_function(statements[last]):
        return None
    first = last
    while first > 0 and statements[first - 1].words[0].startswith("@"):
        first -= 1
    return Mark(wish, line, (statements[first].start, statements[last].start), statements[last].end)


def _is_function(statement):
    words = statement.words
    return words[0] == "def" or words[:2] == ["async", "def"]
