"""Proofs as files: that an entry is in a log, that a log only grew, that a log was forked.

Inclusion: https://c2sp.org/tlog-proof, with the entry itself as the extra data, so that one file is enough.
Growth: the body of a request of https://c2sp.org/tlog-witness: old size, proof and new checkpoint.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from stockade_verify.errors import ForgedError
from stockade_verify.merkle import HASH_BYTES, PROOF_MAX, check_consistency, check_inclusion, leaf_hash
from stockade_verify.note import NUMBER, Checkpoint, VerifierKey, open_checkpoint, unpacked

HEADER: Final = "c2sp.org/tlog-proof@v1"
# An entry of a leaf's largest size, in base64, and its proof and checkpoint.
_BYTES_MAX: Final = 4 << 20


@dataclass(frozen=True, slots=True)
class Inclusion:
    """A proof that holds.

    Attributes:
        index: the entry's place, from 0.
        leaf: the entry.
        checkpoint: what it is proven against.
    """

    index: int
    leaf: bytes = field(repr=False)
    checkpoint: Checkpoint


def check_proof(raw: bytes, keys: Sequence[VerifierKey], leaf: bytes | None = None) -> Inclusion:
    """Check a proof of inclusion.

    Args:
        raw: the proof.
        keys: public keys known from elsewhere.
        leaf: the entry without its line end; left out, the one that the proof brings along.

    Raises:
        ForgedError: it does not prove that the entry is in the log.
    """
    lines, note = _parts(raw)
    if not lines or lines.pop(0) != HEADER:
        raise ForgedError("this is not a proof of inclusion")
    brought = _brought(lines)
    word, _, number = (lines.pop(0) if lines else "").partition(" ")
    if word != "index" or NUMBER.fullmatch(number) is None:
        raise ForgedError("the proof names no entry")
    entry = brought if leaf is None else leaf
    if entry is None:
        raise ForgedError("the proof brings no entry along; hand it in")
    if brought is not None and brought != entry:
        raise ForgedError("the proof is of another entry")
    checkpoint = open_checkpoint(note, keys)
    check_inclusion(leaf_hash(entry), int(number), checkpoint.size, _hashes(lines), checkpoint.root)
    return Inclusion(int(number), entry, checkpoint)


def check_growth(raw: bytes, older: bytes, keys: Sequence[VerifierKey]) -> tuple[Checkpoint, Checkpoint]:
    """Check a proof that a log only grew since the checkpoint *older*; return both checkpoints.

    Raises:
        ForgedError: it does not prove that.
    """
    before = open_checkpoint(older, keys)
    lines, note = _parts(raw)
    word, _, number = (lines.pop(0) if lines else "").partition(" ")
    if word != "old" or NUMBER.fullmatch(number) is None:
        raise ForgedError("this is not a proof of growth")
    after = open_checkpoint(note, keys)
    if after.origin != before.origin:
        raise ForgedError("the checkpoints are of different logs")
    if int(number) != before.size:
        raise ForgedError("the proof starts from another size than the older checkpoint's")
    check_consistency((before.size, before.root), (after.size, after.root), _hashes(lines))
    return before, after


def fork_between(one: bytes, other: bytes, keys: Sequence[VerifierKey]) -> bool:
    """Say whether two signed checkpoints prove by themselves that a log was forked.

    Where the sizes differ only a proof of growth can tell; that is not a fork proven.

    Raises:
        ForgedError: one of them is not signed, or they are of different logs.
    """
    first, second = open_checkpoint(one, keys), open_checkpoint(other, keys)
    if first.origin != second.origin:
        raise ForgedError("the checkpoints are of different logs")
    return first.size == second.size and first.root != second.root


def _parts(raw: bytes) -> tuple[list[str], bytes]:
    """Return the lines before the first empty one, and the note after it."""
    head, gap, note = raw.partition(b"\n\n")
    if len(raw) > _BYTES_MAX or not gap or not head.isascii():
        raise ForgedError("this is not a proof")
    return head.decode().split("\n"), note


def _brought(lines: list[str]) -> bytes | None:
    if not lines or not lines[0].startswith("extra "):
        return None
    extra = unpacked(lines.pop(0).removeprefix("extra "))
    if extra is None:
        raise ForgedError("the proof's extra data is malformed")
    return extra


def _hashes(lines: Sequence[str]) -> list[bytes]:
    found = [unpacked(line) for line in lines]
    sound = [one for one in found if one is not None and len(one) == HASH_BYTES]
    if len(sound) != len(found) or len(found) > PROOF_MAX:
        raise ForgedError("the proof holds what is no hash, or too many")
    return sound
