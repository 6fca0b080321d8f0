"""The master key in its file, and the keys derived from it for one purpose each.

It does not rotate, wrap or escrow the master key, and it never overwrites a key file: a damaged file is
refused, because making a new key would turn everything sealed under the old one into noise.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from stockade.core.errors import ConfigError
from stockade.sealing.whole_file import sync_folder, write_new

KEY_BYTES = 32
_PARENT_MODE = 0o700
_OTHERS = 0o077
# Part of every derivation: a later scheme takes another word and so cannot collide with this one.
_SCHEME = b"stockade/derive/1"
_LENGTH_BYTES = 4


def load_or_create_master_key(path: Path) -> bytes:
    """Return the key that *path* holds, making it first where there is none.

    Two processes that start at the same moment get the same key: the file appears complete, by a hard
    link that fails if the name is taken, and whoever comes second reads what the first one wrote.

    Raises:
        ConfigError: the file is damaged, readable by others, or cannot be read or written.
    """
    try:
        if not os.path.lexists(path):
            _create(path)
        return _load(path)
    except OSError as failed:
        raise ConfigError(
            f"the master key file {path} cannot be used ({_reason(failed)})",
            hint="give the account that runs stockade read and write permission on the file and its folder",
        ) from None


def derive(master: bytes, purpose: str, *context: str) -> bytes:
    """Derive the 32-byte key for one *purpose* in one *context* (HKDF-SHA256, RFC 5869).

    Every part enters with its length in front, so no two different (purpose, context) give the same key.

    Raises:
        ConfigError: the master key does not have 32 bytes, or the purpose is empty.
    """
    if len(master) != KEY_BYTES:
        raise ConfigError(
            f"a master key has {KEY_BYTES} bytes, not {len(master)}",
            hint="use load_or_create_master_key to obtain it",
        )
    if not purpose:
        raise ConfigError("a key is derived for a purpose, and none was named", hint="name the purpose")
    # surrogatepass: a context may be text from outside that is not well-formed; it must not crash, and
    # must not fall together with another text either.
    parts = [part.encode("utf-8", "surrogatepass") for part in (purpose, *context)]
    info = b"".join(len(part).to_bytes(_LENGTH_BYTES, "big") + part for part in (_SCHEME, *parts))
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(master)


def _create(path: Path) -> None:
    path.parent.mkdir(mode=_PARENT_MODE, parents=True, exist_ok=True)
    # Written beside the target, then linked to its name: nobody ever sees half a key.
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        write_new(draft, secrets.token_bytes(KEY_BYTES))
        # Another process was first: its key counts.
        with contextlib.suppress(FileExistsError):
            _publish(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def _publish(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links (FAT, some network shares). An exclusive create cannot
        # overwrite either; a crash between the two calls leaves a short file, which is refused on load.
        write_new(path, draft.read_bytes())


def _load(path: Path) -> bytes:
    # O_NONBLOCK: opening a pipe that somebody put there must not hang the start.
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        # Asked of the open file, not of the name: the two could differ a moment later.
        _refuse_exposed(path, os.fstat(file.fileno()))
        content = file.read(KEY_BYTES + 1)
    if len(content) != KEY_BYTES:
        raise ConfigError(
            f"the master key file {path} is damaged: a key has {KEY_BYTES} bytes",
            hint="restore the file from a backup; without it nothing sealed before can be opened",
        )
    return content


def _refuse_exposed(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise ConfigError(
            f"the master key file {path} is not a regular file", hint="move what lies there out of the way"
        )
    if os.name == "posix" and status.st_mode & _OTHERS:
        raise ConfigError(
            f"the master key file {path} can be read or changed by other accounts",
            hint=f"run: chmod 600 {path}, and consider whether anybody has read it",
        )


def _reason(failed: OSError) -> str:
    return failed.strerror or type(failed).__name__
