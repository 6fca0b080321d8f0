"""Where a log ends, when it is opened again: what counts, what a crash left unfinished, what was changed.

The tree is taken up from its tiles at the start of the segment that holds the last signed checkpoint, and
every line from there on is hashed again; the root at the checkpoint vouches for the lines and the tiles
alike. Where the tiles do not serve, they are made again from the first entry on.

Cut away is only what was never acknowledged: after the checkpoint, a last line without its end, or what
holds a zero byte, as a file has where a power cut kept a later block and lost an earlier one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from stockade.audit.seal import Seals
from stockade.audit.segment import sync_directory
from stockade.core.errors import StoreError, TamperedError
from stockade_verify import Checkpoint, UnreadableError
from stockade_verify.entries import Line, Segment, divide, last_line, raw_lines, segments

# The writer signs at the latest after 10,000 entries; one more batch may follow before that is done.
UNSEALED_MAX: Final = 50_000
_OPENING_KINDS: Final = frozenset({b'"start"', b'"recovered"'})
_CHUNK: Final = 1_024


@dataclass(slots=True)
class End:
    """The end of a log.

    Attributes:
        number: of the last segment; 0 where there is none.
        path: the last segment.
        size: how many of its bytes count.
        run: how many times the writer had been started.
        cut: how many bytes of what was left unfinished are not counted.
        unsealed: how many entries were written after the last checkpoint was signed.
    """

    path: Path
    number: int = 0
    size: int = 0
    run: int = 0
    cut: int = 0
    unsealed: int = 0


def find_end(directory: Path, seals: Seals) -> End:
    """Find the end of the log in *directory*, and take its tree up there.

    Raises:
        TamperedError: what was signed is not there as it was written.
        StoreError: the log cannot be read.
        OSError: what a crash left cannot be removed.
    """
    checkpoint = seals.take_up()
    try:
        files = segments(directory)
        end = End(directory, max((segment.number for segment in files), default=0))
        _drop_unfinished(files, end)
        if files:
            _check_links(files)
            _replay(files, seals, checkpoint, end)
    except UnreadableError as error:
        raise StoreError(str(error), hint="Check the path and its permissions.") from error
    if seals.size < seals.covered:
        raise tampered(seals.size + 1)
    end.unsealed = seals.size - seals.covered
    if end.unsealed > UNSEALED_MAX:
        raise tampered(seals.covered + 1)
    seals.trust()
    return end


def tampered(sequence: int) -> TamperedError:
    """Return the error that says from which entry on the log is not as it was written."""
    return TamperedError(
        f"the audit log does not verify from entry {sequence}",
        sequence=sequence,
        hint="Keep the directory as it is for examination, and begin a log in another one.",
    )


def _drop_unfinished(files: list[Segment], end: End) -> None:
    """Remove last files without one complete line: the writer was stopped while beginning them."""
    while files and files[-1].first is None and _unfinished(files[-1].path, 0):
        spent = files.pop()
        end.cut += spent.path.stat().st_size
        spent.path.unlink()
        sync_directory(spent.path.parent)


def _unfinished(path: Path, start: int) -> bool:
    """Say whether what lies after *start* can be what a crash left of a write."""
    with path.open("rb") as file:
        file.seek(start)
        rest = file.read()
    return b"\n" not in rest or b"\0" in rest


def _check_links(files: Sequence[Segment]) -> None:
    """Check that the numbers of each segment go on where those of the one before it end."""
    last = 0
    head = files[0]
    if head.kept != 0 and (head.first is None or head.first.seq != 1):
        raise tampered(1)
    for segment, following in pairwise(files):
        if segment.kept != 0:
            final = last_line(segment)
            if segment.first is None or final is None:
                raise tampered(last + 1)
            last = final.seq
        if following.kept != 0 and (following.first is None or following.first.seq != last + 1):
            raise tampered(last + 1)


def _replay(files: list[Segment], seals: Seals, checkpoint: Checkpoint | None, end: End) -> None:
    """Hash everything from the checkpoint's segment on; from the first one if the tiles do not serve."""
    begin = 0
    for index, segment in enumerate(files):
        if segment.first is not None and segment.kept != 0 and segment.first.seq - 1 <= seals.covered:
            begin = index
    first = files[begin].first
    cut = end.cut
    if begin and first is not None and seals.resume(first.seq - 1):
        try:
            _Replay(seals, checkpoint, end).run(files[begin:])
        except TamperedError:
            end.cut = cut  # perhaps it is only the tiles
        else:
            return
    seals.resume(0)
    _Replay(seals, checkpoint, end).run(files)


class _Replay:
    """Goes through lines, from a place where the tree is taken up to the end."""

    def __init__(self, seals: Seals, checkpoint: Checkpoint | None, end: End) -> None:
        self._seals = seals
        self._checkpoint = checkpoint
        self._end = end
        self._seq = seals.size
        self._waiting: list[bytes] = []

    def run(self, files: Sequence[Segment]) -> None:
        """Go through *files*."""
        for segment in files:
            self._end.path, self._end.size = segment.path, 0
            for raw in raw_lines([segment], patient=False):
                line = divide(raw)
                if line is None or line.seq != self._seq + 1:
                    self._stop_at(segment, last=segment is files[-1])
                    break
                self._take(raw, line)
        self._flush()
        if self._seq == 0 and self._checkpoint is not None and self._checkpoint.size:
            raise tampered(1)

    def _take(self, raw: bytes, line: Line) -> None:
        self._seq += 1
        self._end.size += len(raw)
        self._end.run = line.run
        if self._checkpoint is None and line.kind not in _OPENING_KINDS:
            raise tampered(1)  # a log signs before it takes its first entry
        self._waiting.append(raw)
        at_checkpoint = self._checkpoint is not None and self._seq == self._checkpoint.size
        if at_checkpoint or len(self._waiting) >= _CHUNK:
            self._flush()
        if at_checkpoint and self._checkpoint is not None and self._seals.root() != self._checkpoint.root:
            raise tampered(self._first_changed())

    def _flush(self) -> None:
        self._seals.extend(self._waiting)
        self._waiting.clear()

    def _stop_at(self, segment: Segment, *, last: bool) -> None:
        """Cut what a crash left unfinished; refuse anything else."""
        if not last or self._seq < self._seals.covered or not _unfinished(segment.path, self._end.size):
            raise tampered(self._seq + 1)
        self._end.cut += segment.path.stat().st_size - self._end.size

    def _first_changed(self) -> int:
        return self._seals.first_difference() or 1
