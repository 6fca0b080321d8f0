"""Windows of prepared rows: where the payload is, what surrounds it, and what has none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

# Pieces of text in a window at inference; three more are the start, the origin and the end.
PIECES_MAX = 124
# In training most windows are shorter: what matters is the payload and a little around it.
SIZES = ((0.6, 36, 60), (0.9, 60, 90), (1.0, 90, PIECES_MAX))
PIECES_MIN = 36
# Pieces around a payload that may belong to it (what introduces it is not recorded).
UNSURE = 14
UNKNOWN = -100.0


@dataclass(frozen=True)
class Rows:
    """Prepared rows."""

    ids: np.ndarray
    offsets: np.ndarray
    table: np.ndarray

    @classmethod
    def load(cls, path: Path) -> Rows:
        """Read what ``prepare`` wrote."""
        with np.load(path) as found:
            return cls(found["ids"], found["offsets"], found["table"])

    def pieces(self, row: int) -> np.ndarray:
        """Return the pieces of a row."""
        return self.ids[self.offsets[row] : self.offsets[row + 1]]


@dataclass
class Window:
    """One example: pieces, label, origin and the label of each piece (UNKNOWN: not said)."""

    ids: np.ndarray
    label: float
    channel: int
    marks: np.ndarray


def windows_of(rows: Rows, row: int, rng: np.random.Generator) -> Iterator[Window]:
    """Yield the examples that one row gives this time."""
    _, label, channel, begin, end, _, _ = rows.table[row]
    ids = rows.pieces(row)
    channel, begin, end = int(channel), int(begin), int(end)
    size = len(ids)
    room = _room(rng)
    if not label:
        at = 0 if size <= room else int(rng.integers(0, size - room + 1))
        yield Window(ids[at : at + room], 0.0, channel, np.zeros(min(room, size - at), np.float32))
        return
    if begin < 0:
        # An attack as a whole: what is said first says most.
        at = 0 if size <= room or rng.random() < 0.5 else int(rng.integers(0, size - room + 1))
        stretch = ids[at : at + room]
        sure = size <= room and channel == 0
        yield Window(stretch, 1.0, channel, np.full(len(stretch), 1.0 if sure else UNKNOWN, np.float32))
        return
    yield _around(ids, (begin, min(end, begin + PIECES_MAX)), channel, room, rng)
    if size > 2 * PIECES_MIN + end - begin and rng.random() < 0.15:
        far = _elsewhere(ids, begin, end, channel, rng)
        if far is not None:
            yield far


def _room(rng: np.random.Generator) -> int:
    """Return how many pieces a window may have this time."""
    drawn = rng.random()
    low, high = next((low, high) for share, low, high in SIZES if drawn <= share)
    return int(rng.integers(low, high + 1))


def _around(
    ids: np.ndarray, payload: tuple[int, int], channel: int, room: int, rng: np.random.Generator
) -> Window:
    """Return a window with the payload in it, somewhere."""
    begin, end = payload
    size = len(ids)
    room = min(size, max(room, min(PIECES_MAX, end - begin + 8)))
    low, high = max(0, end - room), min(begin, size - room)
    # Now and then a window border cuts the payload, as it will at inference.
    if rng.random() < 0.15:
        cut = (end - begin) // 3
        low, high = max(0, low - cut), min(size - room, high + cut)
    at = int(rng.integers(min(low, high), max(low, high) + 1))
    marks = np.zeros(room, np.float32)
    first, last = max(0, begin - at), min(room, end - at)
    marks[max(0, first - UNSURE) : min(room, last + UNSURE)] = UNKNOWN
    marks[first:last] = 1.0
    return Window(ids[at : at + room], 1.0, channel, marks)


def _elsewhere(
    ids: np.ndarray, begin: int, end: int, channel: int, rng: np.random.Generator
) -> Window | None:
    """Return a window of the same text without the payload, or ``None``."""
    before, after = begin - 2 * UNSURE, len(ids) - (end + 2 * UNSURE)
    start, room = (0, before) if before >= after else (end + 2 * UNSURE, after)
    if room < PIECES_MIN:
        return None
    size = min(room, int(rng.integers(PIECES_MIN, PIECES_MAX + 1)))
    at = start + int(rng.integers(0, room - size + 1))
    return Window(ids[at : at + size], 0.0, channel, np.zeros(size, np.float32))
