"""Signed notes, verifier keys, checkpoints and witnesses' cosignatures in the C2SP formats.

https://c2sp.org/signed-note, https://c2sp.org/tlog-checkpoint and https://c2sp.org/tlog-cosignature, with
Ed25519 (types 1 and 4) only. It signs nothing and trusts no key that was not handed in.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from stockade_verify.errors import ForgedError, UnreadableError
from stockade_verify.merkle import EMPTY, HASH_BYTES, SIZE_MAX

PLAIN: Final = 1
COSIGNATURE: Final = 4
# The format asks for 16 at least; a checkpoint is read before anything about it is known.
_SIGNATURES_MAX: Final = 64
_NOTE_BYTES_MAX: Final = 1 << 20
_SIGNATURE: Final = re.compile("\u2014 ([^ +]+) ([A-Za-z0-9+/]+={0,2})")
_CONTROL: Final = re.compile("[\x00-\x09\x0b-\x1f]")
NUMBER: Final = re.compile("0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with the name it signs under.

    Attributes:
        name: of the log or the witness; a log's name is its origin.
        key_id: the four bytes by which a signature names its key.
        kind: 1 for a signature over the note, 4 for a witness's cosignature.
        public: the 32 bytes of an Ed25519 public key.
    """

    name: str
    key_id: bytes
    kind: int
    public: bytes = field(repr=False)

    @classmethod
    def made(cls, name: str, public: bytes, kind: int = PLAIN) -> VerifierKey:
        """Return the key *public* of *name*."""
        raw = name.encode() + b"\n" + bytes([kind]) + public
        return cls(name, sha256(raw).digest()[:4], kind, public)

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """Read a key as it is published: ``name+id+base64``.

        Raises:
            UnreadableError: it is no such key, or of a type unknown here.
        """
        name, _, rest = text.strip().partition("+")
        key_id, _, encoded = rest.partition("+")
        raw = unpacked(encoded)
        if raw is None or len(raw) != 1 + HASH_BYTES or raw[0] not in {PLAIN, COSIGNATURE}:
            raise UnreadableError("this is not an Ed25519 verifier key (name+id+base64)")
        key = cls.made(name, raw[1:], raw[0])
        if not name or any(c.isspace() for c in name) or key_id != key.key_id.hex():
            raise UnreadableError("the verifier key's name and id do not belong together")
        return key

    def __str__(self) -> str:
        encoded = b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{encoded}"

    def holds(self, text: bytes, signature: bytes) -> bool:
        """Say whether *signature* is this key's over *text*."""
        if self.kind == COSIGNATURE:
            time, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            if time >= SIZE_MAX:
                return False
            text = b"cosignature/v1\ntime %d\n%b" % (time, text)
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Note:
    """A note that one of the keys handed in has signed.

    Attributes:
        text: what was signed.
        signers: the keys whose signatures hold.
    """

    text: bytes
    signers: tuple[VerifierKey, ...]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself: it has *size* entries, and they have this root.

    Attributes:
        origin: the log's name.
        size: how many entries.
        root: the root of the tree over them.
        witnesses: names of the witnesses whose cosignatures were checked and hold.
    """

    origin: str
    size: int
    root: bytes
    witnesses: tuple[str, ...] = ()


def open_note(raw: bytes, keys: Sequence[VerifierKey]) -> Note:
    """Return the note in *raw* with those of *keys* that signed it.

    Raises:
        ForgedError: it is no note, a signature of a known key does not hold, or no known key signed it.
    """
    text, signatures = _divided(raw)
    signers: list[VerifierKey] = []
    for name, signature in signatures:
        for key in keys:
            if (key.name, key.key_id) != (name, signature[:4]):
                continue
            if not key.holds(text, signature[4:]):
                raise ForgedError("a signature of a known key does not hold")
            signers.append(key)
    if not signers:
        raise ForgedError("no known key has signed this")
    return Note(text, tuple(signers))


def open_checkpoint(raw: bytes, keys: Sequence[VerifierKey]) -> Checkpoint:
    """Return the checkpoint in *raw*, which the log whose key is among *keys* must have signed.

    Raises:
        ForgedError: it is no checkpoint, or not signed by a known key of the log it names.
    """
    note = open_note(raw, keys)
    origin, size, root = checkpoint_text(note.text)
    if not any(key.kind == PLAIN and key.name == origin for key in note.signers):
        raise ForgedError("the checkpoint is not signed by the log it names")
    witnesses = tuple(dict.fromkeys(key.name for key in note.signers if key.kind == COSIGNATURE))
    return Checkpoint(origin, size, root, witnesses)


def checkpoint_text(text: bytes) -> tuple[str, int, bytes]:
    """Return origin, size and root of the text of a checkpoint.

    Raises:
        ForgedError: it is none.
    """
    origin, size, root, *others = [*text.decode().removesuffix("\n").split("\n"), "", "", ""]
    extensions = others[:-3]
    raw = unpacked(root)
    sound = NUMBER.fullmatch(size) is not None and raw is not None and len(raw) == HASH_BYTES
    if not origin or not sound or raw is None or not all(extensions) or int(size) >= SIZE_MAX:
        raise ForgedError("this is not a checkpoint")
    if int(size) == 0 and raw != EMPTY:
        raise ForgedError("an empty log has another root")
    return origin, int(size), raw


def unpacked(text: str) -> bytes | None:
    """Decode base64 that has exactly one spelling, or return None."""
    try:
        raw = b64decode(text, validate=True)
    except (Base64Error, ValueError):
        return None
    return raw if b64encode(raw).decode() == text else None


def _divided(raw: bytes) -> tuple[bytes, list[tuple[str, bytes]]]:
    """Return the signed text and the signatures, each with its name."""
    if len(raw) > _NOTE_BYTES_MAX:
        raise ForgedError("the note is too large")
    try:
        whole = raw.decode()
    except UnicodeDecodeError:
        raise ForgedError("the note is not UTF-8") from None
    text, gap, rest = whole.rpartition("\n\n")
    lines = rest.removesuffix("\n").split("\n")
    if not gap or not rest.endswith("\n") or _CONTROL.search(whole) or len(lines) > _SIGNATURES_MAX:
        raise ForgedError("this is not a signed note")
    signatures: list[tuple[str, bytes]] = []
    for line in lines:
        found = _SIGNATURE.fullmatch(line)
        packed = unpacked(found[2]) if found else None
        if found is None or packed is None or len(packed) < 5 or any(c.isspace() for c in found[1]):
            raise ForgedError("a signature line of the note is malformed")
        signatures.append((found[1], packed))
    return f"{text}\n".encode(), signatures
