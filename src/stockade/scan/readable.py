"""Bytes to text, whatever they are: UTF-8, UTF-16, UTF-32, Latin-1, and the readable parts of programs.

There is always an answer, because what cannot be decoded must not pass for clean. Only media (pictures,
sounds, fonts) are opaque: what they hold is compressed, and every run of letters in it is chance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum


class Form(Enum):
    """How a text was won."""

    TEXT = "text"
    STRINGS = "strings"
    OPAQUE = "opaque"


@dataclass(frozen=True, slots=True)
class Readable:
    """Text, and how it was won; places in it are lines only for ``Form.TEXT``."""

    text: str = field(repr=False)
    form: Form


_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_MEDIA = re.compile(
    rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|RIFF....(?:WEBP|WAVE|AVI )|....ftyp|OggS|wOFF|wOF2|ID3|"
    rb"\xff\xfb|fLaC|"
    rb"\x00\x00\x01\x00..\x00|II\*\x00|MM\x00\*|\x1aE\xdf\xa3|%PDF-|\x00\x01\x00\x00\x00|OTTO|ttcf|"
    rb"BM....\x00\x00\x00\x00",
    re.DOTALL,
)
# What decides about the kind of a file; as much as git looks at.
_HEAD_BYTES = 8000
# Shorter runs of readable characters in a program are chance.
_STRINGS = re.compile(rb"[\x20-\x7e\t]{8,}")
_WIDE_STRINGS = re.compile(rb"(?:[\x20-\x7e\t]\x00){8,}")


def readable(data: bytes) -> Readable:
    """Return the text in *data*."""
    head = data[:_HEAD_BYTES]
    if b"\0" not in head and not head.startswith(b"%PDF-"):
        return Readable(_decoded(data), Form.TEXT)
    for mark, encoding in _BOMS[1:]:
        if head.startswith(mark):
            return Readable(data.decode(encoding, "replace"), Form.TEXT)
    if _MEDIA.match(head):
        return Readable("", Form.OPAQUE)
    encoding = _utf16_without_mark(head)
    if encoding:
        return Readable(data.decode(encoding, "replace"), Form.TEXT)
    return Readable(_strings(data), Form.STRINGS)


def _decoded(data: bytes) -> str:
    if data.startswith(_BOMS[0][0]):
        data = data[3:]
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _utf16_without_mark(head: bytes) -> str:
    """Return the encoding of what looks like UTF-16 of mostly Latin text, or an empty string."""
    half = len(head) // 2
    if half < 8:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > half * 0.6 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.05:
        return "utf-16-be"
    return ""


def _strings(data: bytes) -> str:
    narrow = b"\n".join(_STRINGS.findall(data))
    wide = b"\n".join(found.replace(b"\0", b"") for found in _WIDE_STRINGS.findall(data))
    return (narrow + b"\n" + wide).decode("latin-1") if wide else narrow.decode("latin-1")
