"""Where the words stand after which a value is looked for: one pass over the text for all of them.

Values that only their words give away (an account number is any eight digits) are looked for where a word
stands, not the other way round: text is full of numbers, and such words are rare. It knows no values.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping

from stockade.detectors.engine.matching import Matcher, compile_pattern
from stockade.detectors.engine.spec import SEPARATOR, Context

# The first byte that is not ASCII.
WIDE_BYTE = 0x80
_DIGIT = re.compile(rb"\d")
# How many bytes a value may have before its first digit.
_BEFORE_DIGIT_BYTES = 16
_LETTER = rb"A-Za-z"
# No word of a context is longer, with what is written onto it and the byte behind.
_WORD_BYTES_MAX = 96
# What is written onto such a word without a space: passportNo, Passnummer, IDs.
_ONTO = rb"(?:numbers?|nummern?|nummer|num|nr|no|ids?|codes?|s|en|n)?"


def words_pattern(words: Iterable[str]) -> bytes:
    """Return *words* as one pattern; the first group that took part is the word.

    A word of the Latin alphabet is bounded by what is no letter; a word of another alphabet only on its
    left, because endings follow; a word of a script without spaces stands anywhere.
    """
    longest_first = sorted({word.encode() for word in words}, key=lambda word: (-len(word), word))
    latin = [word for word in longest_first if word.isascii()]
    spaceless = [word for word in longest_first if not word.isascii() and max(word) >= 0xE0]
    other = [word for word in longest_first if not word.isascii() and max(word) < 0xE0]
    parts = []
    if latin:
        parts.append(b"(?:^|[^%b])(%b)%b(?:[^%b]|$)" % (_LETTER, _either(latin), _ONTO, _LETTER))
    if other:
        parts.append(rb"(?:^|[^%b\x80-\xff])(%b)" % (_LETTER, _either(other)))
    if spaceless:
        parts.append(b"(%b)" % _either(spaceless))
    return b"|".join(parts)


def _either(words: Iterable[bytes]) -> bytes:
    return b"|".join(re.escape(word) for word in words)


class Nearby:
    """Finds the words of many contexts at once.

    Args:
        contexts: for each number (of a pattern), its words.
        digits: the numbers whose values have a digit; a word without one in reach is passed over.
        linear: whether RE2 is used where it is installed.
    """

    __slots__ = ("_contexts", "_digits", "_furthest", "_linear", "_matcher", "_owners")

    def __init__(
        self, contexts: Mapping[int, Context], digits: Iterable[int], *, linear: bool = True
    ) -> None:
        self._contexts = dict(contexts)
        self._digits = frozenset(digits)
        self._furthest = max((context.reach for context in contexts.values()), default=0)
        self._linear = linear
        self._matcher: Matcher | None = None
        owners: dict[bytes, list[int]] = {}
        for number, context in contexts.items():
            for word in context.words:
                owners.setdefault(word.encode(), []).append(number)
        self._owners = {word: tuple(numbers) for word, numbers in owners.items()}

    def compile(self) -> None:
        """Compile the pattern of all words now; otherwise it is compiled when it is first needed."""
        if self._matcher is None and self._owners:
            pattern = b"(?i)" + words_pattern(self._all())
            self._matcher = compile_pattern(pattern, linear=self._linear)

    def places(
        self, data: bytes, within: tuple[int, int], awake: Container[int]
    ) -> dict[int, list[tuple[int, int]]]:
        """Return for each *awake* number the spans of *data*, by place, in which its values may start.

        A span begins where a word ends that begins *within*; it ends where the word's reach does or its
        next word begins.
        """
        found: dict[int, list[tuple[int, int]]] = {}
        for begin, end in self._words(data, *within):
            numbers = [number for number in self._owners[data[begin:end].lower()] if number in awake]
            if numbers:
                self._note(found, data, (begin, end), numbers)
        return found

    def _note(
        self,
        found: dict[int, list[tuple[int, int]]],
        data: bytes,
        word: tuple[int, int],
        numbers: Iterable[int],
    ) -> None:
        first = -1
        begin, end = word
        barrier = data.find(SEPARATOR, end, end + self._furthest)
        limit = len(data) if barrier < 0 else barrier
        for number in numbers:
            reach = self._contexts[number].reach
            if number in self._digits:
                if first < 0:
                    match = _DIGIT.search(data, end, min(end + self._furthest + _BEFORE_DIGIT_BYTES, limit))
                    first = match.start() if match is not None else len(data)
                if first >= min(end + reach + _BEFORE_DIGIT_BYTES, limit):
                    continue
            spans = found.setdefault(number, [])
            if spans and spans[-1][1] > begin:
                spans[-1] = (spans[-1][0], begin)
            # Scripts without letters of ours need no space before a value: the word's last byte is its edge.
            spans.append((end - (data[end - 1] >= WIDE_BYTE), min(end + reach, limit)))

    def _words(self, data: bytes, start: int, stop: int) -> Iterable[tuple[int, int]]:
        self.compile()
        matcher = self._matcher
        # The byte before the first word shows that it begins there.
        at, length = max(0, start - 1), len(data)
        limit = min(length, stop + _WORD_BYTES_MAX)
        while matcher is not None and at < stop:
            spans = matcher.find(data, at, limit)
            if spans is None:
                return
            begin, end = next(span for span in spans[1:] if span[0] >= 0)
            if begin >= stop:
                return
            if begin >= start:
                yield begin, end
            # A word may begin inside a phrase: "tax id card" holds "tax id" and "id card".
            space = data.find(b" ", begin, end)
            at = space if space >= 0 else max(end, at + 1)

    def _all(self) -> Iterable[str]:
        return (word for context in self._contexts.values() for word in context.words)
