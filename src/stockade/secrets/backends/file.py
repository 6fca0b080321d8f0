"""Secrets in files of their own: ``file:///path``, as container runtimes and configuration tools write them.

It follows symbolic links, since mounted secrets are swapped by them. It reads each time anew and does not
watch the file.
"""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from stockade.core.errors import SecretError
from stockade.secrets.reference import Reference
from stockade.secrets.value import SecretValue

# 64 KiB: a certificate chain with its key has 10 KiB; what is larger is not a secret but a wrong path.
FILE_BYTES_MAX = 64 * 1024


class FileBackend:
    """Reads files that other accounts cannot read."""

    __slots__ = ()

    scheme: Final = "file"

    def read(self, reference: Reference) -> SecretValue:
        """Return the content of the file, without one line end at its end."""
        try:
            content = _content(reference.path)
        except (OSError, ValueError) as failed:
            reason = failed.strerror if isinstance(failed, OSError) else "not a path"
            raise SecretError(
                f"the secret file {reference.path} cannot be read ({reason})",
                hint="check the path, and that the account that runs stockade may read it",
            ) from None
        if len(content) > FILE_BYTES_MAX:
            raise SecretError(
                f"the secret file {reference.path} is larger than {FILE_BYTES_MAX} bytes",
                hint="keep one secret in one file",
            )
        return SecretValue(_text(content, reference.path))

    def write(self, reference: Reference, value: SecretValue) -> None:
        """Replace the file in one step, readable by its owner only."""
        path = Path(reference.path)
        # Beside the file, so that the step is a rename within one file system.
        beside = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
        try:
            _write_new(beside, value.reveal().encode("utf-8"))
            beside.replace(path)
        except (OSError, ValueError) as failed:
            beside.unlink(missing_ok=True)
            raise _unwritable(reference.path, failed) from None

    def retire(self, reference: Reference) -> None:
        """Remove the file."""
        try:
            Path(reference.path).unlink(missing_ok=True)
        except (OSError, ValueError) as failed:
            raise _unwritable(reference.path, failed) from None


def open_backend(environment: Mapping[str, str]) -> FileBackend:
    """Return the backend."""
    del environment
    return FileBackend()


def _write_new(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _unwritable(path: str, failed: OSError | ValueError) -> SecretError:
    reason = failed.strerror if isinstance(failed, OSError) else "not a path"
    return SecretError(
        f"the secret file {path} cannot be written ({reason})",
        hint="check that the folder exists and that this account may write there",
    )


def _content(path: str) -> bytes:
    # O_NONBLOCK: opening a pipe that nobody writes to must not hang the start.
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        # Asked of the open file, not of the name: the two could differ a moment later.
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise SecretError(
                f"the secret file {path} is not a regular file", hint="name a file that holds the secret"
            )
        # The group may read: that is how container runtimes hand a secret to a process without root.
        if os.name == "posix" and status.st_mode & stat.S_IRWXO:
            raise SecretError(
                f"the secret file {path} can be read or changed by every account",
                hint=f"run: chmod o-rwx {path}, and consider changing the secret",
            )
        return file.read(FILE_BYTES_MAX + 1)


def _text(content: bytes, path: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = None
    # Raised out here: in the handler, the new exception would hold the old one, and that one the bytes.
    if text is None:
        raise SecretError(
            f"the secret file {path} is not UTF-8 text",
            hint="store the secret as text, for example in base64",
        )
    text = text.removesuffix("\n").removesuffix("\r")
    if not text.strip():
        raise SecretError(f"the secret file {path} is empty", hint="write the secret into it")
    return text
