"""A key for each person: destroying it erases everything sealed with it, wherever copies lie.

Keys are kept apart from the data: a backup of the data holds none of them. That a key was destroyed is kept
as well, and told to whoever asks, so that an old copy of the keys put back does not bring it to life again;
the caller records the handle of each erasure in the audit log and replays them after a restore. Handles are
keyed hashes: neither the store nor the log says who was erased.
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Final, Protocol, TypeVar

from stockade.core.errors import StoreError
from stockade.sealing.binding import Binding, joined
from stockade.sealing.envelope import open_sealed, seal
from stockade.sealing.keyring import KEY_BYTES
from stockade.sealing.sealer import Sealer
from stockade.sealing.whole_file import sync_folder, write_new

Answer = TypeVar("Answer")

# How often one person can come back after having been erased.
_GENERATIONS_MAX: Final = 1_000
_PURPOSE: Final = "subject-key"


class SubjectStore(Protocol):
    """Where wrapped keys lie; every method may raise OSError."""

    def get(self, handle: str) -> bytes | None:
        """Return the wrapped key, or None where there is none or it was destroyed."""

    def add(self, handle: str, wrapped: bytes) -> bytes:
        """Keep a wrapped key and return the one that is kept: the first of several added at once."""

    def destroy(self, handle: str) -> None:
        """Make the key unreadable for ever and remember that."""

    def destroyed(self, handle: str) -> bool:
        """Say whether the key was destroyed."""


class SubjectKeys:
    """Seals what is about a person under that person's key.

    Args:
        store: where the keys lie.
        sealer: wraps them.
        index_key: 32 bytes that handles are made with.
    """

    __slots__ = ("_index_key", "_sealer", "_store")

    def __init__(self, store: SubjectStore, sealer: Sealer, *, index_key: bytes) -> None:
        self._store = store
        self._sealer = sealer
        self._index_key = index_key

    def seal(self, plaintext: bytes, binding: Binding) -> bytes:
        """Encrypt *plaintext* under the key of the binding's subject, which is made if there is none.

        Raises:
            StoreError: the binding names no subject, or the key store does not serve.
        """
        handle = self._handle(binding)
        key = self._key(handle)
        if key is None:
            place = _place(handle)
            wrapped = self._sealer.seal(secrets.token_bytes(KEY_BYTES), place)
            key = self._sealer.open(self._guarded(partial(self._store.add, handle, wrapped)), place)
        return seal(key, plaintext, binding.encode())

    def open(self, blob: bytes, binding: Binding) -> bytes:
        """Return what was sealed into *blob*.

        Raises:
            StoreError: the subject was erased, or the value belongs elsewhere or was changed.
        """
        key = self._key(self._handle(binding))
        if key is None:
            raise StoreError(
                "this value cannot be opened: its subject has no key, as after an erasure",
                hint="What was erased cannot be brought back.",
            )
        return open_sealed(key, blob, binding.encode())

    def erase(self, tenant: str, subject: str) -> str:
        """Destroy the key of a subject and return its handle, for the record.

        Raises:
            StoreError: the key store does not serve, so that nothing was erased for certain.
        """
        handle = self._handle(Binding(tenant, "", "", subject))
        self._guarded(partial(self._store.destroy, handle))
        return handle

    def replay(self, handles: Iterable[str]) -> int:
        """Destroy again what was erased before, after a restore; return how many keys had come back."""
        back = 0
        for handle in handles:
            back += self._guarded(partial(self._store.get, handle)) is not None
            self._guarded(partial(self._store.destroy, handle))
        return back

    def _handle(self, binding: Binding) -> str:
        """Return the handle of the subject's present key: each erasure begins another generation."""
        if not binding.subject:
            raise StoreError("a value for a person's key names no person", hint="name the subject")
        for generation in range(_GENERATIONS_MAX):
            named = joined("stockade/subject/1", binding.tenant, binding.subject, str(generation))
            handle = hmac.digest(self._index_key, named, "sha256").hex()
            if not self._guarded(partial(self._store.destroyed, handle)):
                return handle
        raise StoreError("a subject was erased too often", hint="use another identifier for the subject")

    def _key(self, handle: str) -> bytes | None:
        wrapped = self._guarded(partial(self._store.get, handle))
        return None if wrapped is None else self._sealer.open(wrapped, _place(handle))

    @staticmethod
    def _guarded(ask: Callable[[], Answer]) -> Answer:
        try:
            return ask()
        except OSError as error:
            raise StoreError(
                f"the store of subject keys does not serve ({error.strerror})",
                hint="Check its folder, its disk and its permissions.",
            ) from None


class FileSubjectStore:
    """Subject keys as files in a folder of their own, which belongs into no backup of the data.

    Args:
        directory: made if it does not exist.
    """

    __slots__ = ("_directory",)

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)

    def get(self, handle: str) -> bytes | None:
        """Return the wrapped key, or None where there is none or it was destroyed."""
        if self.destroyed(handle):
            return None
        try:
            return self._path(handle, "key").read_bytes()
        except FileNotFoundError:
            return None

    def add(self, handle: str, wrapped: bytes) -> bytes:
        """Keep a wrapped key and return the one that is kept: the first of several added at once."""
        path = self._path(handle, "key")
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        path.parent.mkdir(mode=0o700, exist_ok=True)
        try:
            write_new(draft, wrapped)
            os.link(draft, path)
        except FileExistsError:
            return path.read_bytes()
        finally:
            draft.unlink(missing_ok=True)
        sync_folder(path.parent)
        sync_folder(self._directory)
        return wrapped

    def destroy(self, handle: str) -> None:
        """Make the key unreadable for ever and remember that."""
        path, gone = self._path(handle, "key"), self._path(handle, "gone")
        path.parent.mkdir(mode=0o700, exist_ok=True)
        # First the word that it is gone: a crash from here on cannot leave a key that counts.
        if not gone.exists():
            write_new(gone, b"")
        sync_folder(path.parent)
        sync_folder(self._directory)
        if path.exists():
            with path.open("r+b") as file:
                file.write(bytes(path.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
            sync_folder(path.parent)

    def destroyed(self, handle: str) -> bool:
        """Say whether the key was destroyed."""
        return self._path(handle, "gone").exists()

    def _path(self, handle: str, kind: str) -> Path:
        if not handle.isalnum():
            raise ValueError("a handle is letters and digits")
        return self._directory / handle[:2] / f"{handle[2:]}.{kind}"


def _place(handle: str) -> Binding:
    return Binding("", _PURPOSE, handle)
