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
# Random letters against traffic analysis, other ones in every event.
_PADDING = b'"obfuscation":"'
PADDING_MAX = 64
# Fields that may grow at the top of a delta; everything else in it has to be empty.
_KEYS = ("content", "reasoning_content")
_FRAME = frozenset({"index", "delta"})


class Repeat:
    """The frame that events have in common.

    Args:
        before: the bytes up to the text, its opening quote included.
        after: the bytes from its closing quote on; up to the padding, if there is any.
        tail: the bytes after the padding.
        lane: the channel of the text.
    """

    __slots__ = ("_after", "_before", "_tail", "lane")

    def __init__(self, before: bytes, after: bytes, tail: bytes, lane: Lane) -> None:
        self._before = before
        self._after = after
        self._tail = tail
        self.lane = lane

    def piece(self, data: bytes) -> str | None:
        """Return the text of an event in this frame; ``None`` if it is not certain to be one."""
        if not data.startswith(self._before):
            return None
        raw, found, rest = data[len(self._before) :].partition(self._after)
        if not found or not _PLAIN.fullmatch(raw) or not self._is_tail(rest):
            return None
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return None

    def render(self, data: bytes, piece: str, shown: str) -> bytes:
        """Return the event *data*, which says *piece*, with *shown* in its place."""
        at = len(self._before)
        return self._before + orjson.dumps(shown)[1:-1] + data[at + len(piece.encode()) :]

    def _is_tail(self, rest: bytes) -> bool:
        tail = self._tail
        if not tail:
            return not rest
        padding = rest[: -len(tail)]
        return rest.endswith(tail) and len(padding) <= PADDING_MAX and padding.isalnum()


def growing_key(chunk: dict[str, Any]) -> str:
    """Return the name of the text in *chunk* if it is all that the event tells the client; else nothing."""
    choices = chunk.get("choices")
    if type(choices) is not list or len(choices) != 1 or chunk.get("usage"):
        return ""
    choice = choices[0]
    delta = choice.get("delta") if type(choice) is dict else None
    if type(delta) is not dict or any(v for k, v in choice.items() if k not in _FRAME):
        return ""
    said = [key for key, value in delta.items() if value]
    return said[0] if len(said) == 1 and said[0] in _KEYS and type(delta[said[0]]) is str else ""


def repeat_of(data: bytes, key: str, lane: Lane) -> Repeat | None:
    """Return the frame of *data* around the text at *key*, if that can be told from the bytes."""
    opening = b'"%s":"' % key.encode()
    before, found, rest = data.partition(opening)
    raw, _, _ = rest.partition(b'"')
    if not found or opening in rest or not _PLAIN.fullmatch(raw):
        return None
    after, padded, rest = rest[len(raw) :].partition(_PADDING)
    if not padded:
        return Repeat(before + opening, after, b"", lane)
    padding, _, tail = rest.partition(b'"')
    if not padding.isalnum() or _PADDING in tail:
        return None
    return Repeat(before + opening, after + _PADDING, b'"' + tail, lane)
