"""The detector for files: the full detection, run only where the sieve says that something may be.

It finds in a file what the full detection finds in it, save what is spelled out, turned or escaped letter by
letter, which are ways to slip a secret past an inspected prompt. A text with characters that hide others is
looked at as a whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from stockade.core.finding import Finding, Rule, Span
from stockade.core.message import ALL_ORIGINS
from stockade.detectors.engine.matching import compile_pattern
from stockade.detectors.engine.spec import SEPARATOR
from stockade.detectors.secrets.private_keys import KEY_BYTES_MAX
from stockade.detectors.secrets.sieve import Sieve
from stockade.detectors.secrets.tables import secret_specs
from stockade.detectors.structured import StructuredDetector

# What stands before a value and says what it is, and what a match may still need behind its trigger.
BEFORE_CHARS = 240
BEHIND_CHARS = 260
# A token at the edge of a window is taken in whole, if it is not endless.
TOKEN_CHARS_MAX = 20_000
# Nearly all are much shorter.
TOKEN_CHARS = 100
_SEPARATOR = SEPARATOR.decode()
_HEADER = re.compile(r"-----begin", re.IGNORECASE)
_EDGE = re.compile(r"[^A-Za-z0-9+/=_.\-]")
# Encoded text goes on in the next line.
_WRAPPED = re.compile(r"(?:[A-Za-z0-9+/=_\-]{20,200}\r?\n[ \t]*)*")
# Invisible characters, and letters that stand for others: words of keys are not what they look like. In
# UTF-8, because the search is for bytes: soft hyphen, joiners and directions, variation selectors, byte order
# mark, full width, mathematical alphabets, tags.
_HIDING = (
    rb"\xc2\xad|\xcd\x8f|\xd8\x9c|\xe1\x85[\x9f\xa0]|\xe1\x9e[\xb4\xb5]|\xe1\xa0\x8e|\xe2\x80[\x8b-\x8f\xaa-\xae]|"
    rb"\xe2\x81[\xa0-\xaf]|\xef\xb8[\x80-\x8f]|\xef\xbb\xbf|\xef\xbc[\x81-\xbf]|\xef\xbd[\x80-\x9e]|"
    rb"\xf0\x9d[\x90-\x9f]|\xf3\xa0[\x80-\x87]"
)
# The bytes of UTF-8 that begin no character.
_CONTINUING = bytes(range(0x80, 0xC0))


@dataclass(frozen=True, slots=True)
class _Window:
    """A part of a text: which text, where it begins, and what is in it."""

    number: int
    start: int
    text: str = field(repr=False)


class SecretFiles:
    """Finds secrets in files.

    Args:
        linear: whether RE2 is used where it is installed.
    """

    name = "secret-files"
    origins = ALL_ORIGINS
    reach: int | None = None

    def __init__(self, *, linear: bool = True) -> None:
        specs = secret_specs()
        self._full = StructuredDetector(specs, linear=linear)
        self._sieve = Sieve(specs, linear=linear)
        self._hiding = compile_pattern(_HIDING, linear=linear)
        self.rules: tuple[Rule, ...] = self._full.rules

    def detect(self, text: str) -> Sequence[Finding]:
        """Return the findings in *text*."""
        return self.detect_many((text,))[0]

    def detect_many(self, texts: Sequence[str]) -> Sequence[Sequence[Finding]]:
        """Return the findings of each text; all are sieved as one, and so are their windows looked at."""
        windows = list(self._windows(texts))
        found: list[list[Finding]] = [[] for _ in texts]
        if not windows:
            return found
        for window, findings in zip(windows, self._full.detect_many([w.text for w in windows]), strict=True):
            for one in findings:
                span = Span(one.span.start + window.start, one.span.end + window.start)
                found[window.number].append(Finding(one.rule, one.confidence, span))
        return found

    def _windows(self, texts: Sequence[str]) -> Iterator[_Window]:
        joined = _SEPARATOR.join(texts)
        data = joined.encode("utf-8", "surrogatepass")
        spots = self._sieve.spots(data)
        whole: set[int] = set()
        starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
        if len(data) != len(joined):
            spots = _in_characters(data, spots)
            whole = {number for number, text in enumerate(texts) if not text.isascii() and self._hides(text)}
        by_text: dict[int, list[tuple[int, int]]] = {}
        for start, end in spots:
            number = bisect_right(starts, start) - 1
            by_text.setdefault(number, []).append((start - starts[number], end - starts[number]))
        for number in sorted(whole | by_text.keys()):
            text = texts[number]
            if number in whole:
                yield _Window(number, 0, text)
                continue
            for begin, stop in _merged(text, by_text[number]):
                yield _Window(number, begin, text[begin:stop])

    def _hides(self, text: str) -> bool:
        data = text.encode("utf-8", "surrogatepass")
        return self._hiding.find(data, 0, len(data)) is not None


def _merged(text: str, spots: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the windows for *spots* (by place); those that touch are one."""
    begin = stop = 0
    for start, end in spots:
        header = _HEADER.match(text, start)
        if end + BEHIND_CHARS <= stop and header is None:
            continue
        first, last = _left(text, start), _right(text, end)
        if header is not None:
            last = max(last, min(len(text), end + KEY_BYTES_MAX))
        if first > stop:
            if stop:
                yield begin, stop
            begin = first
        stop = max(stop, last)
    if stop:
        yield begin, stop


def _in_characters(data: bytes, spots: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return *spots* in characters; a character that a spot cuts belongs to it."""
    counts: dict[int, int] = {}
    at = count = 0
    for place in sorted({place for spot in spots for place in spot}):
        count += len(data[at:place].translate(None, _CONTINUING))
        counts[place] = count
        at = place
    return [(max(0, counts[start] - 1), counts[end]) for start, end in spots]


def _left(text: str, start: int) -> int:
    """Return where a window for something at *start* begins: not inside a token."""
    at = max(0, start - BEFORE_CHARS)
    for reach in (TOKEN_CHARS, TOKEN_CHARS_MAX):
        lowest = max(0, at - reach)
        # From the right: the last edge before is the first of what is reversed.
        edge = _EDGE.search(text[lowest:at][::-1])
        if edge is not None or not lowest:
            return at - edge.start() if edge is not None else 0
    return at


def _right(text: str, end: int) -> int:
    """Return where a window for what ends at *end* ends: behind its token and the lines that it fills."""
    at = min(len(text), end + BEHIND_CHARS)
    highest = min(len(text), at + TOKEN_CHARS_MAX)
    edge = _EDGE.search(text, at, highest)
    at = edge.start() if edge is not None else highest
    line = _WRAPPED.match(text, min(at + 1, len(text)), highest)
    return max(at, line.end()) if line is not None and line.end() > at + 1 else at
