"""The lines of a log and the files they stand in, read without trusting them.

An entry is one line of printable ASCII (``docs/reference/formats.md``). Its leaf is the line without its
end; of a line longer than a leaf of the published formats can be, the body is replaced by its hash. Where a
disk refused to say that a file is safe, the writer went on in a new one, whose first entry says how many
bytes of the old one count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import sleep
from typing import BinaryIO, Final, NamedTuple

from stockade_verify.errors import ForgedError, UnreadableError

LEAF_BYTES_MAX: Final = 0xFFFF
# Longer than this is no entry: nobody has to hold more of a log in memory.
LINE_BYTES_MAX: Final = 8 * 1024 * 1024
RECOVERED: Final = b'"recovered"'
SEGMENT_NAME: Final = re.compile(r"audit-([0-9]{6,12})\.jsonl")
# The end is of fixed form and a string holds no bare quote, so a line divides in one way only: at the last
# place where a body can end.
_STRING: Final = rb'"[ !#-\[\]-~]*(?:\\[ -~][ !#-\[\]-~]*)*"'
_HEAD: Final = re.compile(rb'\{"at_ms":(0|-?[1-9][0-9]{0,18}),"body":\{')
_TAIL: Final = re.compile(
    rb'\},"key":(' + _STRING + rb'),"key_seq":(0|[1-9][0-9]{0,18}),"kind":(' + _STRING + rb"),"
    rb'"run":([1-9][0-9]{0,18}),"seq":([1-9][0-9]{0,18})\}\n'
)
_BODY_ENDS: Final = b'},"key":"'
_PRINTABLE: Final = bytes(range(32, 127))
# A line that a writer is about to finish is looked at this often before it counts as torn.
_LOOKS: Final = 4
_PAUSE_S: Final = 0.005
_BLOCK: Final = 1 << 18


class Line(NamedTuple):
    """A line of a log, divided but not decoded."""

    seq: int
    at_ms: int
    kind: bytes
    body: bytes
    key: bytes
    key_seq: int
    run: int

    def __repr__(self) -> str:
        return f"Line(seq={self.seq}, kind={self.kind!r})"


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


def parts(raw: bytes) -> tuple[re.Match[bytes], re.Match[bytes]] | None:
    """Return what matches before and after the body of a line with its end; None where it is no line."""
    end = raw.rfind(_BODY_ENDS)
    if end < 0 or raw.translate(None, _PRINTABLE) != b"\n":
        return None
    head, tail = _HEAD.match(raw), _TAIL.fullmatch(raw, end)
    return None if head is None or tail is None or head.end() > end else (head, tail)


def divide(raw: bytes) -> Line | None:
    """Divide a line with its end into its members, or return None where it is no line of a log."""
    found = parts(raw)
    if found is None:
        return None
    head, tail = found
    key, key_seq, kind, run, seq = tail.groups()
    body = raw[head.end() - 1 : tail.start() + 1]
    return Line(int(seq), int(head[1]), kind, body, key, int(key_seq), int(run))


def leaf_of(raw: bytes) -> bytes:
    """Return the leaf of a line with its end.

    Raises:
        ForgedError: it is no line of a log.
    """
    if len(raw) <= LEAF_BYTES_MAX + 1:
        return raw[:-1]
    found = parts(raw)
    if found is None:
        raise ForgedError("this is not an entry of a log")
    start, end = found[0].end() - 1, found[1].start() + 1
    named = b'"body_sha256":"%b"' % sha256(raw[start:end]).hexdigest().encode()
    return raw[: start - len(b'"body":')] + named + raw[end:-1]


def segments(directory: Path) -> list[Segment]:
    """Return the files of the log in *directory*, in order, with what counts of each.

    Raises:
        UnreadableError: the directory or a file in it cannot be read.
    """
    try:
        paths = [path for path in directory.iterdir() if SEGMENT_NAME.fullmatch(path.name)]
        found: list[Segment] = []
        kept: dict[str, int] = {}
        for path in sorted(paths, key=_number, reverse=True):
            first = _first_line(path)
            found.append(Segment(path, _number(path), kept.get(path.name), first))
            # What was itself given up says nothing about others.
            if first is not None and kept.get(path.name) != 0:
                kept = {**_cuts(first), **kept}
    except OSError as error:
        raise UnreadableError(f"the log cannot be read: {error.strerror}") from error
    return found[::-1]


def raw_lines(files: Sequence[Segment], *, patient: bool = True) -> Iterator[bytes]:
    """Yield the lines of *files* as they stand; only the very last may be without its end.

    Args:
        files: what to read, in order.
        patient: wait a little for a line that a writer may be about to finish.

    Raises:
        UnreadableError: a file cannot be read.
    """
    for segment in files:
        try:
            with segment.path.open("rb") as file:
                if segment.kept is None:
                    yield from _open_lines(file, _LOOKS if patient else 0)
                else:
                    yield from _kept_lines(file, segment.kept)
        except OSError as error:
            raise UnreadableError(f"a file of the log cannot be read: {error.strerror}") from error


def last_line(segment: Segment) -> Line | None:
    """Return the last complete line of *segment*, or None where there is none that is a line of a log."""
    with segment.path.open("rb") as file:
        end = file.seek(0, 2) if segment.kept is None else segment.kept
        block = b""
        while end > 0 and len(block) <= LINE_BYTES_MAX:
            step = min(end, 1 << 16)
            end -= step
            file.seek(end)
            block = file.read(step) + block
            whole = block[: block.rfind(b"\n") + 1]
            start = whole.rfind(b"\n", 0, -1)
            if start >= 0 or (end == 0 and whole):
                return divide(whole[start + 1 :])
    return None


def _open_lines(file: BinaryIO, looks: int) -> Iterator[bytes]:
    rest = b""
    while True:
        block = file.read(_BLOCK)
        while not block and rest and looks:
            looks -= 1
            sleep(_PAUSE_S)
            block = file.read(_BLOCK)
        *lines, rest = (rest + block).split(b"\n")
        yield from [line + b"\n" for line in lines]
        if not block or len(rest) > LINE_BYTES_MAX:
            break
    if rest:
        yield rest


def _kept_lines(file: BinaryIO, kept: int) -> Iterator[bytes]:
    while kept > 0 and (raw := file.readline(min(kept, LINE_BYTES_MAX))):
        kept -= len(raw)
        yield raw


def _first_line(path: Path) -> Line | None:
    with path.open("rb") as file:
        return divide(file.readline(LINE_BYTES_MAX))


def _cuts(first: Line) -> Mapping[str, int]:
    """Return how many bytes of which earlier files count, as the first entry of a file says."""
    if first.kind != RECOVERED:
        return {}
    try:
        kept = json.loads(first.body).get("kept")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(kept, dict):
        return {}
    return {name: size for name, size in kept.items() if isinstance(size, int) and size >= 0}


def _number(path: Path) -> int:
    match = SEGMENT_NAME.fullmatch(path.name)
    return int(match[1]) if match else 0
