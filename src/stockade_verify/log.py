"""The check of a whole log: every line, every number, and the root against what was signed.

A log verifies up to its newest checkpoint. What was written after it is counted and said, not vouched for.
That a log was cut back, or exists twice, shows only against a checkpoint known from elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from stockade_verify.entries import LEAF_BYTES_MAX, LINE, leaf_of, raw_lines, segments
from stockade_verify.errors import ForgedError, UnreadableError
from stockade_verify.merkle import TILE_WIDTH, Tree, leaf_hash
from stockade_verify.note import Checkpoint, VerifierKey, open_checkpoint
from stockade_verify.tiles import hashes_in, tile_name

CHECKPOINT: Final = "checkpoint"
_NAMED_MAX: Final = 1_000


@dataclass(frozen=True, slots=True)
class Report:
    """A log that verifies.

    Attributes:
        origin: the log's name.
        entries: how many entries it holds.
        covered: how many of them the newest checkpoint covers.
        root: the root over those.
        runs: how often its writer was started.
        unstopped: the runs that ended without saying so: the writer was killed, or lost its power.
        torn: bytes of an unfinished line at the end, which count for nothing.
        damaged: tiles that do not follow from the entries; proofs made from them would not hold.
    """

    origin: str
    entries: int
    covered: int
    root: bytes
    runs: int
    unstopped: tuple[int, ...] = ()
    torn: int = 0
    damaged: tuple[str, ...] = ()


def check_log(directory: Path, keys: Sequence[VerifierKey], known: Iterable[bytes] = ()) -> Report:
    """Check the log in *directory*.

    Args:
        directory: the log.
        keys: public keys of the log, known from elsewhere.
        known: checkpoints of this log from elsewhere: from an anchor, a witness, an earlier check.

    Raises:
        ForgedError: an entry was changed, added, moved or taken away, or a checkpoint contradicts the log.
        UnreadableError: the log cannot be read, or nothing signed was found.
    """
    signed = _signed(directory, keys, known)
    walk = _Walk(directory, {one.size: one for one in signed})
    files = segments(directory)
    for raw in raw_lines(files):
        walk.take(raw)
    newest = max(signed, key=lambda one: one.size)
    if walk.tree.size < newest.size:
        missing = walk.tree.size + 1
        raise ForgedError(
            f"the log ends with entry {walk.tree.size} and {newest.size} were signed", sequence=missing
        )
    walk.check_root()  # an empty checkpoint is met by no entry
    return Report(
        origin=newest.origin,
        entries=walk.tree.size,
        covered=newest.size,
        root=newest.root,
        runs=walk.run,
        unstopped=tuple(walk.unstopped),
        torn=walk.torn,
        damaged=tuple(walk.damaged),
    )


def _signed(directory: Path, keys: Sequence[VerifierKey], known: Iterable[bytes]) -> list[Checkpoint]:
    """Return every checkpoint at hand, opened; two that contradict each other are a fork."""
    raw = list(known)
    try:
        if (directory / CHECKPOINT).exists():
            raw.append((directory / CHECKPOINT).read_bytes())
    except OSError as error:
        raise UnreadableError(f"the checkpoint cannot be read: {error.strerror}") from error
    if not raw:
        raise UnreadableError("there is no checkpoint, so nothing says what the log should hold")
    signed = [open_checkpoint(one, keys) for one in raw]
    if len({one.origin for one in signed}) > 1:
        raise ForgedError("the checkpoints are of different logs")
    by_size: dict[int, Checkpoint] = {}
    for one in signed:
        if by_size.setdefault(one.size, one).root != one.root:
            raise ForgedError(f"the log was forked: two signed checkpoints of {one.size} entries differ")
    return signed


@dataclass(slots=True)
class _Walk:
    """What is known after the lines read so far."""

    directory: Path
    signed: dict[int, Checkpoint]
    run: int = 0
    torn: int = 0
    suspect: int = 0
    kind: bytes = b'"stop"'
    counts: dict[bytes, int] = field(default_factory=dict)
    unstopped: list[int] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    tree: Tree = field(init=False)

    def __post_init__(self) -> None:
        self.tree = Tree(self._full)

    def take(self, raw: bytes) -> None:
        """Check one line and add it to the tree."""
        seq = self.tree.size + 1
        match = LINE.fullmatch(raw)
        if match is None and not raw.endswith(b"\n") and self.tree.size >= max(self.signed):
            self.torn += len(raw)
            return
        if match is None or self.torn or int(match[7]) != seq:
            raise ForgedError(f"entry {seq} is not as it was written", sequence=seq)
        if int(match[6]) != self.run:
            self._begin(int(match[6]), match[5], seq)
        self.kind = match[5]
        key = match[3]
        if key == b'""':
            expected = 0
        else:
            expected = self.counts[key] = self.counts.get(key, 0) + 1
        if int(match[4]) != expected:
            raise ForgedError(f"entry {seq} leaves a gap in the numbers of its key", sequence=seq)
        if self.kind == b'"stop"':
            self._check_totals(match[2], seq)
        leaf = raw[:-1] if len(raw) <= LEAF_BYTES_MAX + 1 else leaf_of(raw)
        self.tree.append(leaf_hash(leaf))
        if seq in self.signed:
            self.check_root()

    def check_root(self) -> None:
        """Check the root, where there is a checkpoint of the present size."""
        one = self.signed.get(self.tree.size)
        if one is None or self.tree.root() == one.root:
            return
        suspect = self.suspect or self._suspect_at_the_edge()
        where = f"first at entry {suspect}" if suspect else f"somewhere up to entry {self.tree.size}"
        raise ForgedError(f"the entries are not those that were signed, {where}", sequence=suspect)

    def _begin(self, run: int, kind: bytes, seq: int) -> None:
        if run != self.run + 1 or kind not in {b'"start"', b'"recovered"'}:
            raise ForgedError(f"entry {seq} begins a run out of order", sequence=seq)
        if self.kind != b'"stop"' and len(self.unstopped) < _NAMED_MAX:
            self.unstopped.append(self.run)
        self.run = run
        self.counts = {}

    def _check_totals(self, body: bytes, seq: int) -> None:
        """Check what the writer said when it stopped: how many entries each key had."""
        try:
            said = json.loads(body).get("keys")
        except (ValueError, RecursionError):
            said = None
        totals = {json.loads(key): count for key, count in self.counts.items()}
        if said is not None and said != totals:
            raise ForgedError(f"entry {seq} counts other entries than there are", sequence=seq)

    def _full(self, level: int, index: int, tile: bytes) -> None:
        """Compare a full tile with the file that should hold it."""
        name = tile_name(level, index)
        self._compare(name, tile, index * TILE_WIDTH if level == 0 else None)

    def _compare(self, name: str, tile: bytes, before: int | None) -> None:
        try:
            stored = (self.directory / name).read_bytes()
        except OSError:
            return  # it can be made again, and for this check it is not needed
        if stored == tile:
            return
        if len(self.damaged) < _NAMED_MAX:
            self.damaged.append(name)
        if before is not None and not self.suspect:
            pairs = zip(hashes_in(tile), hashes_in(stored), strict=False)
            same = next((n for n, (one, other) in enumerate(pairs) if one != other), 0)
            self.suspect = before + same + 1

    def _suspect_at_the_edge(self) -> int:
        """Look for the first entry that differs in the tile that is not full yet."""
        edge = self.tree.edge()[0]
        index = self.tree.size // TILE_WIDTH
        if edge:
            self._compare(tile_name(0, index, len(edge)), b"".join(edge), index * TILE_WIDTH)
        return self.suspect
