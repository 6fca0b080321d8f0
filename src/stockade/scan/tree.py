"""The files below some paths, in a stable order, without following links out of the tree."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from stockade.core.errors import InputError
from stockade.reports import Place, Unchecked

# What version control keeps for itself; its history is scanned by other means.
_INTERNALS = frozenset({".git", ".hg", ".svn", ".jj", ".bzr"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One file to read: its path as reported (and opened), and its size."""

    path: str
    size: int


def entries(paths: Sequence[str], exclude: Sequence[str] = ()) -> Iterator[Entry | Unchecked]:
    """Yield every regular file at or below *paths*, save those that match a glob of *exclude*.

    Raises:
        InputError: a path does not exist.
    """
    for path in paths:
        try:
            status = Path(path).stat()
        except OSError as error:
            raise InputError(f"cannot read {path}: {error.strerror}", code="unreadable") from None
        if stat.S_ISDIR(status.st_mode):
            yield from _below("" if path == "." else path.rstrip("/") or "/", exclude)
        elif stat.S_ISREG(status.st_mode):
            yield Entry(path, status.st_size)
        else:
            yield Unchecked(Place(path), "is neither a file nor a directory")


def _below(folder: str, exclude: Sequence[str]) -> Iterator[Entry | Unchecked]:
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            with os.scandir(current or ".") as found:
                listed = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            yield Unchecked(Place(current), f"cannot be listed: {error.strerror}")
            continue
        folders: list[str] = []
        for entry in listed:
            path = f"{current.rstrip('/')}/{entry.name}" if current else entry.name
            if exclude and _is_excluded(path, entry.name, exclude):
                continue
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _INTERNALS:
                    folders.append(path)
            elif entry.is_file(follow_symlinks=False):
                yield _file(entry, path)
        waiting += reversed(folders)


def _file(entry: os.DirEntry[str], path: str) -> Entry | Unchecked:
    try:
        return Entry(path, entry.stat(follow_symlinks=False).st_size)
    except OSError as error:
        return Unchecked(Place(path), f"cannot be read: {error.strerror}")


def _is_excluded(path: str, name: str, exclude: Sequence[str]) -> bool:
    """Say whether a glob matches the path, or the name of a file or folder on its way."""
    return any(fnmatch(path, glob) or fnmatch(name, glob.rstrip("/")) for glob in exclude)
