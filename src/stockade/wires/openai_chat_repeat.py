"""A streamed event that is the last one again, but for one growing text: read without parsing it.

Nearly every event of a stream is. Its bytes before and after the text are those of an event that was gone
through field by field; between them stands a JSON string without any escape, so there is nothing else in it.
What is in doubt is no repetition, and is parsed.
"""

from __future__ import annotations

import re
from typing import Any

import orjson

from stockade.wires.wire import Lane

# What stands for itself inside of a JSON string.
_PLAIN = re.compile(rb'[^"\\\x00-\x1f]+')
# Fields that may grow at the top of a delta; everything else in it has to be empty.
_KEYS = ("content", "reasoning_content")


class Repeat:
    """The frame that events have in common.

    Args:
        before: the bytes up to the text, its opening quote included.
        after: the bytes from its closing quote on.
        lane: the channel of the text.
    """

    __slots__ = ("_after", "_before", "_shortest", "lane")

    def __init__(self, before: bytes, after: bytes, lane: Lane) -> None:
        self._before = before
        self._after = after
        self._shortest = len(before) + len(after)
        self.lane = lane

    def piece(self, data: bytes) -> str | None:
        """Return the text of an event in this frame; ``None`` if it is not certain to be one."""
        if len(data) <= self._shortest or not data.startswith(self._before) or not data.endswith(self._after):
            return None
        raw = data[len(self._before) : -len(self._after)]
        if not _PLAIN.fullmatch(raw):
            return None
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return None

    def render(self, text: str) -> bytes:
        """Return an event in this frame that says *text*."""
        return self._before + orjson.dumps(text)[1:-1] + self._after


def growing_key(chunk: dict[str, Any]) -> str:
    """Return the name of the one text in *chunk* that tells the client anything; empty if it is not alone."""
    choices = chunk.get("choices")
    if type(choices) is not list or len(choices) != 1 or chunk.get("usage"):
        return ""
    choice = choices[0]
    if any(value for key, value in choice.items() if key not in {"index", "delta"}):
        return ""
    delta = choice.get("delta")
    said = [key for key, value in delta.items() if value] if delta else []
    return said[0] if len(said) == 1 and said[0] in _KEYS else ""


def frame(data: bytes, key: str, lane: Lane) -> Repeat | None:
    """Return the frame of *data* around the text at *key*, if that can be told from the bytes."""
    opening = b'"%s":"' % key.encode()
    before, found, rest = data.partition(opening)
    if not found or opening in rest:
        return None
    raw, _, _ = rest.partition(b'"')
    if not _PLAIN.fullmatch(raw):
        return None
    return Repeat(before + opening, rest[len(raw) :], lane)
