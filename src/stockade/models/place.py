"""Where an installed model lies, whether it is whole, and how it is taken away again.

Nothing is fetched or unpacked here.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from stockade.core.errors import StoreError
from stockade.models.lock import held
from stockade.models.pins import Pin, pinned

# An installation under way may be a slow download.
LOCK_S_MAX = 1900.0


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


def lock_of(home: Path) -> Path:
    """Return the lock that whoever changes what lies there holds."""
    return home / "models" / ".lock"


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


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of the file *path* in lower-case hex."""
    with path.open("rb") as reader:
        return hashlib.file_digest(reader, "sha256").hexdigest()


def is_whole(model: InstalledModel) -> bool:
    """Say whether the file is, byte for byte, the pinned one.

    Raises:
        StoreError: it cannot be read, so nobody can say.
    """
    try:
        return sha256_of(model.path) == model.sha256
    except OSError as error:
        raise StoreError(
            f"the model file cannot be read: {error.strerror}", hint="check who owns STOCKADE_HOME"
        ) from error


def remove(home: Path, pin: Pin | None = None) -> int:
    """Remove the model and whatever an interrupted installation left; return the bytes that were freed.

    Raises:
        StoreError: it cannot be removed, or an installation does not finish.
    """
    pin = pin or pinned()
    directory = file_of(home, pin).parent
    if not directory.is_dir():
        return 0
    try:
        with held(lock_of(home), wait_s=LOCK_S_MAX, waiting=lambda: None):
            freed = sum(path.lstat().st_size for path in directory.rglob("*") if path.is_file())
            with contextlib.suppress(FileNotFoundError):
                shutil.rmtree(directory)
            return freed
    except OSError as error:
        raise unwritable(error, "removed") from error


def unwritable(error: OSError, what: str = "written") -> StoreError:
    """Return *error*, met while the model was to be *what*, as one of ours."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StoreError("no space left on the disk for the model", hint="free 300 MB and try again")
    return StoreError(
        f"the model cannot be {what}: {error.strerror or type(error).__name__}",
        hint="check who owns STOCKADE_HOME and its `models` directory",
    )
