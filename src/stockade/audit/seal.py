"""The tree over the log, its tiles, and the signed checkpoint that says what the log holds.

Only what is safe on the disk is ever signed: two checkpoints that contradict each other would be a fork.
Tiles follow from the entries and can be made again. It writes no entry and has no clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from stockade.audit.disk import Disk
from stockade.audit.key import LogKey
from stockade.core.errors import TamperedError
from stockade_verify import Checkpoint, Tree, leaf_hash
from stockade_verify.entries import LEAF_BYTES_MAX, leaf_of
from stockade_verify.log import CHECKPOINT
from stockade_verify.merkle import HASH_BYTES, TILE_WIDTH
from stockade_verify.tiles import hashes_in, tile_name

_LEVELS_MAX: Final = 8  # 256 to the 8th is more than a log's size can be


class Seals:
    """The tree of one log and what is signed of it.

    Attributes:
        note: the newest checkpoint, signed; empty before the first.
        covered: how many entries it covers.
    """

    def __init__(self, directory: Path, disk: Disk, key: LogKey) -> None:
        self.key = key
        self.note = b""
        self.covered = 0
        self._directory = directory
        self._disk = disk
        self._tiles: list[tuple[str, bytes]] = []
        self._tree = Tree(self._full)
        # While old entries are read again their tiles are compared: what differs is not written over before
        # the signed root has said which of the two is right.
        self._checking = False
        self._differs = 0

    @property
    def size(self) -> int:
        """How many entries the tree has."""
        return self._tree.size

    def root(self) -> bytes:
        """Return the root of the tree."""
        return self._tree.root()

    def extend(self, lines: Sequence[bytes]) -> None:
        """Add lines that are safe on the disk, each with its end."""
        self._tree.extend(
            [leaf_hash(raw[:-1] if len(raw) <= LEAF_BYTES_MAX + 1 else leaf_of(raw)) for raw in lines]
        )
        if not self._checking:
            with suppress(OSError):  # sealing tries again, and says so
                self._put_tiles()

    def seal(self) -> None:
        """Sign the tree as it is, unless it is signed already.

        Raises:
            OSError: it cannot be written; the checkpoint before it stays.
        """
        if self.covered == self.size and self.note:
            return
        self._put_tiles()
        for level, row in enumerate(self._tree.edge()):
            if row:
                index = self.size // TILE_WIDTH ** (level + 1)
                self._disk.put(self._directory, tile_name(level, index, len(row)), b"".join(row))
        note = self.key.sign(self.size, self._tree.root())
        self._disk.put(self._directory, CHECKPOINT, note, durable=True)
        self.note, self.covered = note, self.size

    def take_up(self) -> Checkpoint | None:
        """Read the checkpoint that was signed last; None where there is none yet.

        Raises:
            TamperedError: there is one that this log's key has not signed.
            OSError: it cannot be read.
        """
        note = self._disk.get(self._directory / CHECKPOINT)
        if not note:
            return None
        checkpoint = self.key.open(note)
        if checkpoint is None:
            raise TamperedError(
                "the audit log's checkpoint is not signed with its key",
                sequence=1,
                hint="Keep the directory as it is for examination, and compare it with a copy.",
            )
        self.note, self.covered = note, checkpoint.size
        return checkpoint

    def resume(self, size: int) -> bool:
        """Make the tree one of *size* entries, from the tiles; say whether they are all there.

        Tiles are compared and not written until ``trust`` is called.
        """
        edge: list[list[bytes]] = []
        for level in range(_LEVELS_MAX):
            count = size // TILE_WIDTH**level
            if count == 0:
                break
            row = self._partial(level, count // TILE_WIDTH, count % TILE_WIDTH)
            if row is None:
                return False
            edge.append(row)
        self._tiles.clear()
        self._tree = Tree.resumed(size, edge, self._full)
        self._checking, self._differs = True, 0
        return True

    def trust(self) -> None:
        """Write the tiles that differed: the entries are those that were signed."""
        self._checking = False
        with suppress(OSError):
            self._put_tiles()

    def first_difference(self) -> int:
        """Return the number of the first entry that is not as its tile says; 0 where no tile tells."""
        row = self._tree.edge()[0]
        if row and not self._differs:
            self._compare(0, self.size // TILE_WIDTH, b"".join(row))
        return self._differs

    def _partial(self, level: int, index: int, width: int) -> list[bytes] | None:
        """Return the first *width* hashes of a tile, from any file that holds as many."""
        if width == 0:
            return []
        widths = [TILE_WIDTH, width]
        signed = self.covered // TILE_WIDTH**level
        if signed // TILE_WIDTH == index:
            widths.append(signed % TILE_WIDTH)
        for held in widths:
            tile = self._disk.get(self._directory / tile_name(level, index, held)) or b""
            if held >= width and len(tile) == held * HASH_BYTES:
                return hashes_in(tile)[:width]
        return None

    def _full(self, level: int, index: int, tile: bytes) -> None:
        if not self._checking or not self._compare(level, index, tile):
            self._tiles.append((tile_name(level, index), tile))

    def _compare(self, level: int, index: int, tile: bytes) -> bool:
        """Say whether a tile is as its file says; one that is missing is written."""
        name = tile_name(level, index, len(tile) // HASH_BYTES)
        with suppress(OSError):
            stored = self._disk.get(self._directory / name)
            if stored is None:
                self._disk.put(self._directory, name, tile)
            elif stored != tile:
                pairs = zip(hashes_in(tile), hashes_in(stored), strict=False)
                same = next((n for n, (one, other) in enumerate(pairs) if one != other), 0)
                if level == 0 and not self._differs:
                    self._differs = index * TILE_WIDTH + same + 1
                return False
        return True

    def _put_tiles(self) -> None:
        while self._tiles:
            name, tile = self._tiles[0]
            self._disk.put(self._directory, name, tile)
            self._disk.discard(self._directory / f"{name}.p")
            del self._tiles[0]
