"""Text whose letters are turned by thirteen, and how to tell it from any other: by the words of keys in it.

Turning a text costs nothing, but everything can be turned into something. So it is looked at only where a
word that gives a key away stands there turned. Digits do not turn; what consists of them is found anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from stockade.detectors.engine.spec import Spec

# Turned, "aws" is "njf", which is a part of longer words; what is longer hardly ever is.
_LETTERS_MIN = 3
_HALVES = (b"ABCDEFGHIJKLM", b"NOPQRSTUVWXYZ")
_TABLE = bytes.maketrans(
    _HALVES[0] + _HALVES[1] + (_HALVES[0] + _HALVES[1]).lower(),
    _HALVES[1] + _HALVES[0] + (_HALVES[1] + _HALVES[0]).lower(),
)
# What a key begins with, and the class of bytes that follows.
_HEAD = re.compile(rb"((?:[A-Za-z0-9_]|\\?[.\-]){3,})\[")
_FOLLOWS = rb"[a-z0-9_\-]{8}"


def turn(text: bytes) -> bytes:
    """Return *text* with its letters turned by thirteen; twice is not at all."""
    return text.translate(_TABLE)


def turned_signs(specs: Iterable[Spec]) -> tuple[bytes, ...]:
    """Return small patterns of the words that give the keys of *specs* away, turned; case is ignored."""
    signs: dict[bytes, None] = {}
    for spec in specs:
        for word in spec.words:
            if len(word) > _LETTERS_MIN and _letters(word.encode()) >= _LETTERS_MIN:
                signs[re.escape(turn(word.encode()))] = None
        for shape in spec.shapes:
            head = _HEAD.match(shape)
            if head is not None and _letters(head[1]) >= _LETTERS_MIN - 1:
                signs[re.escape(turn(head[1].replace(b"\\", b"").lower())) + _FOLLOWS] = None
    return tuple(signs)


def _letters(text: bytes) -> int:
    return sum(bytes((byte,)).isalpha() for byte in text)
