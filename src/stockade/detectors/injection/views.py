"""Other readings of a text: what is encoded, spelled out, reversed or in digits for letters, decoded.

A reading is the whole text with each encoded run replaced by what it spells, and the way back. It judges
nothing: a decoded run is a finding only if the rules find something in it.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from stockade.core.finding import Span
from stockade.detectors.engine.matching import Matcher, Triggers, compile_pattern, compile_triggers
from stockade.detectors.injection.invisible import hidden_runs

# Runs replaced in one reading: a megabyte of four-letter words in digits would have five times as many.
RUNS_MAX = 50_000
_PRINTABLE_SHARE = 0.9

# One small pattern for each kind of encoding; together one automaton says which readings could differ.
_MAYBE = (
    rb"[a-z0-9+/]{24}",
    rb"\\(?:u00[0-9a-f]{2}|x[0-9a-f]{2})\\?\s?\\(?:u00|x)",
    rb"(?:%[0-9a-f]{2}[a-z0-9._~-]{0,12}){4}",
    rb"(?:&#x?[0-9a-f]{1,6};[ ]?){4}",
    rb"(?:[0-9a-f]{2}[\s:,]?){12}",
    rb"(?:^|[^0-9a-z])[a-z][ ._*|-][a-z][ ._*|-][a-z][^0-9a-z]",
    rb"\b[a-z0-9@$]*[a-z][013457@$]+[a-z][a-z0-9@$]*\b",
    rb"vtaber|cerivbhf|vafgehpgvba|cebzcg|qvfertneq|\blbhe\b|\blbh\b",
    rb"snoitcurtsni|suoiverp|tpmorp|erongi|drageris|metsys",
)

# The kind above that is digits for letters; on purpose only if several words have them.
_LEET_KIND = 6
_LEET_WORDS_MIN = 3

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")
_BASE32 = re.compile(r"\b[A-Z2-7]{32,}={0,6}")
_HEX = re.compile(r"\b(?:[0-9A-Fa-f]{2}[\s:,]?){12,}\b")
_ESCAPES = re.compile(r"(?:\\\\?(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2})\s?){4,}")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2}[A-Za-z0-9._~-]{0,12}){4,}")
_ENTITIES = re.compile(r"(?:&#[xX]?[0-9A-Fa-f]{1,6};[ ]?){4,}")
_SPELLED = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z](?:[._*|-][A-Za-z])+(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9])[A-Za-z](?: [A-Za-z]){3,}(?![A-Za-z0-9])"
    r"|(?<=\s\s)[A-Za-z](?: [A-Za-z])+(?=\s\s)"
)
_LEET = re.compile(
    r"(?<![A-Za-z0-9@$])(?=[a-zA-Z0-9@$]*[a-zA-Z])(?=[a-zA-Z0-9@$]*[013457@$])"
    r"[A-Za-z013457@$8]{2,24}(?![A-Za-z0-9@$])"
)
_ROT13 = re.compile(r"(?i)vtaber|cerivbhf|vafgehpgvba|cebzcg|qvfertneq|\blbhe\b|\blbh\b")
_REVERSED = re.compile(r"(?i)snoitcurtsni|suoiverp|tpmorp|erongi|drageris|metsys")
_BIDI = re.compile("[\u202e\u202d\u2067\u2066]([^\u202c\u2069\n]{2,400})[\u202c\u2069]?")
_LETTERS = str.maketrans("013457@$8", "oieastasb")
_LINE_CHARS_MAX = 2000


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its encoded runs replaced, and the way back.

    Attributes:
        text: the reading.
        runs: for each replaced run, where it stands in ``text`` and where in the original.
    """

    text: str = field(repr=False)
    runs: tuple[tuple[Span, Span], ...]

    def original(self, span: Span) -> Span | None:
        """Return the original's part behind *span*, or ``None`` if nothing in it was decoded."""
        if not any(run.start < span.end and span.start < run.end for run, _ in self.runs):
            return None
        starts = [run.start for run, _ in self.runs]
        return Span(self._place(starts, span.start, last=False), self._place(starts, span.end, last=True))

    def _place(self, starts: Sequence[int], at: int, *, last: bool) -> int:
        index = bisect_right(starts, at - last) - 1
        if index < 0:
            return at
        run, source = self.runs[index]
        if at - last < run.end:
            return source.end if last else source.start
        return source.end + at - run.end


class Decoder:
    """Makes the reading of a text.

    Args:
        linear: whether RE2 is used where it is installed.
    """

    __slots__ = ("_kinds", "_swapped")

    def __init__(self, *, linear: bool = True) -> None:
        self._kinds: Triggers = compile_triggers(_MAYBE, linear=linear)
        self._swapped: Matcher = compile_pattern(_MAYBE[_LEET_KIND], linear=linear)

    def reading(self, text: str, data: bytes) -> Reading | None:
        """Return the reading of *text*, or ``None`` if nothing in it is encoded.

        Args:
            text: as given.
            data: the same, folded and in lower case.
        """
        kinds = set(self._kinds.hits(data))
        if _LEET_KIND in kinds and not _often(self._swapped, data, _LEET_WORDS_MIN):
            kinds.discard(_LEET_KIND)
        if not kinds and text.isascii():
            return None
        taken: list[tuple[int, int, str]] = []
        for start, end, decoded in _candidates(text, kinds):
            if decoded and decoded != text[start:end]:
                taken.append((start, end, decoded))
                if len(taken) >= RUNS_MAX:
                    break
        return _replaced(text, taken) if taken else None


def _often(matcher: Matcher, data: bytes, times: int) -> bool:
    """Say whether *matcher* matches at least *times* times in *data*."""
    at = 0
    for _ in range(times):
        spans = matcher.find(data, at, len(data))
        if spans is None:
            return False
        at = spans[0][1]
    return True


def _candidates(text: str, kinds: AbstractSet[int]) -> Iterator[tuple[int, int, str]]:
    """Yield the runs that may be encoded, and what they spell."""
    if not text.isascii():
        yield from _unseen(text)
    for kind in sorted(kinds):
        for pattern, decode in _DECODERS[kind]:
            for found in pattern.finditer(text):
                yield *found.span(), decode(found.group())
    for kind, pattern, decode in _LINES:
        if kind in kinds:
            yield from _whole_lines(text, pattern, decode)


def _unseen(text: str) -> Iterator[tuple[int, int, str]]:
    for run in hidden_runs(text):
        yield run.start, run.end, f" {run.decoded} " if run.decoded else ""
    for found in _BIDI.finditer(text):
        yield *found.span(), found[1][::-1]


def _whole_lines(
    text: str, pattern: re.Pattern[str], decode: Callable[[str], str]
) -> Iterator[tuple[int, int, str]]:
    end = 0
    for found in pattern.finditer(text):
        if found.start() >= end:
            start, end = _line(text, found.start(), found.end())
            yield start, end, decode(text[start:end])


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    begin = max(text.rfind("\n", 0, start) + 1, start - _LINE_CHARS_MAX)
    stop = text.find("\n", end, end + _LINE_CHARS_MAX)
    return begin, stop if stop >= 0 else min(len(text), end + _LINE_CHARS_MAX)


def _replaced(text: str, taken: list[tuple[int, int, str]]) -> Reading:
    pieces: list[str] = []
    runs: list[tuple[Span, Span]] = []
    at = length = 0
    for start, end, decoded in sorted(taken, key=lambda run: (run[0], -run[1])):
        if start < at:
            continue
        pieces += (text[at:start], decoded)
        length += start - at
        runs.append((Span(length, length + len(decoded)), Span(start, end)))
        length += len(decoded)
        at = end
    pieces.append(text[at:])
    return Reading("".join(pieces), tuple(runs))


def _readable(data: bytes) -> str:
    """Return *data* as text, or an empty string if it is none."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    printable = sum(c.isprintable() or c.isspace() for c in text)
    return text if printable >= _PRINTABLE_SHARE * len(text) else ""


def _base64(run: str) -> str:
    plain = run.rstrip("=").replace("-", "+").replace("_", "/")
    usable = len(plain) - (len(plain) % 4 == 1)
    padded = plain[:usable] + "=" * (-usable % 4)
    try:
        return _readable(base64.b64decode(padded))
    except (binascii.Error, ValueError):
        return ""


def _base32(run: str) -> str:
    plain = run.rstrip("=")
    plain = plain[: len(plain) - len(plain) % 8 % 2] if len(plain) % 8 in {1, 3, 6} else plain
    try:
        return _readable(base64.b32decode(plain + "=" * (-len(plain) % 8)))
    except (binascii.Error, ValueError):
        return ""


def _hex(run: str) -> str:
    digits = re.sub(r"[\s:,]", "", run)
    return _readable(bytes.fromhex(digits[: len(digits) // 2 * 2]))


def _escapes(run: str) -> str:
    codes = re.findall(r"[ux]([0-9A-Fa-f]{4}|[0-9A-Fa-f]{2})", run)
    return "".join(chr(int(code, 16)) for code in codes)


def _percent(run: str) -> str:
    data = re.sub(rb"%([0-9A-Fa-f]{2})", lambda found: bytes((int(found[1], 16),)), run.encode())
    return _readable(data)


def _spelled(run: str) -> str:
    return run[::2]


def _rot13(line: str) -> str:
    return codecs.decode(line, "rot13")


def _reversed(line: str) -> str:
    return line[::-1]


def _leet(word: str) -> str:
    return word.translate(_LETTERS)


# By kind of encoding, in the order of the automata above.
_DECODERS: tuple[tuple[tuple[re.Pattern[str], Callable[[str], str]], ...], ...] = (
    ((_BASE32, _base32), (_BASE64, _base64)),
    ((_ESCAPES, _escapes),),
    ((_PERCENT, _percent),),
    ((_ENTITIES, html.unescape),),
    ((_HEX, _hex),),
    ((_SPELLED, _spelled),),
    ((_LEET, _leet),),
    (),
    (),
)
_LINES: tuple[tuple[int, re.Pattern[str], Callable[[str], str]], ...] = (
    (7, _ROT13, _rot13),
    (8, _REVERSED, _reversed),
)
