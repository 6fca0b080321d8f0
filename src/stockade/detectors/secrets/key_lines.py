"""Lines of a private key whose header is elsewhere: in a log, line by line, or cut off.

A line of PEM has 64 characters of base64. What also looks so and is no key is left out: certificates and
public keys under their own headers, integrity hashes, pictures and archives. It needs the whole text to
know the headers, so it is for scans of files, not for streams of answers.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate

from stockade.core.finding import Finding, Rule, Severity, Span
from stockade.core.message import ALL_ORIGINS
from stockade.detectors.engine.manual import rule_row
from stockade.detectors.engine.matching import Matcher, compile_pattern
from stockade.detectors.engine.spec import SEPARATOR
from stockade.detectors.secrets.plausible import entropy

_SEPARATOR = SEPARATOR.decode()
LINE_CHARS = 64
# A key of 4,096 bits has 51 lines; what goes on for longer is a file in base64.
LINES_MAX = 110
CONFIDENCE = 0.6
# Random base64 of this length has 5.2 bits a character on average, English in base64 about 4.6.
_BITS_MIN = 4.8
_BASE64 = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
_BEGIN = re.compile(r"-----BEGIN (?!([A-Z0-9]{1,20} ){0,4}PRIVATE KEY)[A-Z0-9 ]{1,60}-----")
_END = re.compile(r"-----END [A-Z0-9 ]{1,60}-----")
# How what is no key begins: certificates (a sequence in a sequence), PNG, JPEG, GIF, gzip, zip, PDF, fonts.
_OTHER = re.compile(
    r"MII[A-Za-z0-9+/]{2}[DTjz]CC|iVBORw0KGgo|/9j/|R0lGOD|H4sI|UEsDB|JVBERi|AAEAAAA|d09GR|T1RUTw|PHN2Zy|PD94bWw|SUkq"
)
# What may follow on the line of a key in a program's or a log's text.
_AFTER = re.compile(r"[\"'`,;+ \t\\nr]{0,8}(?:$|[\r\n])")
_HASH_BEFORE = ("sha384-", "sha512-", "sha256-")

RULE = rule_row(
    "credentials",
    "PRIVATE_KEY_LINE",
    "Line of a private key without its header",
    "MIIEpAIBAAKCAQEA" + "0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7MtLCcKVPtnZTvGyp",
    finds="Lines of 64 characters of random base64, as the body of a private key has them.",
    severity=Severity.HIGH,
)


@cache
def _finder() -> Matcher:
    return compile_pattern(rb"[A-Za-z0-9+/]{64}")


class KeyLines:
    """Finds what is left of private keys."""

    name = "key-lines"
    rules: tuple[Rule, ...] = (RULE,)
    origins = ALL_ORIGINS
    reach: int | None = None

    def detect(self, text: str) -> Sequence[Finding]:
        """Return one finding for each run of lines."""
        return self.detect_many((text,))[0]

    def detect_many(self, texts: Sequence[str]) -> Sequence[Sequence[Finding]]:
        """Return the findings of each text; all are searched as one."""
        joined = _SEPARATOR.join(texts)
        found: list[list[Finding]] = [[] for _ in texts]
        lines: dict[int, list[int]] = {}
        starts: list[int] = []
        for at in _candidates(joined.encode("latin-1", "replace")):
            starts = starts or list(accumulate((len(text) + 1 for text in texts), initial=0))
            number = bisect_right(starts, at) - 1
            place = at - starts[number]
            if _is_key_line(texts[number], place):
                lines.setdefault(number, []).append(place)
        for number, places in lines.items():
            found[number] += _findings(texts[number], places)
        return found


def _findings(text: str, lines: Sequence[int]) -> Iterator[Finding]:
    covered = list(_armoured(text))
    for run in _runs(text, lines):
        inside = any(start <= run[0] < end for start, end in covered)
        if len(run) <= LINES_MAX and not inside and not _OTHER.match(text, run[0]):
            yield Finding(RULE, CONFIDENCE, Span(run[0], run[-1] + LINE_CHARS))


def _candidates(data: bytes) -> Iterator[int]:
    find, at, length = _finder().find, 0, len(data)
    while at < length:
        spans = find(data, at, length)
        if spans is None:
            return
        start, end = spans[0]
        yield start
        at = end


def _is_key_line(text: str, start: int) -> bool:
    end = start + LINE_CHARS
    if (text[start - 1 : start] in _BASE64 and start) or (text[end : end + 1] in _BASE64 and end < len(text)):
        return False
    line = text[start:end]
    if not _AFTER.match(text, end) or text[max(0, start - 7) : start].endswith(_HASH_BEFORE):
        return False
    kinds = any(c.isdigit() for c in line), any(c.isupper() for c in line), any(c.islower() for c in line)
    return all(kinds) and entropy(line) >= _BITS_MIN


def _armoured(text: str) -> Iterator[tuple[int, int]]:
    """Yield the blocks under headers that name no private key."""
    for begin in _BEGIN.finditer(text):
        end = _END.search(text, begin.end())
        yield begin.start(), end.end() if end is not None else len(text)


def _runs(text: str, lines: Sequence[int]) -> Iterator[list[int]]:
    """Join lines that follow each other."""
    run: list[int] = []
    for at in lines:
        if (run and text.count("\n", run[-1] + LINE_CHARS, at) > 1) or (
            run and at - run[-1] > 4 * LINE_CHARS
        ):
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _follows(text: str, end: int, start: int) -> bool:
    """Say whether the line that begins at *start* is the next after the one that ends at *end*."""
    return start - end <= 3 * LINE_CHARS and text.count("\n", end, start) <= 1
