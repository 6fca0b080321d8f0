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

from stockade_verify.entries import leaf_of, parts, raw_lines, segments
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
    walk.go(raw_lines(segments(directory)))
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
    newest: int = field(init=False)

    def __post_init__(self) -> None:
        self.newest = max(self.signed)
        self.tree = Tree(self._full)

    def go(self, lines: Iterable[bytes]) -> None:
        """Check each line and add it to the tree."""
        seq, leaves, signed = 0, list[bytes](), self.signed
        for raw in lines:
            found = parts(raw)
            if found is None or self.torn:
                self._unfinished(raw, seq)
                continue
            seq += 1
            key, key_seq, kind, run, number = found[1].groups()
            if int(number) != seq:
                raise ForgedError(f"entry {seq} is not where it was written", sequence=seq)
            if int(run) != self.run:
                self._begin(int(run), kind, seq)
            self._count(key, int(key_seq), seq)
            self.kind = kind
            if kind == b'"stop"':
                self._check_totals(raw[found[0].end() - 1 : found[1].start() + 1], seq)
            leaves.append(leaf_hash(leaf_of(raw)))
            if seq in signed or len(leaves) == TILE_WIDTH:
                self._add(leaves)
        self._add(leaves)

    def _add(self, leaves: list[bytes]) -> None:
        self.tree.extend(leaves)
        leaves.clear()
        self.check_root()

    def _count(self, key: bytes, said: int, seq: int) -> None:
        """Check the number of an entry among those of its key."""
        expected = 0
        if key != b'""':
            expected = self.counts[key] = self.counts.get(key, 0) + 1
        if said != expected:
            raise ForgedError(f"entry {seq} leaves a gap in the numbers of its key", sequence=seq)

    def check_root(self) -> None:
        """Check the root, where there is a checkpoint of the present size."""
        one = self.signed.get(self.tree.size)
        if one is None or self.tree.root() == one.root:
            return
        suspect = self.suspect or self._suspect_at_the_edge()
        where = f"first at entry {suspect}" if suspect else f"somewhere up to entry {self.tree.size}"
        raise ForgedError(f"the entries are not those that were signed, {where}", sequence=suspect)

    def _unfinished(self, raw: bytes, before: int) -> None:
        """Count what may be a line that is being written; refuse anything else that is no line."""
        if self.torn or raw.endswith(b"\n") or before < self.newest:
            raise ForgedError(f"entry {before + 1} is not as it was written", sequence=before + 1)
        self.torn += len(raw)

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
