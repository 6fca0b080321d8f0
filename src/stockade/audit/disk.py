"""The files beside the segments: whole, put in place in one step, readable by the owner only.

A reader sees the old file or the new one, never half of one. It does not know what the files mean.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

from stockade.audit.segment import SegmentFile, open_segment, sync_directory

_MODE: Final = 0o600


class Disk:
    """The file system, as the log uses it; every method may raise OSError."""

    __slots__ = ()

    def segment(self, path: Path) -> SegmentFile:
        """Open the segment at *path* for appending."""
        return open_segment(path)

    def put(self, directory: Path, name: str, data: bytes, *, durable: bool = False) -> None:
        """Make *data* the content of the file *name* in *directory*, which must exist.

        *durable* returns only when a power cut cannot undo it.
        """
        path = directory / name
        new = durable and not path.exists()
        draft = path.with_name(f".{path.name}.new")
        try:
            self._write(draft, data, durable=durable)
        except FileNotFoundError:
            self._make_folders(directory, name)
            self._write(draft, data, durable=durable)
        draft.replace(path)
        if new:
            sync_directory(path.parent)

    def get(self, path: Path) -> bytes | None:
        """Return the content of *path*, or None where there is no such file."""
        try:
            return path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def discard(self, folder: Path) -> None:
        """Remove *folder* with all it holds, if it is there."""
        shutil.rmtree(folder, ignore_errors=True)

    def _make_folders(self, directory: Path, name: str) -> None:
        # Not the directory itself: a log whose directory was removed must not begin anew by itself.
        for folder in [*(directory / name).parents][::-1]:
            if directory in folder.parents:
                folder.mkdir(mode=0o700, exist_ok=True)

    def _write(self, path: Path, data: bytes, *, durable: bool) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags, _MODE), "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
