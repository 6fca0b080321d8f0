"""Where blobs come from: files that are opened, objects that git gives out. Runs in worker processes.

A job names what to read; it holds no bytes, so sending it costs nothing.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from stockade.reports import Place, Unchecked
from stockade.scan.blob import Blob
from stockade.scan.checker import Checker, Outcome
from stockade.scan.git import Stored, read_objects
from stockade.scan.settings import Settings
from stockade.scan.tree import Entry


@dataclass(frozen=True, slots=True)
class Job:
    """Some things to read and check.

    Attributes:
        files: of a tree.
        stored: of a repository.
        repository: where the repository is.
    """

    files: tuple[Entry, ...] = ()
    stored: tuple[Stored, ...] = ()
    repository: str = ""

    def __len__(self) -> int:
        return len(self.files) + len(self.stored)


_FLAGS = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


@cache
def checker_for(settings: Settings) -> Checker:
    """Return the checker of this process."""
    return Checker(settings)


def work(job: Job, settings: Settings) -> Outcome:
    """Read and check what *job* names."""
    outcome = Outcome()
    blobs = _files(job, settings, outcome) if job.files else _objects(job, settings, outcome)
    outcome.add(checker_for(settings).check(blobs))
    return outcome


def _files(job: Job, settings: Settings, outcome: Outcome) -> Iterator[Blob]:
    for entry in job.files:
        if entry.size > settings.file_bytes_max:
            reason = f"is larger than {settings.file_bytes_max} bytes"
            outcome.unchecked.append(Unchecked(Place(entry.path), reason))
            continue
        try:
            data = _contents(entry.path, entry.size, settings.file_bytes_max)
        except OSError as error:
            outcome.unchecked.append(Unchecked(Place(entry.path), f"cannot be read: {error.strerror}"))
            continue
        yield Blob(entry.path, data)


def _contents(path: str, size: int, bytes_max: int) -> bytes:
    """Return what is in a file that had *size* bytes when it was listed.

    Raises:
        OSError: it cannot be read, or has grown beyond what is read.
    """
    # Below Python's file objects: they cost as much as the reading itself.
    descriptor = os.open(path, _FLAGS)
    try:
        data = os.read(descriptor, size + 1)
        # Shorter than it was: that is all. Longer, or as much as one call reads: there may be more.
        if len(data) == size:
            return data
        pieces = [data]
        while (piece := os.read(descriptor, 1 << 24)) and sum(map(len, pieces)) <= bytes_max:
            pieces.append(piece)
        if sum(map(len, pieces)) > bytes_max:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        return b"".join(pieces)
    finally:
        os.close(descriptor)


def _objects(job: Job, settings: Settings, outcome: Outcome) -> Iterator[Blob]:
    wanted = [stored for stored in job.stored if stored.size <= settings.file_bytes_max]
    for stored in job.stored:
        if stored.size > settings.file_bytes_max:
            reason = f"is larger than {settings.file_bytes_max} bytes"
            outcome.unchecked.append(Unchecked(Place(stored.path, commit=stored.commit), reason))
    for stored, data in read_objects(job.repository, wanted):
        if data is None:
            place = Place(stored.path, commit=stored.commit)
            outcome.unchecked.append(Unchecked(place, "the object is missing from the repository"))
        else:
            yield Blob(stored.path, data, stored.commit, stored.added)
