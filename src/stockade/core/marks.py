"""How the surrogates of one request are recognised in a text, whatever a model did to their look.

A tag may change case, lose its brackets, be escaped for Markdown, or have a space or hyphen for its
underscores. A realistic surrogate may change case, be escaped, and be broken at its spaces. An altered
identity is never recognised. What stands in their place is ``core.restore``'s business.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from stockade.core.surrogate import normalize_marks

# The label is as short as can be: what follows may be a digest, or a number, and the count of a spelling.
_TAG = re.compile(r"\[([A-Z][A-Z0-9_]*?)_([0-9A-F]+(?:_[0-9]+)?)\]")
# Up to here one search for each literal is cheaper than a look at every word of the text.
_SEARCHES_MAX = 16
_WORD_START = re.compile(r"(?<![0-9a-z_])[0-9a-z]|[^0-9a-z_\s]")
# A backslash before punctuation is Markdown's escape; before anything else it is a backslash.
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[^-`{-~])")
_SPACES = str.maketrans(dict.fromkeys("\t\n\r\x0b\x0c\u00a0\u2007\u202f", " "))
_PUNCTUATION = frozenset(string.punctuation)

# Where a surrogate stands, and the value it stands for.
Match = tuple[int, int, str]


class TagMarks:
    """The surrogates that look like ``[PERSON_7F3A]``.

    Args:
        pairs: surrogate to value; what is no tag is ignored.
    """

    __slots__ = ("_forms", "_labels", "_tags", "longest", "starts")

    def __init__(self, pairs: Mapping[str, str]) -> None:
        self._tags: dict[str, str] = {}
        labels: dict[str, None] = {}
        for surrogate, value in pairs.items():
            tag = _TAG.fullmatch(surrogate)
            if tag:
                self._tags[normalize_marks(surrogate[1:-1])] = value
                labels[tag[1]] = None
        self._labels = tuple((label.partition("_")[0].lower(), _tag_pattern(label)) for label in labels)
        self._forms: list[str] = []
        self.longest = 0
        self.starts: frozenset[str] = frozenset()

    def prepare(self) -> None:
        """Get ready for texts that arrive in pieces."""
        self._forms = sorted(self._tags)
        # Room for the brackets and for every underscore escaped.
        self.longest = max((len(f) + f.count("_") + 4 for f in self._forms), default=0)
        self.starts = frozenset({f[0] for f in self._forms} | {"[", "\\"}) if self._forms else frozenset()

    def may_grow(self, end: str) -> bool:
        """Say whether a text that ends in *end* may go on to be a tag from its first character on."""
        return _begins_one(self._forms, normalize_marks(end.lstrip("\\").removeprefix("[")))

    def matches(self, text: str, lowered: str) -> Iterator[Match]:
        """Yield where tags stand; *lowered* is *text* in lower case, character by character."""
        for head, pattern in self._labels:
            for at in _places(lowered, head):
                match = pattern.match(text, at)
                if match and not _is_word(text, at - 1) and _ends(text, match):
                    value = self._tags.get(normalize_marks(match["core"]))
                    if value is not None:
                        yield (*_bracketed(text, match), value)


class LiteralMarks:
    """The surrogates that look like the real thing.

    Args:
        pairs: surrogate to value; tags are ignored.
    """

    __slots__ = ("_forms", "_head", "_heads", "_literals", "longest", "starts")

    def __init__(self, pairs: Mapping[str, str]) -> None:
        self._literals = {s.lower(): v for s, v in pairs.items() if s and not _TAG.fullmatch(s)}
        self._heads: dict[str, list[int]] = {}
        self._head = min((3, *map(len, self._literals)))
        if len(self._literals) > _SEARCHES_MAX:
            self._index()
        self._forms: list[str] = []
        self.longest = 0
        self.starts: frozenset[str] = frozenset()

    def _index(self) -> None:
        lengths: dict[str, set[int]] = {}
        for literal in self._literals:
            lengths.setdefault(literal[: self._head], set()).add(len(literal))
        self._heads = {head: sorted(found, reverse=True) for head, found in lengths.items()}

    def prepare(self) -> None:
        """Get ready for texts that arrive in pieces."""
        self._forms = sorted(self._literals)
        # Room for every punctuation mark escaped.
        self.longest = max((len(f) + sum(c in _PUNCTUATION for c in f) for f in self._forms), default=0)
        self.starts = frozenset({f[0] for f in self._forms} | {"\\"}) if self._forms else frozenset()

    def may_grow(self, end: str) -> bool:
        """Say whether a text that ends in *end* may go on to be one from its first character on."""
        flat = _ESCAPE.sub("", end.lower().translate(_SPACES))
        return _begins_one(self._forms, flat.removesuffix("\\"))

    def matches(self, lowered: str) -> Iterator[Match]:
        """Yield where realistic surrogates stand in a text, given in lower case, character by character."""
        if not self._literals:
            return
        flat = lowered.translate(_SPACES)
        if "\\" not in flat:
            yield from self._found(flat)
            return
        # Escapes are taken out, and each character that is left remembers its place.
        places = [at for at in range(len(flat)) if not _ESCAPE.match(flat, at)]
        for start, end, value in self._found(_ESCAPE.sub("", flat)):
            first = places[start]
            escaped = first > 0 and _ESCAPE.match(flat, first - 1) is not None
            yield first - escaped, places[end - 1] + 1, value

    def _found(self, flat: str) -> Iterator[Match]:
        literals = self._literals
        for start, end in self._by_word(flat) if self._heads else self._by_search(flat):
            if _stands_alone(flat, start, end):
                yield start, end, literals[flat[start:end]]

    def _by_search(self, flat: str) -> Iterator[tuple[int, int]]:
        for literal in self._literals:
            for at in _places(flat, literal):
                yield at, at + len(literal)

    def _by_word(self, flat: str) -> Iterator[tuple[int, int]]:
        literals, heads, head = self._literals, self._heads, self._head
        for match in _WORD_START.finditer(flat):
            at = match.start()
            for length in heads.get(flat[at : at + head], ()):
                if flat[at : at + length] in literals:
                    yield at, at + length


def start_pattern(starts: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that matches where a mark with one of the first characters *starts* may begin.

    What begins like a word begins none in the middle of another word.
    """
    words = "".join(re.escape(c) for c in sorted(starts) if c.isalnum() or c == "_")
    others = "".join(re.escape(c) for c in sorted(starts) if not (c.isalnum() or c == "_"))
    either = [rf"(?<![0-9A-Za-z_])[{words}]"] if words else []
    either += [f"[{others}]"] if others else []
    # Without a start there is no place.
    return re.compile("|".join(either) or "(?!)", re.IGNORECASE)


def _places(text: str, needle: str) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)


def _begins_one(forms: list[str], begin: str) -> bool:
    """Say whether one of the sorted *forms* begins with *begin*."""
    at = bisect_left(forms, begin)
    return at < len(forms) and forms[at].startswith(begin)


@lru_cache(maxsize=512)
def _tag_pattern(label: str) -> re.Pattern[str]:
    words = r"\\?[_ -]".join(re.escape(word) for word in label.split("_"))
    return re.compile(
        rf"(?P<core>{words}\\?[_ -][0-9a-f]{{1,16}}(?:\\?_[0-9]{{1,6}})?)(?P<close>\\?\])?", re.IGNORECASE
    )


def _bracketed(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Return the span to replace: brackets go only as a pair, so that nothing of the caller's is eaten."""
    start, end = match.start(), match.end("core")
    close = match["close"]
    if close and text[start - 1 : start] == "[":
        if close == "]":
            return start - 1, match.end("close")
        if text[start - 2 : start - 1] == "\\":
            return start - 2, match.end("close")
    return start, end


def _ends(text: str, match: re.Match[str]) -> bool:
    return bool(match["close"]) or not _is_word(text, match.end("core"))


def _is_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isascii() and (text[at].isalnum() or text[at] == "_")


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = _is_word(text, start - 1) and _is_word(text, start)
    after = _is_word(text, end) and _is_word(text, end - 1)
    return not before and not after
