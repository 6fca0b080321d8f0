"""Proofs from a log: that an entry is in it, that it only grew.

They are made from the tiles and the newest checkpoint, without the secret key and beside a running writer,
and each is checked before it is given out. An entry that no checkpoint covers yet cannot be proven.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from stockade.audit.key import PUBLIC_KEY
from stockade.audit.verify import files_from
from stockade.core.errors import InputError, StoreError
from stockade_verify import (
    Checkpoint,
    ForgedError,
    UnreadableError,
    VerifierKey,
    check_growth,
    check_proof,
    node_hash,
    open_checkpoint,
    tree_hash,
)
from stockade_verify.entries import Segment, divide, leaf_of, segments
from stockade_verify.log import CHECKPOINT
from stockade_verify.merkle import HASH_BYTES, TILE_WIDTH
from stockade_verify.proof import HEADER
from stockade_verify.tiles import hashes_in, tile_name

# Closer than this, lines are read one by one.
_NEAR: Final = 1 << 16
_TILE_BITS: Final = 8


class Prover:
    """Makes proofs for the newest checkpoint of the log in *directory*.

    Raises:
        StoreError: the log cannot be read, or its checkpoint is not signed with its key.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        try:
            self.key = VerifierKey.parse((directory / PUBLIC_KEY).read_text("utf-8"))
            self.note = (directory / CHECKPOINT).read_bytes()
            self.checkpoint: Checkpoint = open_checkpoint(self.note, [self.key])
        except (OSError, UnicodeDecodeError, UnreadableError, ForgedError) as error:
            raise StoreError(
                "the audit log's checkpoint or public key cannot be used",
                hint="Check the path, then run `stockade audit verify`.",
            ) from error
        self._tiles: dict[tuple[int, int], list[bytes]] = {}

    def inclusion(self, seq: int) -> bytes:
        """Return the proof that entry *seq* is in the log, the entry included (https://c2sp.org/tlog-proof).

        Raises:
            InputError: there is no such entry, or no checkpoint covers it yet.
            StoreError: the log or its tiles cannot be used.
        """
        size = self.checkpoint.size
        if not 0 < seq <= size:
            raise InputError(
                f"no checkpoint covers an entry {seq}; the newest covers {size}",
                code="unknown_entry",
                hint="An entry is covered at the latest a second after it was written.",
            )
        leaf = leaf_of(line_at(self._directory, seq))
        lines = [HEADER, f"extra {b64encode(leaf).decode()}", f"index {seq - 1}"]
        proof = self._with_checkpoint(lines, self._path_of(seq - 1, size))
        self._checked(lambda: check_proof(proof, [self.key], leaf))
        return proof

    def growth(self, older: bytes) -> bytes:
        """Return the proof that the log only grew since the checkpoint *older* of it.

        Raises:
            InputError: that is no checkpoint of this log, or it is newer than the newest.
            StoreError: the log's tiles cannot be used.
        """
        try:
            before = open_checkpoint(older, [self.key])
        except ForgedError as error:
            raise InputError(
                f"the older checkpoint cannot be used: {error}", code="unknown_checkpoint"
            ) from error
        if before.size > self.checkpoint.size:
            raise InputError(
                f"that checkpoint covers {before.size} entries and the log's newest {self.checkpoint.size}",
                code="unknown_checkpoint",
                hint="If it is genuine the log was cut back; keep both for examination.",
            )
        proof = self.growth_from(before.size)
        self._checked(lambda: check_growth(proof, older, [self.key]))
        return proof

    def growth_from(self, size: int) -> bytes:
        """Return the proof of growth from *size* entries on, for somebody who knows what they were.

        Raises:
            InputError: the newest checkpoint does not cover as many.
            StoreError: the log's tiles cannot be used.
        """
        if not 0 <= size <= self.checkpoint.size:
            raise InputError(
                f"the log's newest checkpoint covers {self.checkpoint.size} entries, not {size}",
                code="unknown_checkpoint",
                hint="If more were signed before, the log was cut back; keep it for examination.",
            )
        return self._with_checkpoint([f"old {size}"], self._growth_of(size, self.checkpoint.size))

    def _with_checkpoint(self, lines: Sequence[str], steps: Sequence[bytes]) -> bytes:
        shown = [*lines, *(b64encode(step).decode() for step in steps)]
        return "\n".join(shown).encode() + b"\n\n" + self.note

    def _checked(self, check: Callable[[], object]) -> None:
        try:
            check()
        except ForgedError as error:
            raise StoreError(
                f"the audit log gives no proof that holds: {error}",
                hint="Run `stockade audit verify`: entries or tiles are not as they were signed.",
            ) from error

    def _path_of(self, index: int, size: int) -> list[bytes]:
        """RFC 6962, section 2.1.1."""
        start, end, path = 0, size, list[bytes]()
        while end - start > 1:
            middle = start + (1 << (end - start - 1).bit_length() - 1)
            if index < middle:
                path.append(self._range(middle, end))
                end = middle
            else:
                path.append(self._range(start, middle))
                start = middle
        return path[::-1]

    def _growth_of(self, first: int, size: int) -> list[bytes]:
        """RFC 6962, section 2.1.2."""
        if first in {0, size}:
            return []
        start, end, path = 0, size, list[bytes]()
        while end != first:
            middle = start + (1 << (end - start - 1).bit_length() - 1)
            if first <= middle:
                path.append(self._range(middle, end))
                end = middle
            else:
                path.append(self._range(start, middle))
                start = middle
        if start:
            path.append(self._range(start, end))
        return path[::-1]

    def _range(self, start: int, end: int) -> bytes:
        """Return the hash over the entries from *start* to *end*, as the tree divides them."""
        full: list[bytes] = []
        while start < end:
            height = (end - start).bit_length() - 1
            full.append(self._subtree(height, start >> height))
            start += 1 << height
        whole = full.pop()
        while full:
            whole = node_hash(full.pop(), whole)
        return whole

    def _subtree(self, height: int, index: int) -> bytes:
        """Return the root of the full subtree number *index* of this height."""
        level, inner = divmod(height, _TILE_BITS)
        start = index << inner
        tile = self._tile(level, start // TILE_WIDTH)
        within = start % TILE_WIDTH
        return tree_hash(tile[within : within + (1 << inner)])

    def _tile(self, level: int, index: int) -> list[bytes]:
        held = self._tiles.get((level, index))
        if held is None:
            count = self.checkpoint.size // TILE_WIDTH**level - index * TILE_WIDTH
            held = self._tiles[level, index] = self._read_tile(level, index, min(count, TILE_WIDTH))
        return held

    def _read_tile(self, level: int, index: int, width: int) -> list[bytes]:
        for held in dict.fromkeys((TILE_WIDTH, width)):
            try:
                raw = (self._directory / tile_name(level, index, held)).read_bytes()
            except OSError:
                continue
            if len(raw) == held * HASH_BYTES:
                return hashes_in(raw)
        raise StoreError(
            f"the tile {tile_name(level, index, width)} of the audit log is missing",
            hint="Open the log for writing once: missing tiles are made again.",
        )


def line_at(directory: Path, seq: int) -> bytes:
    """Return the line of entry *seq*, found by halving the file it must stand in.

    Raises:
        StoreError: the log cannot be read, or the line is not where it should be.
    """
    try:
        files = files_from(segments(directory), seq)
        raw = _search(files[0], seq) if files else b""
    except (UnreadableError, OSError) as error:
        raise StoreError(
            "the audit log cannot be read", hint="Check the path and its permissions."
        ) from error
    line = divide(raw)
    if line is None or line.seq != seq:
        raise StoreError(
            f"entry {seq} of the audit log is not where it should be", hint="Run `stockade audit verify`."
        )
    return raw


def _search(segment: Segment, seq: int) -> bytes:
    """Return the first line of *segment* that is not before entry *seq*."""
    with segment.path.open("rb") as file:
        low, high = 0, file.seek(0, 2) if segment.kept is None else segment.kept
        while high - low > _NEAR:
            middle = (low + high) // 2
            file.seek(middle)
            file.readline()
            place = file.tell()
            line = divide(file.readline()) if place < high else None
            if line is not None and line.seq <= seq:
                low = place
            else:
                high = middle
        file.seek(low)
        for raw in iter(file.readline, b""):
            line = divide(raw)
            if line is None or line.seq >= seq:
                return raw
    return b""
