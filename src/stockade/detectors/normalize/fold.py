"""Folding: every character to the plain characters a reader would take it for, with an exact offset map.

Each character is folded on its own: compatibility forms (full-width, ligatures, mathematical alphabets)
are decomposed, combining marks, zero-width characters, bidi controls, Unicode tags and variation selectors
disappear, look-alikes of other scripts and decimal digits of any script become ASCII, letters that stay
outside ASCII become lower case. Because no neighbour is looked at, folding a part is a part of folding the
whole, and places map back exactly. Context words are folded the same way, so a Russian word whose letters
look Latin is still found. It does not judge whether a text was meant to deceive.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field

from stockade.detectors.normalize.confusables import CONFUSABLES

_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_DROPPED_CATEGORIES = frozenset({"Mn", "Me", "Cf"})


class FoldTable(dict[int, str]):
    """Character to its folding; filled as characters are met, so at most one entry per character."""

    def __missing__(self, code: int) -> str:
        """Fold the character *code* and remember it."""
        folded = self[code] = fold_character(chr(code))
        return folded


def fold_character(char: str) -> str:
    """Return what *char* is folded to; empty if it is invisible."""
    if char < "\x80":
        return char
    known = CONFUSABLES.get(char)
    if known is not None:
        return known
    category = unicodedata.category(char)
    if category in _DROPPED_CATEGORIES or 0xE0000 <= ord(char) <= 0xE0FFF:
        return ""
    if category == "Zs":
        return " "
    if category in {"Zl", "Zp"}:
        return "\n"
    if category == "Pd":
        return "-"
    if category == "Cs":
        return "\ufffd"
    decimal = unicodedata.decimal(char, None)
    if decimal is not None:
        return str(decimal)
    return _decomposed(char)


def _decomposed(char: str) -> str:
    parts = []
    for part in unicodedata.normalize("NFKD", char):
        if part < "\x80":
            parts.append(part)
        elif unicodedata.category(part) not in _DROPPED_CATEGORIES:
            parts.append(CONFUSABLES.get(part, part.lower()))
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back.

    Attributes:
        text: the folded text.
        marks: places in ``text`` where the shift changes, ascending; empty if nothing moved.
        origins: the place in the original that each mark stands for.
        singles: whether the characters from the mark on stand for one original character each; where they
            do not, they all stand for the one at the origin.
    """

    text: str = field(repr=False)
    marks: tuple[int, ...] = ()
    origins: tuple[int, ...] = ()
    singles: tuple[bool, ...] = ()

    def start(self, place: int) -> int:
        """Return where the original character behind ``text[place]`` begins."""
        if not self.marks:
            return place
        index = bisect_right(self.marks, place) - 1
        if index < 0:
            return place
        origin = self.origins[index]
        return origin + (place - self.marks[index]) if self.singles[index] else origin

    def end(self, place: int) -> int:
        """Return where what stands behind ``text[:place]`` ends, marks and invisible characters included."""
        if not self.marks or not place:
            return place
        last = self.start(place - 1)
        after = self.start(place)
        # Inside an expansion the next place is the same character: the whole of it belongs to the span.
        return max(after, last + 1)

    def place(self, original: int) -> int:
        """Return the first place of the folded text that stands for *original* or for what follows it."""
        low, high = 0, len(self.text)
        while low < high:
            middle = (low + high) // 2
            if self.start(middle) < original:
                low = middle + 1
            else:
                high = middle
        return low


def fold(text: str, table: FoldTable) -> Folded:
    """Return *text* folded."""
    if text.isascii():
        return Folded(text)
    pieces: list[str] = []
    marks: list[int] = []
    origins: list[int] = []
    singles: list[bool] = []
    at = length = 0
    for run in _FOREIGN.finditer(text):
        start, end = run.span()
        pieces.append(text[at:start])
        length += start - at
        folded = [table[ord(char)] for char in run.group()]
        moved = any(len(part) != 1 for part in folded)
        if moved:
            for offset, part in enumerate(folded):
                if part:
                    marks.append(length)
                    origins.append(start + offset)
                    singles.append(len(part) == 1)
                length += len(part)
            marks.append(length)
            origins.append(end)
            singles.append(True)
        else:
            length += end - start
        pieces += folded
        at = end
    pieces.append(text[at:])
    return Folded("".join(pieces), tuple(marks), tuple(origins), tuple(singles))
