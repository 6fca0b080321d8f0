"""Runs of letters and digits that go on in the next line, as mail and keys are wrapped.

Such a run is one thing although white space cuts it, so a growing text is not settled inside it. It does not
decode what it finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stockade.detectors.engine.matching import Matcher

# What shows that a run is wrapped: this many of its bytes before the end of a line.
LINE = rb"[A-Za-z0-9+/]{40}\r?\n"
LINE_BYTES_MIN = 40
_OUTSIDE = re.compile(rb"[^A-Za-z0-9+/]")
_NEXT = re.compile(rb"[ \t>#*]{0,8}([A-Za-z0-9+/]*)(={0,2})")
_LINE_END = re.compile(rb"\r?\n")


def wrapped(data: bytes, start: int, lines: Matcher) -> Iterator[tuple[int, int, bool]]:
    """Yield each wrapped run from *start* on: where it begins and ends, and whether that is final.

    Args:
        data: the text.
        start: where to begin.
        lines: finds `LINE`.
    """
    at = start
    while (spans := lines.find(data, at, len(data))) is not None:
        place, behind = spans[0]
        before = _OUTSIDE.search(data[at:place][::-1])
        end, final = _end(data, behind)
        yield at if before is None else place - before.start(), end, final
        at = max(end, behind)


def _end(data: bytes, at: int) -> tuple[int, bool]:
    """Return where the run ends that goes on in the line at *at*, and whether that is final."""
    end = at
    while (line := _NEXT.match(data, at)) is not None:
        if line.end() == len(data) or data[line.end() :] == b"\r":
            return len(data), False
        if not line.group(1):
            return end, True
        end = line.end()
        newline = _LINE_END.match(data, end)
        if newline is None or line.group(2) or len(line.group(1)) < LINE_BYTES_MIN:
            return end, True
        at = newline.end()
    return end, True
