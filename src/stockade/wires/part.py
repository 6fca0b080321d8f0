"""One text of a body: the message it makes, and the place it goes back to.

Also what every wire needs to gather them: the walk over places nobody described, JSON that travels as a
string inside of JSON (tool-call arguments), and strings that are no text at all. Who wrote what is for the
wires to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import orjson

from stockade.core.errors import InputError
from stockade.core.limits import LEAVES_MAX
from stockade.core.message import Message, Origin
from stockade.wires.body import decode
from stockade.wires.pointer import digits, put, too_many_values, walk

# Long strings without a space that are all base64 are pictures, sound or archives: whoever put them where
# nobody expects them, they cannot be read here. Shorter ones are read as text, encoded or not.
_BLOB_CHARS_MIN = 4096
_BLOB = re.compile(r"[A-Za-z0-9+/_=\r\n-]+")
# Any escape, so that the second half of an escaped backslash never begins one.
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)
_KEPT_ESCAPED = frozenset(map(ord, '"\\'))
_DATA_URL = re.compile(r"data:[^,]{0,200};base64,", re.IGNORECASE)


class Embedded:
    """A JSON document that is a string in another one.

    Args:
        container: what holds the string.
        key: its name or index in there.
        inner: the document, decoded.
    """

    __slots__ = ("container", "inner", "key")

    def __init__(self, container: Any, key: str | int, inner: Any) -> None:
        self.container = container
        self.key = key
        self.inner = inner

    def write(self) -> None:
        """Put the changed document back as a string."""
        self.container[self.key] = orjson.dumps(self.inner).decode()


class Part:
    """One text of a body.

    Args:
        message: the text, its author and its pointer.
        container: the object or array that holds it.
        key: its name or index in there.
        is_key: the text is the key, not the value.
        embedded: the document in a string that *container* belongs to, if any.

    Attributes:
        intact: of an answer: surrogates in it stay, because the provider signed these very words.
    """

    __slots__ = ("container", "embedded", "intact", "is_key", "key", "message")

    def __init__(
        self,
        message: Message,
        container: Any,
        key: str | int,
        is_key: bool = False,  # noqa: FBT001, FBT002 - the hot path: a keyword argument costs a tenth more
        embedded: Embedded | None = None,
    ) -> None:
        self.message = message
        self.container = container
        self.key = key
        self.is_key = is_key
        self.embedded = embedded
        self.intact = False

    @property
    def pointer(self) -> str:
        """RFC 6901; ``#key`` after it for a key, ``#`` and the inner pointer for embedded JSON."""
        return self.message.pointer

    def __repr__(self) -> str:
        """Return a form without any text."""
        return f"Part(pointer={self.message.pointer!r}, origin={self.message.origin.value})"


class Uninspected(NamedTuple):
    """A part of a body that cannot be read as text.

    Attributes:
        pointer: RFC 6901.
        kind: ``image``, ``audio``, ``file``, ``data`` (a data URL or base64 in an unexpected place).
    """

    pointer: str
    kind: str


class Collector:
    """Gathers the parts of one body.

    Args:
        read_all: what is no text in a request (data URLs, long base64) is read as text as well: for
            answers, where nobody else would look at it.
    """

    __slots__ = ("_read_all", "parts", "uninspected")

    def __init__(self, *, read_all: bool = False) -> None:
        self._read_all = read_all
        self.parts: list[Part] = []
        self.uninspected: list[Uninspected] = []

    def text(self, container: Any, key: str | int, pointer: str, origin: Origin) -> None:
        """Take the string that stands at *key* of *container*."""
        self.parts.append(Part(Message(container[key], origin, pointer), container, key))

    def anything(self, container: Any, key: str | int, pointer: str, origin: Origin) -> None:
        """Take every text at and below *key* of *container*, a place nobody described."""
        value = container[key]
        kind = type(value)
        if kind is str:
            if not self._read_all and is_blob(value):
                self.uninspected.append(Uninspected(pointer, "data"))
            elif value:
                self.text(container, key, pointer, origin)
        elif kind is dict or kind is list:
            walk(value, pointer, self._emitter(origin, None))
        elif (kind is int or kind is float) and (text := digits(value)):
            self.parts.append(Part(Message(text, origin, pointer), container, key))

    def key(self, container: Any, key: str, pointer: str, origin: Origin) -> None:
        """Take *key* itself."""
        self.parts.append(Part(Message(key, origin, pointer), container, key, True))

    def json(self, container: Any, key: str | int, pointer: str, origin: Origin) -> None:
        """Take the texts of the JSON document in the string at *key*; the string itself if it is none.

        A document that readers could read in different ways is taken as a string as well: so nothing in
        it goes unseen, whichever of two equal keys a reader believes.
        """
        raw: str = container[key]
        inner = _document(raw)
        if inner is not None:
            walk(inner, f"{pointer}#", self._emitter(origin, Embedded(container, key, inner)))
        elif raw:
            self.parts.append(Part(Message(_plainly(raw), origin, pointer), container, key))

    def _emitter(self, origin: Origin, embedded: Embedded | None) -> Any:
        parts, read_all = self.parts, self._read_all

        def emit(container: Any, key: str | int, pointer: str, text: str, is_key: bool) -> None:  # noqa: FBT001
            if not text:
                return
            if len(parts) >= LEAVES_MAX:
                raise too_many_values()
            if (len(text) >= _BLOB_CHARS_MIN or text[:5] == "data:") and not read_all and is_blob(text):
                self.uninspected.append(Uninspected(pointer, "data"))
                return
            parts.append(Part(Message(text, origin, pointer), container, key, is_key, embedded))

        return emit


def is_blob(text: str) -> bool:
    """Say whether *text* is a data URL or long base64 and so no text."""
    if len(text) >= _BLOB_CHARS_MIN and _BLOB.fullmatch(text):
        return True
    return _DATA_URL.match(text) is not None


def is_binary(text: str) -> bool:
    """Say whether *text* is a data URL or base64 of any length: for the places where these belong."""
    return _BLOB.fullmatch(text) is not None or _DATA_URL.match(text) is not None


def replace(changes: Iterable[tuple[Part, str]]) -> None:
    """Put the texts of *changes* in their parts' places; embedded documents are written once each."""
    touched: dict[int, Embedded] = {}
    edits = []
    for part, text in changes:
        edits.append(((part.container, part.key, part.is_key), text))
        if part.embedded is not None:
            touched[id(part.embedded)] = part.embedded
    if edits:
        put(edits)
    for embedded in touched.values():
        embedded.write()


def _document(raw: str) -> Any:
    """Return the object or array in *raw*, or ``None`` if it holds neither or more than one."""
    # Without a brace there is no document worth the exception.
    if raw[:1] not in "{[ \n\r\t":
        return None
    # As a field of an object, so that an array is read by the same rules.
    wrapped = b'{"":' + raw.encode() + b"}"
    try:
        outer = decode(wrapped, bytes_max=len(wrapped))
    except InputError:
        return None
    # A string that closed our object and went on is no document.
    inner = outer.get("") if len(outer) == 1 else None
    return inner if type(inner) is dict or type(inner) is list else None


def _plainly(raw: str) -> str:
    """Return *raw* with characters in place of their JSON escapes, where a reader sees no difference."""
    return _ESCAPED.sub(_character, raw) if "\\u" in raw else raw


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else 0
    if code < 0x20 or code in _KEPT_ESCAPED or 0xD800 <= code < 0xE000:
        return match[0]
    return chr(code)
