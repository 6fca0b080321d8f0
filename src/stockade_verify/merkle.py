"""The Merkle tree of RFC 6962: hashes, roots, and the checks of inclusion and consistency proofs.

Proofs are checked by the algorithms of RFC 9162, sections 2.1.3.2 and 2.1.4.2. It holds hashes only, never
entries, and does not know where they come from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Final

from stockade_verify.errors import ForgedError

EMPTY: Final = sha256(b"").digest()
HASH_BYTES: Final = 32
TILE_WIDTH: Final = 256
SIZE_MAX: Final = 2**63
# A tree of fewer than 2^63 leaves is at most 63 levels high.
PROOF_MAX: Final = 63


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a leaf that holds *entry*."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above *left* and *right*."""
    return sha256(b"\x01" + left + right).digest()


def tree_hash(hashes: Sequence[bytes]) -> bytes:
    """Return the root over *hashes*: leaves, or subtrees of which all but the last are full and equal."""
    if not hashes:
        return EMPTY
    row = list(hashes)
    while len(row) > 1:
        paired = [
            sha256(b"\x01" + left + right).digest() for left, right in zip(row[::2], row[1::2], strict=False)
        ]
        if len(row) & 1:
            paired.append(row[-1])
        row = paired
    return row[0]


class Tree:
    """A growing tree, of which only the right edge is kept: at most 255 hashes a level.

    Args:
        full: is given the level, the index and the hashes of each tile as soon as it is full.
    """

    __slots__ = ("_full", "_levels", "_size")

    def __init__(self, full: Callable[[int, int, bytes], None] | None = None) -> None:
        self._levels: list[list[bytes]] = [[]]
        self._size = 0
        self._full = full

    @classmethod
    def resumed(
        cls, size: int, edge: Sequence[Sequence[bytes]], full: Callable[[int, int, bytes], None] | None
    ) -> Tree:
        """Return the tree of *size* leaves whose partial tiles, from level 0 up, are *edge*."""
        tree = cls(full)
        tree._size = size
        tree._levels = [list(level) for level in edge] or [[]]
        return tree

    @property
    def size(self) -> int:
        """How many leaves it has."""
        return self._size

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Append the hashes of leaves."""
        taken = 0
        while taken < len(leaves):
            row = self._levels[0]
            more = leaves[taken : taken + TILE_WIDTH - len(row)]
            row.extend(more)
            taken += len(more)
            self._size += len(more)
            if len(row) == TILE_WIDTH:
                self._raise()

    def root(self) -> bytes:
        """Return the root as it is now."""
        above: list[bytes] = []
        for row in self._levels:
            hashes = row + above
            above = [tree_hash(hashes)] if hashes else []
        return above[0] if above else EMPTY

    def edge(self) -> list[list[bytes]]:
        """Return the hashes of the partial tiles, from level 0 up."""
        return [list(row) for row in self._levels]

    def _raise(self) -> None:
        """Hand every full tile on and put its root into the level above."""
        level, index = 0, self._size // TILE_WIDTH - 1
        while len(self._levels[level]) == TILE_WIDTH:
            row = self._levels[level]
            if self._full is not None:
                self._full(level, index, b"".join(row))
            if level + 1 == len(self._levels):
                self._levels.append([])
            self._levels[level + 1].append(tree_hash(row))
            self._levels[level] = []
            level, index = level + 1, index // TILE_WIDTH


def check_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check that *leaf* is number *index*, from 0, of the tree of *size* leaves under *root*.

    Raises:
        ForgedError: the proof does not show that.
    """
    _check_shape(proof, leaf, root)
    if not 0 <= index < size < SIZE_MAX:
        raise ForgedError("the proof speaks of an entry outside the tree")
    place, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            raise ForgedError("the proof is longer than the tree is high")
        if place & 1 or place == last:
            found = node_hash(step, found)
            place, last = _to_odd(place, last)
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    if last or found != root:
        raise ForgedError("the proof does not lead from the entry to the signed root")


def check_consistency(older: tuple[int, bytes], newer: tuple[int, bytes], proof: Sequence[bytes]) -> None:
    """Check that the tree *newer* begins with the whole of the tree *older*; both are size and root.

    Raises:
        ForgedError: the proof does not show that.
    """
    (first, first_root), (second, second_root) = older, newer
    _check_shape(proof, first_root, second_root)
    if not 0 <= first <= second < SIZE_MAX:
        raise ForgedError("the proof leads from a larger tree to a smaller one")
    if first in {0, second}:
        if proof or first_root != (second_root if first == second else EMPTY):
            raise ForgedError("the trees are not the same, or more is proven than can be")
        return
    if first & (first - 1) == 0:
        proof = [first_root, *proof]
    if not proof or _lead(first - 1, second - 1, proof) != (first_root, second_root):
        raise ForgedError("the newer tree does not begin with the older one")


def _lead(place: int, last: int, proof: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Return the roots of the older and the newer tree that *proof* leads to."""
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = proof[0]
    for step in proof[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            old, new = node_hash(step, old), node_hash(step, new)
            place, last = _to_odd(place, last)
        else:
            new = node_hash(new, step)
        place, last = place >> 1, last >> 1
    return (old, new) if last == 0 else None


def _to_odd(place: int, last: int) -> tuple[int, int]:
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _check_shape(proof: Sequence[bytes], *others: bytes) -> None:
    if len(proof) > PROOF_MAX or any(len(one) != HASH_BYTES for one in (*proof, *others)):
        raise ForgedError("the proof is too long or holds what is no hash")
