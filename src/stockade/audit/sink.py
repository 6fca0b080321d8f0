"""Where entries become lines on a disk: one write and one sync a batch, and what to do when either fails.

The number and the hash of the last entry move only after the disk said that the batch is safe. A failed
write is cut away; a failed sync gives the segment up for ever, because what the disk then holds is unknown.
It has no thread, no queue and no clock, and does not decide when to try again.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Final

from stockade.audit.entry import GENESIS, RECOVERED, ascii_json, chained
from stockade.audit.segment import SegmentFile, SegmentOpener, sync_directory
from stockade.audit.verify import Segment, last_line, lines, segments
from stockade.core.errors import StoreError, TamperedError

SEGMENT_BYTES: Final = 256 * 1024 * 1024

_HINTS: Final = {
    "disk_full": "Free space where the audit log lies; writing resumes by itself.",
    "read_only": "Mount the audit log's file system for writing; writing resumes by itself.",
    "io_error": "Check the disk that holds the audit log; writing resumes by itself once it answers.",
    "sync_failed": "The disk lost data or is about to: replace it. Writing goes on in a new segment.",
    "slow": "The disk answers too slowly; writing resumes when it has caught up.",
    "full": "More is recorded than the disk takes; send less or use a faster disk.",
    "closed": "The audit log was closed; open it again.",
    "unwritable": "An entry holds names, numbers and fingerprints, as JSON, and no more than 4 MiB.",
}


def unable(reason: str) -> StoreError:
    """Return the error that says why an entry was not taken."""
    return StoreError(f"the audit log cannot take entries: {reason}", hint=_HINTS.get(reason, ""))


class Sink:
    """The end of the chain, and the segment it is written to.

    Attributes:
        bytes_cut: how much of a torn line was cut away on opening.
        segment_bytes: from which size on a new segment is begun.
    """

    def __init__(self, directory: Path, opener: SegmentOpener) -> None:
        """Find the end of the log in *directory* and cut a torn last line away.

        Raises:
            TamperedError: the chain is broken.
            StoreError: the log cannot be read.
            OSError: the last segment cannot be opened or cut.
        """
        self.segment_bytes = SEGMENT_BYTES
        self.bytes_cut = 0
        # One value, replaced in one step: other threads read it.
        self._end = (0, GENESIS)
        self._directory = directory
        self._opener = opener
        self._file: SegmentFile | None = None
        self._durable = 0
        self._number = 0
        self._path = directory
        self._kept: dict[str, int] = {}
        self._resume(segments(directory))

    def append(self, records: Sequence[tuple[bytes, bytes]], at_ms: int) -> str:
        """Write encoded kinds and bodies as entries; return "" once they are durable.

        Any other answer is the reason why none of them counts as written.
        """
        (seq, head), batch = self._end, list[bytes]()
        for written in records:
            seq += 1
            line, head = chained(seq, at_ms, written, head)
            batch.append(line)
        data = b"".join(batch)
        reason = self._put(data)
        if not reason:
            self._durable += len(data)
            self._end = (seq, head)
        return reason

    def recover(self, reason: str, at_ms: int) -> str:
        """Write the entry that says what was wrong; in a new segment, also what counts of the old ones.

        Returns "" when writing works again, else what is wrong now.
        """
        body: dict[str, object] = {"reason": reason}
        if self._kept:
            body["kept"] = dict(self._kept)
        still = self.append([own_words(RECOVERED, body)], at_ms)
        if not still:
            self._kept.clear()
        return still

    def give_up(self) -> None:
        """Trust the present segment no longer: close it for ever and remember how much of it counts."""
        if self._file is not None:
            self._give_up(self._file)

    @property
    def end(self) -> tuple[int, str]:
        """Number and hash of the last durable entry, as one value."""
        return self._end

    def close(self) -> None:
        """Give the segment back."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file = None

    def _resume(self, files: list[Segment]) -> None:
        """Take up the chain where *files* end."""
        self._number = max((segment.number for segment in files), default=0)
        # A last file without one complete line holds no entry: the writer was stopped while beginning it.
        while files and files[-1].first is None and b"\n" not in files[-1].path.read_bytes():
            spent = files.pop()
            self.bytes_cut += spent.path.stat().st_size
            spent.path.unlink()
            sync_directory(self._directory)
        if not files:
            return
        self._check_links(files)
        tail = files[-1]
        size = _complete(tail.path)
        for line in lines([Segment(tail.path, tail.number, size, tail.first)], self._end):
            self._end = (line.seq, line.hash)
        self._path, self._durable = tail.path, size
        self._file = self._opener(tail.path)
        if size < self._file.size:
            self.bytes_cut += self._file.size - size
            self._file.truncate(size)
        # What a crash of the writer left in memory only must be on the disk before the chain grows on it.
        self._file.sync()

    def _check_links(self, files: list[Segment]) -> None:
        """Check that each segment begins where the one before it ends, and move to the last one's start."""
        for segment, following in pairwise(files):
            last = last_line(segment) if segment.kept != 0 else None
            if segment.first is None and segment.kept != 0:
                raise _broken(self._end[0] + 1)
            if last is not None:
                self._end = (last.seq, last.hash)
            first = following.first
            if following.kept == 0:
                continue
            if first is None or (first.seq - 1, first.previous) != self._end:
                raise _broken(self._end[0] + 1)

    def _put(self, data: bytes) -> str:
        if self._file is not None and self._durable >= self.segment_bytes:
            self.close()
        try:
            file = self._file or self._begin()
        except OSError as error:
            return _reason(error)
        try:
            file.write(data)
        except OSError as error:
            self._step_back(file)
            return _reason(error)
        try:
            file.sync()
        except OSError:
            self._give_up(file)
            return "sync_failed"
        return ""

    def _begin(self) -> SegmentFile:
        number = self._number + 1
        path = self._directory / f"audit-{number:06d}.jsonl"
        file = self._opener(path)
        if file.size:
            file.close()
            raise FileExistsError(errno.EEXIST, "a new segment is not empty")
        self._file, self._path, self._number, self._durable = file, path, number, 0
        return file

    def _step_back(self, file: SegmentFile) -> None:
        """Cut a failed write away, and know on the disk that it is gone, before anything takes its place."""
        try:
            file.truncate(self._durable)
            file.sync()
        except OSError:
            self._give_up(file)

    def _give_up(self, file: SegmentFile) -> None:
        """Close the segment for ever, and remember how much of it counts."""
        with suppress(OSError):
            file.truncate(self._durable)
        with suppress(OSError):
            file.close()
        self._file = None
        self._kept[self._path.name] = self._durable
        if self._durable == 0:
            with suppress(OSError):
                self._path.unlink()
                sync_directory(self._directory)
                del self._kept[self._path.name]
                self._number -= 1


def own_words(kind: str, body: Mapping[str, object]) -> tuple[bytes, bytes]:
    """Encode an entry of the log about itself."""
    return ascii_json(kind), ascii_json(body)


def _complete(path: Path) -> int:
    """Return the size of the complete lines in *path*."""
    with path.open("rb") as file:
        end = file.seek(0, 2)
        while end > 0:
            step = min(end, 1 << 16)
            file.seek(end - step)
            found = file.read(step).rfind(b"\n")
            if found >= 0:
                return end - step + found + 1
            end -= step
    return 0


def _reason(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "disk_full"
    return "read_only" if error.errno == errno.EROFS else "io_error"


def _broken(sequence: int) -> TamperedError:
    return TamperedError(
        f"the audit log does not verify from entry {sequence}",
        sequence=sequence,
        hint="Keep the directory as it is for examination, and begin a log in another one.",
    )
