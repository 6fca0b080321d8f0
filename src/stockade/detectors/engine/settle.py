"""How far a growing text is settled: the last break that nothing to come can undo, or cross.

Where there is no break for long (tables of numbers), a place is taken that no hit crosses and that the
longest hit with white space in it, begun before it, could not reach past the end of what is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from stockade.detectors.engine.breaks import last_break
from stockade.detectors.engine.spec import SPACED_BYTES_MAX, Hit

# Held this long without a break, the slower way is tried.
PATIENCE_BYTES = 256
_SPACE_RUN = re.compile(rb"[ \t\n\r\x0b\x0c]+")

Blocks = Callable[[bytes, int], Iterator[tuple[int, int, bool]]]


def settled_place(data: bytes, start: int, blocks: Blocks, scan: Callable[[bytes], Sequence[Hit]]) -> int:
    """Return the offset, at least *start*, up to which *data* is settled.

    Args:
        data: the folded bytes, with enough context before *start*.
        start: where the settled part ended last time.
        blocks: yields spans that break rules do not apply in, and whether each is closed.
        scan: returns the hits of the data.
    """
    closed: list[tuple[int, int]] = []
    known = data
    for begin, end, final in blocks(data, start):
        if not final:
            known = data[:begin]
            break
        closed.append((begin, end))
    place = last_break(known, start)
    for begin, end in reversed(closed):
        if begin < place <= end:
            known = known[:begin]
            place = last_break(known, start)
    if place > start:
        return place
    if len(known) - start < PATIENCE_BYTES:
        return start
    return _uncrossed(known, start, scan(known))


def _uncrossed(data: bytes, start: int, hits: Sequence[Hit]) -> int:
    latest = len(data) - SPACED_BYTES_MAX
    best = start
    crossing = sorted((hit.start, hit.end) for hit in hits if hit.end > start)
    for run in _SPACE_RUN.finditer(data, max(start, latest - PATIENCE_BYTES), max(start, latest)):
        place = run.end()
        if place <= latest and not any(begin < place < end for begin, end in crossing):
            best = max(best, place)
    return best
