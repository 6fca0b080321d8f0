"""Reading a log back: every line checked against the one before it, across segments.

A log that was cut short at its end is whole in itself: that is found only with a head known from elsewhere.
Where a disk refused to say that a segment is safe, the writer went on in a new one, and the new one's first
entry says how many bytes of the old one count. It changes nothing on the disk and needs no key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Final, NoReturn

import orjson

from stockade.audit.entry import GENESIS, Entry, Line, divide
from stockade.core.errors import StoreError, TamperedError

_NAME: Final = re.compile(r"audit-([0-9]{6,12})\.jsonl")
# A line that a writer is about to finish is looked at this often before it counts as torn.
_LOOKS: Final = 4
_PAUSE_S: Final = 0.005


@dataclass(frozen=True, slots=True)
class Verified:
    """A log that verifies.

    Attributes:
        entries: how many entries it holds.
        head_hash: the hash of the last one.
        last_seq: the number of the last one.
    """

    entries: int
    head_hash: str
    last_seq: int


@dataclass(frozen=True, slots=True)
class Segment:
    """One file of a log.

    Attributes:
        path: where it lies.
        number: its place in the order.
        kept: how many of its bytes count; None for all of them.
        first: its first line, where it has one.
    """

    path: Path
    number: int
    kept: int | None
    first: Line | None


def verify(directory: Path, *, head: tuple[int, str] | None = None) -> Verified:
    """Check every entry of the log in *directory*.

    Args:
        directory: the log.
        head: number and hash of an entry that the log is known to have held.

    Raises:
        TamperedError: an entry was changed, added, moved or taken away; ``sequence`` names the first.
        StoreError: the log cannot be read.
    """
    count, last = 0, (0, GENESIS)
    for line in lines(segments(directory), last):
        count, last = count + 1, (line.seq, line.hash)
        if head is not None and line.seq == head[0] and line.hash != head[1]:
            raise TamperedError("the audit log is not the one whose head is known", sequence=line.seq)
    if head is not None and last[0] < head[0]:
        raise TamperedError("the audit log ends before its known head", sequence=last[0] + 1)
    return Verified(count, last[1], last[0])


def read(directory: Path, start: int = 0) -> Iterator[Entry]:
    """Yield the entries from number *start* on, each checked.

    Raises:
        TamperedError: an entry does not verify.
        StoreError: the log cannot be read.
    """
    files = segments(directory)
    begin = 0
    for index, segment in enumerate(files):
        if segment.first is not None and segment.first.seq <= start:
            begin = index
    first = files[begin].first if files else None
    last = (0, GENESIS) if begin == 0 or first is None else (first.seq - 1, first.previous)
    for line in lines(files[begin:], last):
        if line.seq >= start:
            yield line.entry()


def segments(directory: Path) -> list[Segment]:
    """Return the files of the log in *directory*, in order, with what counts of each.

    Raises:
        StoreError: the directory cannot be read.
    """
    try:
        paths = [path for path in directory.iterdir() if _NAME.fullmatch(path.name)]
    except OSError as error:
        raise StoreError(
            "the audit log cannot be read", hint="Check the path and its permissions."
        ) from error
    found: list[Segment] = []
    kept: dict[str, int] = {}
    for path in sorted(paths, key=_number, reverse=True):
        first = _first_line(path)
        found.append(Segment(path, _number(path), kept.get(path.name), first))
        # What was itself given up says nothing about others.
        if first is not None and kept.get(path.name) != 0:
            kept = {**_cuts(first), **kept}
    return found[::-1]


def lines(files: Sequence[Segment], last: tuple[int, str]) -> Iterator[Line]:
    """Yield the lines of *files* after *last*, the number and hash of the entry before them, each checked.

    Raises:
        TamperedError: a line does not follow from the one before it.
        StoreError: a file cannot be read.
    """
    seq, previous = last
    for segment in files:
        for raw in _raw_lines(segment):
            seq += 1
            line = divide(raw)
            if line is None or line.seq != seq or line.previous != previous or not line.sound():
                _tampered(seq)
            previous = line.hash
            yield line


def last_line(segment: Segment) -> Line | None:
    """Return the last complete line of *segment*, or None where there is none that is a line of a log."""
    try:
        with segment.path.open("rb") as file:
            end = file.seek(0, 2) if segment.kept is None else segment.kept
            block = b""
            while end > 0:
                step = min(end, 1 << 16)
                end -= step
                file.seek(end)
                block = file.read(step) + block
                whole = block[: block.rfind(b"\n") + 1]
                start = whole.rfind(b"\n", 0, -1)
                if start >= 0 or (end == 0 and whole):
                    return divide(whole[start + 1 :])
    except OSError as error:
        raise StoreError("a segment of the audit log cannot be read") from error
    return None


def _raw_lines(segment: Segment) -> Iterator[bytes]:
    left = segment.kept
    try:
        with segment.path.open("rb") as file:
            while left is None or left > 0:
                raw = file.readline() if left is None else file.readline(left)
                for _ in range(_LOOKS):
                    if not raw or raw.endswith(b"\n") or left is not None:
                        break
                    Event().wait(_PAUSE_S)
                    raw += file.readline()
                if not raw:
                    return
                if left is not None:
                    left -= len(raw)
                yield raw
    except OSError as error:
        raise StoreError("a segment of the audit log cannot be read") from error


def _first_line(path: Path) -> Line | None:
    try:
        with path.open("rb") as file:
            return divide(file.readline())
    except OSError as error:
        raise StoreError("a segment of the audit log cannot be read") from error


def _cuts(first: Line) -> Mapping[str, int]:
    """Return how many bytes of which earlier segments count, as the first entry of a segment says."""
    if first.kind != b'"recovered"' or not first.sound():
        return {}
    try:
        kept = orjson.loads(first.body).get("kept")
    except ValueError:
        return {}
    if not isinstance(kept, dict):
        return {}
    return {name: size for name, size in kept.items() if isinstance(size, int) and size >= 0}


def _number(path: Path) -> int:
    match = _NAME.fullmatch(path.name)
    return int(match[1]) if match else 0


def _tampered(sequence: int) -> NoReturn:
    raise TamperedError(
        f"the audit log does not verify from entry {sequence}",
        sequence=sequence,
        hint="Keep the directory as it is for examination, and compare it with a copy.",
    )
