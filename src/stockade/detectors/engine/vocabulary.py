"""Thousands of words and phrases looked for at once, in any script: where they stand in parts of a text.

The automaton of a pattern of that many words does not fit its memory, and a set of them thrashes. So the
parts are cut into tokens, and the first tokens of the phrases are looked up among them, in one step for all;
a phrase is searched for only if its first token is there. Words outside ASCII, and those that begin with a
lone letter (a/c, d.n.i), are few enough for patterns. It knows no values.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import itemgetter

from stockade.detectors.engine.matching import Matcher, compile_pattern

# What is written onto such a word without a space: passportNo, Passnummer, IDs.
_ENDINGS = (
    "number",
    "numbers",
    "nummer",
    "nummern",
    "num",
    "nr",
    "no",
    "id",
    "ids",
    "code",
    "codes",
    "s",
    "en",
    "n",
)
_ONTO = "(?:" + "|".join(sorted(_ENDINGS, key=len, reverse=True)) + ")?"
_HEAD = re.compile(rb"[a-z]{2,}")
_JOINT = re.compile(rb"[ _-]+")
# Between the words of a phrase: a space, or what stands for one in a name (date_of_birth).
_BETWEEN = rb"[ _\-]{1,2}"
_SMALL = frozenset(b"abcdefghijklmnopqrstuvwxyz")
# Whatever is no small letter becomes a space.
_CUT = bytes(code if code in _SMALL else 32 for code in range(256))

# The head of the words that have none.
ODD = b""
# What may stand behind a phrase: no letter, or the first one of what is written onto it.
_GOES_ON = b"[^%b]" % bytes(sorted(_SMALL - {ord(ending[0]) for ending in _ENDINGS}))
# No token of a phrase is longer.
_TOKEN_BYTES = 40
# A phrase: where it begins, where it ends, and which it is.
Place = tuple[int, int, bytes]


class Vocabulary:
    """Finds words.

    Args:
        words: folded, in lower case.
        linear: whether RE2 is used where it is installed.
    """

    __slots__ = (
        "_glued",
        "_heads",
        "_linear",
        "_longest",
        "_odd",
        "_odd_words",
        "_patterns",
        "_phrases",
        "_seconds",
        "_tokens",
    )

    def __init__(self, words: Iterable[str], *, linear: bool = True) -> None:
        self._linear = linear
        self._phrases: dict[bytes, list[bytes]] = {}
        # dateOfBirth -> date of birth
        self._glued: dict[bytes, bytes] = {}
        # Inside ASCII, and outside it.
        self._odd_words: tuple[set[bytes], set[bytes]] = (set(), set())
        for word in words:
            plain = word.encode()
            head = _HEAD.match(plain)
            if word.isascii() and head is not None:
                phrases = self._phrases.setdefault(head.group(), [])
                if plain not in phrases:
                    phrases.append(plain)
                    self._glue(plain)
            else:
                self._odd_words[not word.isascii()].add(plain)
        self._heads = {head + end.encode(): head for end in _ENDINGS for head in self._phrases}
        self._heads |= {head: head for head in self._phrases}
        self._tokens = frozenset(self._heads)
        self._seconds = {head: _seconds(phrases) for head, phrases in self._phrases.items()}
        every = (*self._phrases.values(), *self._odd_words)
        # Between the words of a phrase may stand two bytes instead of one.
        self._longest = _TOKEN_BYTES + 2 * max((len(word) for words in every for word in words), default=0)
        self._patterns: dict[bytes, re.Pattern[bytes]] = {}
        self._odd: dict[bool, Matcher] = {}

    def _glue(self, phrase: bytes) -> None:
        glued = _JOINT.sub(b"", phrase)
        if glued != phrase and _HEAD.fullmatch(glued):
            self._glued[glued] = _JOINT.sub(b" ", phrase)
            self._phrases.setdefault(glued, [glued])

    def triggers(self) -> dict[bytes, bytes]:
        """Return small patterns, one of which is in every text with a phrase, and the head of each.

        The words that no head stands for have one pattern together, and `ODD` is their head. Those outside
        ASCII have none: whether there are any shows at once.
        """
        found = {
            b"[^a-z]" + _spaced(phrase) + _GOES_ON: head
            for head, phrases in self._phrases.items()
            for phrase in phrases
        }
        if self._odd_words[False]:
            found[_either(sorted(self._odd_words[False]))] = ODD
        return found

    def compile(self) -> None:
        """Compile every pattern now; otherwise each is compiled when its first token is met."""
        for head in self._phrases:
            self._pattern(head)
        for foreign in (False, True):
            self._odd_matcher(foreign=foreign)

    def find(
        self, data: bytes, parts: Sequence[tuple[int, int]], heads: Collection[bytes] | None = None
    ) -> list[Place]:
        """Return the phrases that begin in the *parts* of *data* (ascending, apart), by place.

        *heads* are those of `triggers` that are known to be there; without them they are looked for.
        """
        if not parts:
            return []
        # One byte before the first part shows that a word begins there; the last word may end behind it.
        base = max(0, parts[0][0] - 1)
        lower = data[base : parts[-1][1] + self._longest].lower()
        within = [(start - base, stop - base) for start, stop in parts]
        known = self._heads_in(lower, within) if heads is None else heads
        found = [place for head in known if head for place in self._phrases_at(head, lower, within)]
        if heads is None or ODD in heads:
            found += self._odd_places(lower, within, foreign=False)
        if not lower.isascii():
            found += self._odd_places(lower, within, foreign=True)
        found.sort()
        return [(begin + base, end + base, word) for begin, end, word in found] if base else found

    def _heads_in(self, data: bytes, parts: Sequence[tuple[int, int]]) -> set[bytes]:
        # The last word of a part may end behind it.
        joined = b" ".join([data[start : stop + _TOKEN_BYTES] for start, stop in parts])
        tokens = joined.translate(_CUT).split()
        heads = {self._heads[token] for token in self._tokens.intersection(tokens)}
        # "date of birth" needs "of": most of the heads that are everyday words fall away.
        return {h for h in heads if not (seconds := self._seconds[h]) or not seconds.isdisjoint(tokens)}

    def _phrases_at(self, head: bytes, lower: bytes, parts: Sequence[tuple[int, int]]) -> Iterator[Place]:
        match = self._pattern(head).match
        at, stop = parts[0][0], parts[-1][1]
        while (at := lower.find(head, at, stop + len(head))) >= 0:
            if (not at or lower[at - 1] not in _SMALL) and _within(at, parts):
                found = match(lower, at)
                if found is not None:
                    yield at, found.end(1), self._named(found[1])
            at += len(head)

    def _named(self, phrase: bytes) -> bytes:
        return self._glued.get(phrase) or _JOINT.sub(b" ", phrase)

    def _pattern(self, head: bytes) -> re.Pattern[bytes]:
        pattern = self._patterns.get(head)
        if pattern is None:
            phrases = sorted(self._phrases[head], key=len, reverse=True)
            whole = rb"(%b)%b(?![a-z])" % (_either(phrases), _ONTO.encode())
            pattern = self._patterns[head] = re.compile(whole)
        return pattern

    def _odd_places(
        self, lower: bytes, parts: Sequence[tuple[int, int]], *, foreign: bool
    ) -> Iterator[Place]:
        matcher = self._odd_matcher(foreign=foreign)
        # The byte before the first word shows that it begins there.
        at, stop = max(0, parts[0][0] - 1), parts[-1][1]
        while matcher is not None and at < stop:
            spans = matcher.find(lower, at, len(lower))
            if spans is None:
                return
            begin, end = next(span for span in spans[1:] if span[0] >= 0)
            if begin < stop and _within(begin, parts):
                yield begin, end, _JOINT.sub(b" ", lower[begin:end])
            at = max(end, at + 1)

    def _odd_matcher(self, *, foreign: bool) -> Matcher | None:
        if foreign not in self._odd and self._odd_words[foreign]:
            pattern = words_pattern(self._odd_words[foreign])
            self._odd[foreign] = compile_pattern(pattern, linear=self._linear)
        return self._odd.get(foreign)


def _seconds(phrases: Iterable[bytes]) -> frozenset[bytes]:
    """Return the second tokens of *phrases*, one of which has to be there; none if a phrase has one token."""
    found: set[bytes] = set()
    for phrase in phrases:
        tokens = phrase.translate(_CUT).split()
        if len(tokens) < 2:
            return frozenset()
        found.update((tokens[1], *(tokens[1] + end.encode() for end in _ENDINGS)))
    return frozenset(found)


def canonical(word: str) -> bytes:
    """Return *word* as `Vocabulary.find` names it."""
    return _JOINT.sub(b" ", word.encode())


def _within(place: int, parts: Sequence[tuple[int, int]]) -> bool:
    index = bisect_right(parts, place, key=itemgetter(0)) - 1
    return index >= 0 and place < parts[index][1]


def words_pattern(words: Iterable[bytes]) -> bytes:
    """Return *words* as one pattern; the first group that took part is the word.

    A word of the Latin alphabet is bounded by what is no letter; a word of another alphabet only on its
    left, because endings follow; a word of a script without spaces stands anywhere.
    """
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    latin = [word for word in longest_first if word.isascii()]
    spaceless = [word for word in longest_first if not word.isascii() and max(word) >= 0xE0]
    other = [word for word in longest_first if not word.isascii() and max(word) < 0xE0]
    parts = []
    if latin:
        parts.append(b"(?:^|[^A-Za-z])(%b)%b(?:[^A-Za-z]|$)" % (_either(latin), _ONTO.encode()))
    if other:
        parts.append(rb"(?:^|[^A-Za-z\x80-\xff])(%b)" % _either(other))
    if spaceless:
        parts.append(b"(%b)" % _either(spaceless))
    return b"|".join(parts)


def _spaced(phrase: bytes) -> bytes:
    return _BETWEEN.join(re.escape(part) for part in _JOINT.split(phrase))


def _either(words: Iterable[bytes]) -> bytes:
    return b"|".join(_spaced(word) for word in words)
