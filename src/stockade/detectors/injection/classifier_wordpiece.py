"""Text to the word pieces of the model's vocabulary, each with the place of its word.

Words are runs of letters and digits, or single characters of scripts without blanks; a word is the longest
pieces that the vocabulary knows, in order. The model was trained on exactly this cutting, so it must not be
swapped for a library's: the two differ in rare symbols. It normalizes nothing but case and Hangul: folding
comes before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

PAD, UNKNOWN, START, END = "[PAD]", "[UNK]", "[CLS]", "[SEP]"

_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+|\S"
)
# A longer run is no word (base64, a hash, a minified file): one unknown piece, whatever its length.
_WORD_CHARS_MAX = 48
# Words whose pieces are remembered; a text of more different words is cut without a memory.
_REMEMBERED_MAX = 0x8000


class Pieces(NamedTuple):
    """The pieces of a text: their numbers, and where the word of each begins and ends."""

    ids: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]


class WordPiece:
    """Cuts texts.

    Args:
        vocabulary: the pieces, by number.
    """

    __slots__ = ("_numbers", "_remembered", "end", "pad", "start", "unknown")

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._remembered: dict[str, tuple[int, ...]] = {}
        self.pad, self.unknown = self._numbers[PAD], self._numbers[UNKNOWN]
        self.start, self.end = self._numbers[START], self._numbers[END]

    def cut(self, text: str) -> Pieces:
        """Return the pieces of *text*."""
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        for found in _WORD.finditer(text):
            pieces = self.word(found.group())
            begin, stop = found.span()
            ids += pieces
            if len(pieces) == 1:
                starts.append(begin)
                ends.append(stop)
            else:
                starts += [begin] * len(pieces)
                ends += [stop] * len(pieces)
        return Pieces(ids, starts, ends)

    def word(self, word: str) -> tuple[int, ...]:
        """Return the numbers of the pieces of one word."""
        known = self._remembered.get(word)
        if known is None:
            known = self._pieces(word)
            if len(self._remembered) < _REMEMBERED_MAX:
                self._remembered[word] = known
        return known

    def _pieces(self, word: str) -> tuple[int, ...]:
        if len(word) > _WORD_CHARS_MAX:
            return (self.unknown,)
        plain = word.lower()
        if not plain.isascii():
            plain = unicodedata.normalize("NFD", plain)
        found: list[int] = []
        at = 0
        while at < len(plain):
            number, at = self._longest(plain, at)
            if number < 0:
                return (self.unknown,)
            found.append(number)
        return tuple(found)

    def _longest(self, word: str, at: int) -> tuple[int, int]:
        """Return the longest known piece of *word* at *at*, and where it ends; -1 if there is none."""
        mark = "##" if at else ""
        for stop in range(len(word), at, -1):
            number = self._numbers.get(mark + word[at:stop])
            if number is not None:
                return number, stop
        return -1, at
