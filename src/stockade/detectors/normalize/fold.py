"""Folding: every character to the plain characters a reader would take it for, with an exact offset map.

Each character is folded on its own: compatibility forms (full-width, ligatures, mathematical alphabets)
are decomposed, combining marks, zero-width characters, bidi controls, Unicode tags and variation selectors
disappear, look-alikes of other scripts and the digits of any script become ASCII, letters that stay outside
ASCII become lower case. Because no neighbour is looked at, folding a part is a part of folding the whole,
and places map back exactly. Context words are folded the same way, so a Russian word whose letters look
Latin is still found. It does not judge whether a text was meant to deceive.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import MappingProxyType

from stockade.detectors.normalize.confusables import CONFUSABLES

_ASCII = bytes(range(0x80))
_BY_CATEGORY = MappingProxyType(
    {"Mn": "", "Me": "", "Cf": "", "Cc": "", "Zs": " ", "Zl": "\n", "Zp": "\n", "Pd": "-", "Cs": "\ufffd"}
)
# Hangul syllables have a decomposition, but nothing here is written in their parts.
_HANGUL = range(0xAC00, 0xD7A4)
_TAGS = range(0xE0000, 0xE1000)
# 64 Ki entries: no text of people has more different characters; what goes beyond is folded unremembered.
_REMEMBERED_MAX = 0x10000
# Up to so many different characters are replaced one after the other, each at the speed of a search for
# bytes; beyond it one pass over all characters (0.1 µs each) is quicker.
_REPLACED_MAX = 32
# So that a long text in many languages is not searched for the characters of all of them everywhere.
_BLOCK_CHARS = 4096


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one character, in UTF-8, and in how many characters."""

    before: bytes
    after: bytes
    width: int


class FoldTable(dict[str, Change | None]):
    """Character to its change, ``None`` if it stays; filled as characters are met, and bounded."""

    def __missing__(self, char: str) -> Change | None:
        """Work out what becomes of *char* and remember it."""
        folded = fold_character(char)
        change = None if folded == char else Change(encoded(char), encoded(folded), len(folded))
        if len(self) < _REMEMBERED_MAX:
            self[char] = change
        return change


def encoded(text: str) -> bytes:
    """Return *text* in UTF-8; half a surrogate pair is carried along."""
    return text.encode("utf-8", "surrogatepass")


def fold_character(char: str) -> str:
    """Return what *char* is folded to; empty if it is invisible."""
    if char < "\x80":
        return char
    known = CONFUSABLES.get(char)
    if known is not None:
        return known
    code = ord(char)
    if code in _HANGUL:
        return char
    if code in _TAGS:
        return ""
    plain = _BY_CATEGORY.get(unicodedata.category(char))
    if plain is not None:
        return plain
    digit = unicodedata.digit(char, None)
    return _decomposed(char) if digit is None else str(digit)


def _decomposed(char: str) -> str:
    """Return the folding of what *char* is made of, or of its lower case if it is made of itself."""
    parts = unicodedata.normalize("NFKD", char)
    if parts == char:
        parts = char.lower()
        if parts == char:
            return char
    return "".join(map(fold_character, parts))


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back.

    Attributes:
        data: the folded text in UTF-8.
        source: the text as given.
        moving: the characters of the source that stand for none or several in the folded text.
    """

    data: bytes = field(repr=False)
    source: str = field(repr=False)
    moving: tuple[tuple[str, int], ...] = field(default=(), repr=False)

    @property
    def text(self) -> str:
        """The folded text."""
        return self.data.decode("utf-8", "surrogatepass")

    @property
    def same(self) -> bool:
        """Whether every byte of the folded text is the character at the same place of the source."""
        return not self.moving and len(self.data) == len(self.source)

    def places(self) -> Places:
        """Return the way back from characters of the folded text to those of the source."""
        if not self.moving:
            return Places()
        widths = dict(self.moving)
        pattern = re.compile("[" + re.escape("".join(widths)) + "]")
        return Places.of((found.start(), widths[found.group()]) for found in pattern.finditer(self.source))

    def characters(self, bytes_at: Iterable[int]) -> dict[int, int]:
        """Return for each byte place of the folded text how many of its characters stand before it."""
        if len(self.data) == len(self.source) and not self.moving:
            return {place: place for place in bytes_at}
        counts: dict[int, int] = {}
        at = count = 0
        for place in sorted(bytes_at):
            count += len(self.data[at:place].decode("utf-8", "surrogatepass"))
            counts[place] = count
            at = place
        return counts


@dataclass(frozen=True, slots=True)
class Places:
    """The way back from places of a folded text to those of its source, in characters.

    Attributes:
        marks: places in the folded text where the shift changes, ascending; empty if nothing moved.
        origins: the place in the source that each mark stands for.
        singles: whether the characters from the mark on stand for one source character each; where they do
            not, they all stand for the one at the origin.
    """

    marks: tuple[int, ...] = ()
    origins: tuple[int, ...] = ()
    singles: tuple[bool, ...] = ()

    @classmethod
    def of(cls, moved: Iterable[tuple[int, int]]) -> Places:
        """Return the way back given each moved source place and how many characters stand for it."""
        marks: list[int] = []
        origins: list[int] = []
        singles: list[bool] = []
        shift = 0
        for place, width in moved:
            if width:
                marks.append(place + shift)
                origins.append(place)
                singles.append(False)
            shift += width - 1
            marks.append(place + 1 + shift)
            origins.append(place + 1)
            singles.append(True)
        return cls(tuple(marks), tuple(origins), tuple(singles))

    def start(self, place: int) -> int:
        """Return where the source character behind *place* begins."""
        index = bisect_right(self.marks, place) - 1
        if index < 0:
            return place
        origin = self.origins[index]
        return origin + (place - self.marks[index]) if self.singles[index] else origin

    def end(self, place: int) -> int:
        """Return where what stands before *place* ends, marks and invisible characters included."""
        if not place or not self.marks:
            return place
        # Inside an expansion the next place is the same character: the whole of it belongs to the span.
        return max(self.start(place), self.start(place - 1) + 1)

    def place(self, original: int, length: int) -> int:
        """Return the first of *length* folded places that stands for *original* or for what follows it."""
        if not self.marks:
            return original
        low, high = 0, length
        while low < high:
            middle = (low + high) // 2
            if self.start(middle) < original:
                low = middle + 1
            else:
                high = middle
        return low


def fold(text: str, table: FoldTable) -> Folded:
    """Return *text* folded; plain ASCII, which is most of what is sent, is itself."""
    if text.isascii():
        return Folded(text.encode(), text)
    moving: dict[str, int] = {}
    blocks = [text[at : at + _BLOCK_CHARS] for at in range(0, len(text), _BLOCK_CHARS)]
    return Folded(b"".join([_folded(block, table, moving) for block in blocks]), text, tuple(moving.items()))


def _folded(text: str, table: FoldTable, moving: dict[str, int]) -> bytes:
    """Return *text* folded, and add the characters to *moving* that stand for none or for several."""
    data = encoded(text)
    if len(data) == len(text):
        return data
    foreign = data.translate(None, _ASCII).decode("utf-8", "surrogatepass")
    changes = [(char, change) for char in set(foreign) if (change := table[char]) is not None]
    moving.update((char, change.width) for char, change in changes if change.width != 1)
    if len(changes) > _REPLACED_MAX:
        return encoded(text.translate({ord(char): change.after.decode() for char, change in changes}))
    # No change makes a character that another change is for: folding twice is folding once.
    for _, change in changes:
        data = data.replace(change.before, change.after)
    return data
