"""Files of environment variables (``.env``): where each value stands, and the same file with other values.

It reads the common form: ``NAME=value``, ``export``, quotes of both kinds, also over several lines, comments.
It expands nothing; whatever it does not understand stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_NAME = re.compile(r"[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*")
_ESCAPES = re.compile(r'\\([nrt"\\$`])')
_MEANING = {"n": "\n", "r": "\r", "t": "\t"}
_COMMENT = re.compile(r"[ \t]#")


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of a file.

    Attributes:
        name: what it is called.
        value: what it holds, without quotes.
        start: where its value starts in the text, quotes included.
        end: where it ends.
    """

    name: str
    value: str = field(repr=False)
    start: int
    end: int


def variables(text: str) -> tuple[Variable, ...]:
    """Return the variables of *text*, in order."""
    found, position = [], 0
    while position < len(text):
        named = _NAME.match(text, position)
        if named is not None:
            value, end = _value(text, named.end())
            found.append(Variable(named[1], value, named.end(), end))
            position = end
        line_end = text.find("\n", position)
        position = len(text) if line_end < 0 else line_end + 1
    return tuple(found)


def replaced(text: str, values: Mapping[str, str]) -> str:
    """Return *text* with *values* in place of what the named variables held; they must need no quotes."""
    pieces, position = [], 0
    for variable in variables(text):
        if variable.name in values:
            pieces += [text[position : variable.start], f'"{values[variable.name]}"']
            position = variable.end
    return "".join([*pieces, text[position:]])


def _value(text: str, start: int) -> tuple[str, int]:
    """Return the value that starts at *start* and where it ends."""
    quote = text[start : start + 1]
    if quote in {"'", '"'}:
        end = _closing(text, start + 1, quote)
        if end >= 0:
            inside = text[start + 1 : end]
            if quote == '"':
                inside = _ESCAPES.sub(lambda escape: _MEANING.get(escape[1], escape[1]), inside)
            return inside, end + 1
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    comment = _COMMENT.search(text, start, line_end)
    end = comment.start() if comment else line_end
    value = text[start:end].rstrip()
    return value, start + len(value)


def _closing(text: str, start: int, quote: str) -> int:
    """Return where the quote closes; -1 where it does not."""
    position = start
    while True:
        end = text.find(quote, position)
        if end < 0 or quote == "'":
            return end
        slashes = end - len(text[start:end].rstrip("\\")) - start
        if slashes % 2 == 0:
            return end
        position = end + 1
