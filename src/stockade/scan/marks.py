"""Marks in a file that say that what stands on a line is known and no secret.

The marks of the neighbours are honoured, so that nobody has to mark a line twice: ``pragma: allowlist
secret`` (and ``pragma: allowlist nextline secret``), ``gitleaks:allow``; our own is ``stockade:allow``.
"""

from __future__ import annotations

import re

_HERE = re.compile(r"pragma:[ ]?(?:allow|white)list[ _-]secret|gitleaks:allow|stockade:allow")
_NEXT = re.compile(r"pragma:[ ]?(?:allow|white)list[ _-]nextline[ _-]secret")
# Lines are looked at as far as this to either side: minified files have one line.
_REACH_CHARS = 2000


def has_marks(text: str) -> bool:
    """Say whether there is any mark in *text*."""
    return _search(_HERE, text) or _search(_NEXT, text)


def is_marked(text: str, start: int, end: int) -> bool:
    """Say whether the lines of ``text[start:end]``, or the line before, carry a mark."""
    first = text.rfind("\n", max(0, start - _REACH_CHARS), start)
    last = text.find("\n", end, end + _REACH_CHARS)
    first = max(0, start - _REACH_CHARS) if first < 0 else first + 1
    last = min(len(text), end + _REACH_CHARS) if last < 0 else last
    if _search(_HERE, text[first:last]):
        return True
    lowest = max(0, first - _REACH_CHARS)
    before = text.rfind("\n", lowest, max(0, first - 1))
    return _search(_NEXT, text[max(lowest, before) : first])


def _search(pattern: re.Pattern[str], text: str) -> bool:
    # Every mark has one of these words; looking for words is a hundred times as fast as for the pattern.
    lower = text.lower()
    return ("allow" in lower or "whitelist" in lower) and pattern.search(lower) is not None
