"""How a long text is cut into windows, and how what is found in overlapping windows becomes one place.

Every piece is in at least one window, and a payload shorter than the overlap is whole in one of them. The
last window ends with the text, so none is a stub. It knows nothing of models.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from stockade.core.finding import Span

_BREAK = re.compile(r"[.!?][\s\"')\]]|\n|[\u3002\uff01\uff1f]")
# How far a sentence is followed, in characters, and how much of it has to be covered to be kept.
_NEAR, _COVERED = 240, 0.6


class Stretch(NamedTuple):
    """A half-open range of pieces."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """How many pieces a window has, and how many it shares with the next.

    Attributes:
        pieces: in a window; at least one more than ``overlap``.
        overlap: shared by neighbours.
    """

    pieces: int
    overlap: int

    def stretches(self, count: int) -> list[Stretch]:
        """Return the windows of a text of *count* pieces, in order."""
        if count <= self.pieces:
            return [Stretch(0, count)] if count else []
        step = self.pieces - self.overlap
        last = count - self.pieces
        starts = [*range(0, last, step), last]
        return [Stretch(start, start + self.pieces) for start in starts]


class Scored(NamedTuple):
    """A place in a text with its confidence."""

    span: Span
    confidence: float


def merged(found: Iterable[Scored]) -> list[Scored]:
    """Return *found* by place, what overlaps joined under the highest confidence."""
    joined: list[Scored] = []
    for one in sorted(found):
        if joined and one.span.start < joined[-1].span.end:
            span, confidence = joined[-1]
            wider = Span(span.start, max(span.end, one.span.end))
            joined[-1] = Scored(wider, max(confidence, one.confidence))
        else:
            joined.append(one)
    return joined


def trimmed(text: str, span: Span) -> Span:
    """Return *span* without a sentence at either end that it covers only a smaller part of.

    What stands beside an attack is doubtful, too: a whole sentence is a part of it, a tail is not.
    """
    start, end = span
    breaks = [found.end() for found in _BREAK.finditer(text, start, min(len(text), end + _NEAR))]
    inside = [place for place in breaks if start < place < end]
    if inside:
        begin = max((found.end() for found in _BREAK.finditer(text, max(0, start - _NEAR), start)), default=0)
        if inside[0] - start < _COVERED * (inside[0] - begin):
            start = inside[0]
    inside = [place for place in inside if place > start]
    if inside:
        stop = next((place for place in breaks if place >= end), min(len(text), end + _NEAR))
        if end - inside[-1] < _COVERED * (stop - inside[-1]):
            end = inside[-1]
    words = text[start:end].lstrip()
    return Span(end - len(words) if words else start, end)


def core(marks: Sequence[float], bar: float, gap: int) -> Stretch:
    """Return the pieces that carry the attack: those around the highest mark, to the last above *bar*.

    Marks further apart than *gap* pieces belong to different places; only the place of the highest is taken.
    """
    top = max(range(len(marks)), key=marks.__getitem__)
    start = end = top
    for at in range(top, -1, -1):
        if start - at > gap:
            break
        if marks[at] > bar:
            start = at
    for at in range(top, len(marks)):
        if at - end > gap:
            break
        if marks[at] > bar:
            end = at
    return Stretch(start, end + 1)
