"""Where one thing ends and the next begins: breaks, which no finding may cross.

A run of white space is a break unless one of the tokens beside it has a digit, is a month's name, or both
are single characters (letters spaced out to hide a word) or two letters in hexadecimal. A line end after an
equals sign is none either: that is how mail goes on in the next line. A blank line is always a break, and so
is every character from U+0800 on (CJK and its like are written without spaces), save those for year, month
and day, which join the numbers of a date.

Because findings cannot cross a break and look for context only to the left, a finding depends on nothing
to the right of the next break. That is what lets an answer be released while it is still being written.
What breaks do not know is rules: patterns that need more (private keys) bring their own finder.
"""

from __future__ import annotations

import re

_DIGITS = frozenset(b"0123456789")
_HEX = b"abcdefABCDEF"
# 32: no identifier has more characters between two of its digits.
TOKEN_BYTES = 32
# The first byte of any character from U+0800 on.
WIDE = 0xE0
# How far back a growing text is searched for its last break; what is longer without one is held.
TAIL_BYTES = 2048
# 年 月 日 and 년 월 일
_OF_DATES = "|".join("年月日년월일").encode()
_RUN = re.compile(
    rb"[ \t\n\r\x0b\x0c]+|(?!" + _OF_DATES + rb")[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf7][\x80-\xbf]{3}"
)

_MONTH_NAMES = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec "
    "januar februar marz maerz mai juni juli oktober dezember "
    "janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
    "gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre "
    "janeiro fevereiro marco maio junho julho setembro outubro novembro dezembro "
    "januari februari maart mei augustus"
)
_EDGE = re.compile(rb"[ \t\n\r\x0b\x0c\x00\xe0-\xff]")
_REST_OF_WIDE = bytes(range(0x80, 0xC0))
_LINE_ENDS = (b"\n", b"\r\n")
MONTHS = frozenset(name.encode() for name in _MONTH_NAMES.split())


def is_break(data: bytes, start: int, end: int) -> bool:
    """Say whether the run of white space ``data[start:end]`` is a break."""
    if data.count(b"\n", start, end) > 1:
        return True
    if data[start - 1 : start] == b"=" and data[start:end] in _LINE_ENDS:
        return False
    left = _token_before(data, start)
    right = _token_after(data, end)
    return separates(left, right)


def separates(left: bytes, right: bytes) -> bool:
    """Say whether white space between the tokens *left* and *right* is a break."""
    if not _DIGITS.isdisjoint(left) or not _DIGITS.isdisjoint(right):
        return False
    if (
        len(left) <= 2
        and len(left) == len(right)
        and (len(left) < 2 or not (left + right).translate(None, _HEX))
    ):
        return False
    if len(left) + len(right) <= 1:
        return False
    return left.strip(b".,;").lower() not in MONTHS and right.strip(b".,;").lower() not in MONTHS


def first_break(data: bytes, start: int, end: int) -> int:
    """Return where the first break inside ``data[start:end]`` begins, or -1."""
    for match in _RUN.finditer(data, start, end):
        at, stop = match.span()
        if data[at] >= WIDE or (stop < end and is_break(data, at, stop)):
            return at
    return -1


def last_break(data: bytes, start: int) -> int:
    """Return the end of the last break at or after *start* that no continuation of *data* can undo, or -1.

    The token to the right of such a break is complete: white space or a wide character follows it.
    """
    lowest = max(start, len(data) - TAIL_BYTES)
    runs = [match.span() for match in _RUN.finditer(data, lowest)]
    complete = False
    for at, stop in reversed(runs):
        if data[at] >= WIDE:
            return stop
        if complete and at > lowest and is_break(data, at, stop):
            return stop
        complete = True
    return -1


def _token_before(data: bytes, end: int) -> bytes:
    token = data[max(0, end - TOKEN_BYTES) : end]
    edge = _EDGE.search(token[::-1])
    if edge is None:
        return token
    # What is left over of a wide character is no part of the token behind it.
    return token[len(token) - edge.start() :].lstrip(_REST_OF_WIDE if edge.group()[0] >= WIDE else b"")


def _token_after(data: bytes, start: int) -> bytes:
    stop = min(len(data), start + TOKEN_BYTES)
    edge = _EDGE.search(data, start, stop)
    return data[start : stop if edge is None else edge.start()]
