"""Where the words stand after which a value is looked for: one pass over the text for all of them.

Values that only their words give away (an account number is any eight digits) are looked for where a word
stands, and a word only where enough digits follow in its reach: prose has few. It knows no values.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence

from stockade.detectors.engine.spec import SEPARATOR, Context
from stockade.detectors.engine.vocabulary import Vocabulary, canonical

# Digits, and what people put between them.
_CLUSTER = re.compile(rb"[0-9](?:[ .\-/()]{0,4}[0-9])*")
_BETWEEN_DIGITS = b" .-/()"
# More digits in a row than any value needs.
_DIGITS_MAX = 32
# How many bytes a value may have before its first digit.
_BEFORE_DIGIT_BYTES = 16
# The first byte that is not ASCII.
WIDE_BYTE = 0x80

# Digits that stand together: where they begin, and how many they are.
Cluster = tuple[int, int]


class Nearby:
    """Finds the words of many contexts at once.

    Args:
        contexts: for each number (of a pattern), its words.
        needs: for each number, how many digits its values have together at least.
        linear: whether RE2 is used where it is installed.
    """

    __slots__ = ("_contexts", "_longest", "_needs", "_owners", "_reaches", "_vocabulary")

    def __init__(
        self, contexts: Mapping[int, Context], needs: Mapping[int, int], *, linear: bool = True
    ) -> None:
        self._contexts = dict(contexts)
        self._needs = dict(needs)
        # How far left of so many digits a word may end.
        self._reaches = tuple(
            max((c.reach + _BEFORE_DIGIT_BYTES for n, c in contexts.items() if needs[n] <= count), default=0)
            for count in range(_DIGITS_MAX + 1)
        )
        owners: dict[bytes, list[int]] = {}
        for number, context in contexts.items():
            for word in dict.fromkeys(map(canonical, context.words)):
                owners.setdefault(word, []).append(number)
        self._owners = {word: tuple(numbers) for word, numbers in owners.items()}
        words = (word for context in contexts.values() for word in context.words)
        self._longest = max(map(len, owners), default=0) + 1
        self._vocabulary = Vocabulary(words, linear=linear)

    def compile(self) -> None:
        """Compile every pattern now; otherwise each is compiled when it is first needed."""
        self._vocabulary.compile()

    def triggers(self) -> dict[bytes, bytes]:
        """Return small patterns, one of which is where a word is, and the first token of each."""
        return self._vocabulary.triggers() if self._contexts else {}

    def places(
        self, data: bytes, within: tuple[int, int], heads: Collection[bytes] | None = None
    ) -> tuple[list[int], dict[int, list[tuple[int, int]]]]:
        """Return where words begin, and for each number the spans of *data* in which its values may start.

        A span begins where a word ends that begins *within*; it ends where the word's reach does or its
        next word begins. *heads* are those of `triggers` that are known to be there.
        """
        found: dict[int, list[tuple[int, int]]] = {}
        start, stop = within
        behind = min(len(data), stop + self._reaches[-1])
        if heads is not None and not heads and data[start:behind].isascii():
            return [], found
        clusters = self._clusters(data, start, min(len(data), behind + self._longest))
        if not clusters and not self._reaches[0]:
            return [], found
        # Words behind the stretch may stand before values of words within it.
        words = self._vocabulary.find(data, [(start, behind)], heads)
        for place in words:
            if place[0] < stop:
                self._note(found, data, place, clusters)
        return [begin for begin, _, _ in words], found

    def _clusters(self, data: bytes, start: int, stop: int) -> list[Cluster]:
        return [
            (match.start(), min(len(match[0].translate(None, _BETWEEN_DIGITS)), _DIGITS_MAX))
            for match in _CLUSTER.finditer(data, start, stop)
        ]

    def _note(
        self,
        found: dict[int, list[tuple[int, int]]],
        data: bytes,
        place: tuple[int, int, bytes],
        clusters: Sequence[Cluster],
    ) -> None:
        begin, end, word = place
        barrier = data.find(SEPARATOR, end, end + self._reaches[-1])
        limit = len(data) if barrier < 0 else barrier
        first = bisect_left(clusters, (end, 0))
        for number in self._owners[word]:
            stop = min(end + self._contexts[number].reach, limit)
            if not self._enough(clusters, first, min(stop + _BEFORE_DIGIT_BYTES, limit), self._needs[number]):
                continue
            spans = found.setdefault(number, [])
            if spans and spans[-1][1] > begin:
                spans[-1] = (spans[-1][0], begin)
            # Scripts without letters of ours need no space before a value: the word's last byte is its edge.
            spans.append((end - (data[end - 1] >= WIDE_BYTE), stop))

    def _enough(self, clusters: Sequence[Cluster], at: int, stop: int, need: int) -> bool:
        """Say whether *need* digits stand together before *stop*."""
        while need and at < len(clusters) and clusters[at][0] < stop:
            if clusters[at][1] >= need:
                return True
            at += 1
        return not need
