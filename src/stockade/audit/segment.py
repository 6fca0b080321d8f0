"""The files of the audit log: one segment as a small port, and the lock that admits one writer.

It does not know what a line means, and never retries: whoever calls decides what a failure costs.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol, TypeAlias

from stockade.core.errors import StoreError

LOCK_NAME: Final = "writer.lock"
_FLAGS: Final = (
    os.O_RDWR
    | os.O_APPEND
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_BINARY", 0)
)


class SegmentFile(Protocol):
    """An open segment; every method may raise OSError."""

    @property
    def size(self) -> int:
        """How many bytes it holds."""

    def write(self, data: bytes) -> None:
        """Append all of *data*."""

    def sync(self) -> None:
        """Return when everything written is on the disk."""

    def truncate(self, size: int) -> None:
        """Cut everything after *size* bytes away."""

    def close(self) -> None:
        """Give the file back."""


SegmentOpener: TypeAlias = Callable[[Path], SegmentFile]


class DiskSegment:
    """A segment on a file system."""

    __slots__ = ("_fd",)

    def __init__(self, fd: int) -> None:
        self._fd = fd

    @property
    def size(self) -> int:
        """How many bytes it holds."""
        return os.fstat(self._fd).st_size

    def write(self, data: bytes) -> None:
        """Append all of *data*."""
        view = memoryview(data)
        while view:
            view = view[os.write(self._fd, view) :]

    def sync(self) -> None:
        """Return when everything written is on the disk."""
        if hasattr(os, "fdatasync"):
            os.fdatasync(self._fd)
        else:
            os.fsync(self._fd)
        # A file without a name takes everything and keeps nothing.
        if os.fstat(self._fd).st_nlink == 0:
            raise OSError(errno.ENOENT, "the segment was removed")

    def truncate(self, size: int) -> None:
        """Cut everything after *size* bytes away."""
        os.ftruncate(self._fd, size)

    def close(self) -> None:
        """Give the file back."""
        os.close(self._fd)


def open_segment(path: Path) -> SegmentFile:
    """Open the segment at *path* for appending; a new one is made, readable by its owner only."""
    fd = os.open(path, _FLAGS | os.O_CREAT, 0o600)
    try:
        if os.fstat(fd).st_size == 0:
            sync_directory(path.parent)
    except OSError:
        os.close(fd)
        raise
    return DiskSegment(fd)


def sync_directory(directory: Path) -> None:
    """Make new and removed names in *directory* durable."""
    if sys.platform == "win32":
        return
    fd = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def private_directory(directory: Path) -> None:
    """Make *directory*, or close it to others where it exists.

    Raises:
        StoreError: it cannot be made, or others can reach into it and it is not ours to close.
    """
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(PermissionError):
            directory.chmod(0o700)
        opened = directory.stat().st_mode & 0o007
    except OSError as error:
        raise StoreError(
            "the audit directory cannot be used", hint="Check the path and its permissions."
        ) from error
    if opened and sys.platform != "win32":
        raise StoreError(
            "the audit directory is open to every user of this machine",
            hint="Take the rights of others away (chmod o-rwx) or name another directory.",
        )


class WriterLock:
    """The right to write one log, held until released or until the process ends."""

    __slots__ = ("_fd",)

    def __init__(self, directory: Path) -> None:
        """Take the lock.

        Raises:
            StoreError: another writer has it.
        """
        try:
            self._fd = os.open(directory / LOCK_NAME, _FLAGS | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreError(
                "the audit log's lock file cannot be opened",
                hint="Check the permissions of the audit directory.",
            ) from error
        try:
            _lock(self._fd)
        except OSError as error:
            os.close(self._fd)
            raise StoreError(
                "another process writes this audit log",
                hint="Give each instance an audit directory of its own.",
            ) from error

    def release(self) -> None:
        """Let the next writer in."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def _lock(fd: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
