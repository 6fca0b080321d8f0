"""The key a log signs with, and the name it signs under.

Each log has a name of its own, made when the log is begun, and a key derived for that name: two logs of one
installation can never be taken for one another. The public key lies beside the log, for whoever wants to take
it away; a verifier that reads it there trusts whoever can write there.
"""

from __future__ import annotations

import secrets
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from stockade.audit.disk import Disk
from stockade.core.errors import StoreError
from stockade.sealing.keyring import derive, load_or_create_master_key
from stockade_verify import Checkpoint, ForgedError, UnreadableError, VerifierKey, open_checkpoint

PUBLIC_KEY: Final = "log.pub"
_OWN_KEY: Final = "log.key"
_PURPOSE: Final = "audit-checkpoint"

# Returns the 32 secret bytes that the log of this name signs with.
Seed: TypeAlias = Callable[[str], bytes]


class LogKey:
    """Signs checkpoints of one log.

    Args:
        origin: the log's name.
        seed: 32 secret bytes.
    """

    __slots__ = ("_private", "public")

    def __init__(self, origin: str, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = VerifierKey.made(origin, self._private.public_key().public_bytes_raw())

    @property
    def origin(self) -> str:
        """The log's name."""
        return self.public.name

    def sign(self, size: int, root: bytes) -> bytes:
        """Return the signed checkpoint of a tree."""
        text = f"{self.origin}\n{size}\n{b64encode(root).decode()}\n"
        signature = b64encode(self.public.key_id + self._private.sign(text.encode())).decode()
        return f"{text}\n\u2014 {self.origin} {signature}\n".encode()

    def open(self, note: bytes) -> Checkpoint | None:
        """Return the checkpoint in *note*, or None where this key has not signed it."""
        try:
            return open_checkpoint(note, [self.public])
        except ForgedError:
            return None


def log_key(directory: Path, disk: Disk, seed: Seed | None, *, new: bool) -> LogKey:
    """Return the key of the log in *directory*; a *new* log gets a name.

    Args:
        directory: the log.
        disk: where it lies.
        seed: derives secret bytes for a name; without it they come from a key file beside the log.
        new: whether the log holds nothing yet.

    Raises:
        StoreError: the log's public key is missing, or belongs to another secret key.
        OSError: a file cannot be read or written.
    """
    derived = seed or _own_seed(directory)
    published = disk.get(directory / PUBLIC_KEY)
    if published is None and not new:
        raise StoreError(
            f"the audit log's public key file {PUBLIC_KEY} is missing",
            hint="Restore it from a backup, or begin a log in another directory.",
        )
    if published is None:
        origin = f"stockade/{secrets.token_hex(8)}"
        made = LogKey(origin, derived(origin))
        disk.put(directory, PUBLIC_KEY, f"{made.public}\n".encode(), durable=True)
        return made
    try:
        public = VerifierKey.parse(published.decode("utf-8", "replace"))
    except UnreadableError as error:
        raise StoreError(
            f"the audit log's public key file {PUBLIC_KEY} is damaged", hint="Restore it from a backup."
        ) from error
    key = LogKey(public.name, derived(public.name))
    if key.public != public:
        raise StoreError(
            "the audit log was begun with another secret key",
            hint="Use the installation (its master key) that began it, or begin a log in another directory.",
        )
    return key


def seed_from(master: bytes) -> Seed:
    """Return what derives the secret bytes of each log from an installation's master key."""
    return lambda origin: derive(master, _PURPOSE, origin)


def _own_seed(directory: Path) -> Seed:
    return seed_from(load_or_create_master_key(directory / _OWN_KEY))
