"""Where entries become lines on a disk: one write and one sync a batch, and what to do when either fails.

An entry counts only after the disk said that its batch is safe; only then does it enter the tree. A failed
write is cut away; a failed sync gives the segment up for ever, because what the disk then holds is unknown.
It has no thread, no queue and no clock, and does not decide when to try again.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from stockade.audit.disk import Disk
from stockade.audit.entry import NO_KEY, RECOVERED, Written, line_of, own_words
from stockade.audit.resume import find_end
from stockade.audit.seal import Seals
from stockade.audit.segment import SegmentFile, sync_directory
from stockade.core.errors import StoreError
from stockade_verify import VerifierKey

SEGMENT_BYTES: Final = 64 * 1024 * 1024
# Beyond this the last entry of a run does not list how many entries each key had.
_KEYS_LISTED_MAX: Final = 10_000

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
    """The end of the log, and the segment it is written to.

    Attributes:
        bytes_cut: how much of what a crash left unfinished was cut away on opening.
        unsealed: how many entries were found after the last checkpoint on opening.
        segment_bytes: from which size on a new segment is begun.
        run: how many times the log was opened for writing, this time included.
    """

    def __init__(self, directory: Path, disk: Disk, seals: Seals) -> None:
        """Find the end of the log in *directory* and cut away what a crash left unfinished.

        Raises:
            TamperedError: the log is not as it was signed.
            StoreError: the log cannot be read.
            OSError: the last segment cannot be opened or cut.
        """
        self.segment_bytes = SEGMENT_BYTES
        self._directory = directory
        self._disk = disk
        self._seals = seals
        self._file: SegmentFile | None = None
        self._keys: dict[bytes, int] = {}
        self._kept: dict[str, int] = {}
        end = find_end(directory, seals)
        self.bytes_cut, self.unsealed, self.run = end.cut, end.unsealed, end.run + 1
        self._number, self._path, self._durable = end.number, end.path, end.size
        if end.path != directory:
            self._file = disk.segment(end.path)
            if end.size < self._file.size:
                self._file.truncate(end.size)
            # What a crash of the writer left in memory only must be safe before the log grows on it.
            self._file.sync()

    @property
    def size(self) -> int:
        """How many entries are durable."""
        return self._seals.size

    @property
    def uncovered(self) -> int:
        """How many durable entries no checkpoint covers yet."""
        return self._seals.size - self._seals.covered

    @property
    def checkpoint(self) -> bytes:
        """The newest signed checkpoint."""
        return self._seals.note

    @property
    def public_key(self) -> VerifierKey:
        """The key that verifies what is signed."""
        return self._seals.key.public

    def append(self, records: Sequence[Written], at_ms: int) -> str:
        """Write encoded entries; return "" once they are durable.

        Any other answer is the reason why none of them counts as written.
        """
        seq, counts, batch = self._seals.size, dict[bytes, int](), list[bytes]()
        for written in records:
            seq += 1
            key, number = written.key, 0
            if key != NO_KEY:
                number = counts[key] = (counts.get(key) or self._keys.get(key, 0)) + 1
            batch.append(line_of(seq, self.run, at_ms, number, written))
        data = b"".join(batch)
        reason = self._put(data)
        if not reason:
            self._durable += len(data)
            self._keys.update(counts)
            self._seals.extend(batch)
        return reason

    def seal(self) -> str:
        """Sign a checkpoint over everything durable; return "" or why that cannot be written."""
        try:
            self._seals.seal()
        except OSError as error:
            return reason_of(error)
        return ""

    def start(self, at_ms: int) -> str:
        """Write that the log was opened and what was found, and sign it."""
        records: list[Written] = []
        if self.bytes_cut or self.unsealed:
            records.append(own_words(RECOVERED, {"bytes_cut": self.bytes_cut, "unsealed": self.unsealed}))
        records.append(own_words("start", {"log": self._seals.key.origin}))
        return self.append(records, at_ms) or self.seal()

    def stop(self, at_ms: int) -> str:
        """Write that the log was closed and how many entries each key had, and sign it."""
        totals = {key: count for key, count in self._keys.items() if len(self._keys) <= _KEYS_LISTED_MAX}
        listed = b",".join(b"%b:%d" % (key, totals[key]) for key in sorted(totals))
        body = b'{"keys":{%b}}' % listed if len(totals) == len(self._keys) else b"{}"
        return self.append([Written(b'"stop"', body)], at_ms) or self.seal()

    def recover(self, reason: str, at_ms: int) -> str:
        """Write the entry that says what was wrong; in a new segment, also what counts of the old ones.

        Returns "" when writing works again, else what is wrong now.
        """
        still = self.seal()
        if still:
            return still
        body: dict[str, object] = {"reason": reason}
        if self._kept:
            body["kept"] = dict(self._kept)
        still = self.append([own_words(RECOVERED, body)], at_ms)
        if not still:
            self._kept.clear()
        return still or self.seal()

    def give_up(self) -> None:
        """Trust the present segment no longer: close it for ever and remember how much of it counts."""
        if self._file is not None:
            self._give_up(self._file)

    def close(self) -> None:
        """Give the segment back."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file = None

    def _put(self, data: bytes) -> str:
        if self._file is not None and self._durable >= self.segment_bytes:
            self.close()
        try:
            file = self._file or self._begin()
        except OSError as error:
            return reason_of(error)
        try:
            file.write(data)
        except OSError as error:
            self._step_back(file)
            return reason_of(error)
        try:
            file.sync()
        except OSError:
            self._give_up(file)
            return "sync_failed"
        return ""

    def _begin(self) -> SegmentFile:
        number = self._number + 1
        path = self._directory / f"audit-{number:06d}.jsonl"
        file = self._disk.segment(path)
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


def reason_of(error: OSError) -> str:
    """Return the code for what went wrong."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return "disk_full"
    return "read_only" if error.errno == errno.EROFS else "io_error"
