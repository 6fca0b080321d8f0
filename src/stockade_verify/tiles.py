"""Where the tiles of a tree lie (https://c2sp.org/tlog-tiles), and how entry bundles are laid out.

A tile is a file of at most 256 hashes. Tiles follow from the entries: a damaged one makes no entry wrong, it
only has to be made again. It reads nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from stockade_verify.merkle import HASH_BYTES, TILE_WIDTH


def tile_name(level: int | str, index: int, width: int = TILE_WIDTH) -> str:
    """Return the path of a tile below the log's folder; *level* ``entries`` names a bundle of entries."""
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    path = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    return f"tile/{level}/{path}" + (f".p/{width}" if width < TILE_WIDTH else "")


def hashes_in(tile: bytes) -> list[bytes]:
    """Return the hashes of a tile."""
    return [tile[at : at + HASH_BYTES] for at in range(0, len(tile), HASH_BYTES)]


def bundle(leaves: Iterable[bytes]) -> bytes:
    """Return the entry bundle of *leaves*: each behind its length in two bytes."""
    return b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in leaves)
