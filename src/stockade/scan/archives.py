"""What is inside archives: zip (and what is built on it), tar, gzip, bzip2, xz, one inside the other.

Bounded in depth, in members and in expanded bytes, whatever an archive says about itself. Nothing is written
to disk and no name inside is used as a path. What cannot be opened is reported, never passed over.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO

from stockade.reports import Place, Unchecked
from stockade.scan.blob import Blob
from stockade.scan.settings import ARCHIVE_BYTES_MAX, ARCHIVE_DEPTH_MAX, ARCHIVE_MEMBERS_MAX

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_UNREADABLE = (
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"MSCF", "cab"),
)
_TAR = b"ustar"
# What no archive begins with, most files do.
_FIRST_BYTES = frozenset({b"P", b"\x1f", b"B", b"\xfd", *(mark[:1] for mark, _ in _UNREADABLE)})
_ENCRYPTED = 1
_CHUNK_BYTES = 1 << 20
_BROKEN = (
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(slots=True)
class _Budget:
    """What may still be expanded of one archive and everything inside it."""

    bytes_left: int
    members_left: int


class _BudgetSpentError(Exception):
    """An archive is larger than anything worth opening."""


def unpacked(
    blob: Blob, *, bytes_max: int = ARCHIVE_BYTES_MAX, members_max: int = ARCHIVE_MEMBERS_MAX
) -> Iterator[Blob | Unchecked]:
    """Yield *blob* itself if it is no archive, else everything inside it."""
    if not is_archive(blob.data):
        yield blob
        return
    budget = _Budget(bytes_max, members_max)
    try:
        yield from _members(blob, budget, depth=1)
    except _BudgetSpentError:
        reason = (
            f"the archive holds more than {bytes_max} bytes or {members_max} files; the rest was not read"
        )
        yield Unchecked(Place(blob.path, commit=blob.commit), reason)


def may_be_archive(data: bytes) -> bool:
    """Say whether *data* is worth a closer look; nearly no file is."""
    return data[:1] in _FIRST_BYTES or data[257:262] == _TAR


def is_archive(data: bytes) -> bool:
    """Say whether *data* begins as an archive does."""
    return _kind(data) != ""


def _kind(data: bytes) -> str:
    if data.startswith(_ZIP):
        return "zip"
    if data.startswith(b"\x1f\x8b"):
        return "gzip"
    if data.startswith(b"BZh") and data[4:10] == b"1AY&SY":
        return "bzip2"
    if data.startswith(b"\xfd7zXZ\x00"):
        return "xz"
    if data[257:262] == _TAR:
        return "tar"
    return next((name for mark, name in _UNREADABLE if data.startswith(mark)), "")


def _members(blob: Blob, budget: _Budget, *, depth: int) -> Iterator[Blob | Unchecked]:
    place = Place(blob.path, commit=blob.commit)
    kind = _kind(blob.data)
    if not kind:
        yield blob
    elif depth > ARCHIVE_DEPTH_MAX:
        yield Unchecked(place, f"archives are nested more than {ARCHIVE_DEPTH_MAX} deep")
    elif any(kind == name for _, name in _UNREADABLE):
        yield Unchecked(place, f"{kind} archives cannot be read")
    else:
        readers = {"zip": _zip, "tar": _tar}
        try:
            for member in readers.get(kind, _stream)(blob, budget):
                if isinstance(member, Unchecked):
                    yield member
                else:
                    yield from _members(member, budget, depth=depth + 1)
        except _BROKEN as error:
            yield Unchecked(place, f"the {kind} archive is broken ({type(error).__name__})")


def _zip(blob: Blob, budget: _Budget) -> Iterator[Blob | Unchecked]:
    with zipfile.ZipFile(io.BytesIO(blob.data)) as archive:
        for entry in archive.infolist():
            if entry.is_dir():
                continue
            path = f"{blob.path}!{entry.filename}"
            if entry.flag_bits & _ENCRYPTED:
                yield Unchecked(Place(path, commit=blob.commit), "the file is encrypted")
                continue
            try:
                with archive.open(entry) as stream:
                    data = _read(stream, budget)
            except _BROKEN as error:
                yield Unchecked(Place(path, commit=blob.commit), f"cannot be read ({type(error).__name__})")
                continue
            yield replace(blob, path=path, data=data, added=None)


def _tar(blob: Blob, budget: _Budget) -> Iterator[Blob | Unchecked]:
    with tarfile.open(fileobj=io.BytesIO(blob.data), mode="r:") as archive:
        for entry in archive:
            stream = archive.extractfile(entry) if entry.isreg() else None
            if stream is not None:
                data = _read(stream, budget)
                yield replace(blob, path=f"{blob.path}!{entry.name}", data=data, added=None)


def _stream(blob: Blob, budget: _Budget) -> Iterator[Blob | Unchecked]:
    """Yield what one compressed stream holds; its name is the archive's, without the ending."""
    with _opened(_kind(blob.data), io.BytesIO(blob.data)) as stream:
        data = _read(stream, budget)
    name = blob.path.replace("!", "/").rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    inner = f"{stem}.tar" if ending in {"tgz", "tbz", "tbz2", "txz"} else stem if dot else name
    yield replace(blob, path=f"{blob.path}!{inner}", data=data, added=None)


def _opened(kind: str, stream: io.BytesIO) -> io.BufferedIOBase:
    if kind == "gzip":
        return gzip.open(stream)
    return bz2.open(stream) if kind == "bzip2" else lzma.open(stream)


def _read(stream: IO[bytes] | io.BufferedIOBase, budget: _Budget) -> bytes:
    budget.members_left -= 1
    if budget.members_left < 0:
        raise _BudgetSpentError
    pieces: list[bytes] = []
    while piece := stream.read(_CHUNK_BYTES):
        budget.bytes_left -= len(piece)
        if budget.bytes_left < 0:
            raise _BudgetSpentError
        pieces.append(piece)
    return b"".join(pieces)
