"""What a power cut can leave behind: every state of the disk that the recorded operations allow.

A write that was not synced may be there up to any byte, or with any of its blocks missing; a file put in
place without a sync may be there, be empty, or be missing; one put in place durably is the old or the new.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from stockade.audit.disk import Disk
from stockade.audit.entry import encoded
from stockade.audit.key import LogKey
from stockade.audit.seal import Seals
from stockade.audit.sink import Sink
from stockade.core.errors import StoreError, TamperedError
from stockade_verify import ForgedError, check_log

BLOCK = 128  # smaller than a real one: more states


class Unsynced:
    """A real segment without the waiting, for opening thousands of states."""

    def __init__(self, path):
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)

    @property
    def size(self):
        return os.fstat(self._fd).st_size

    def write(self, data):
        os.write(self._fd, data)

    def sync(self):
        pass

    def truncate(self, size):
        os.ftruncate(self._fd, size)

    def close(self):
        os.close(self._fd)


class QuickDisk(Disk):
    def __init__(self, laid):
        self.laid = laid

    def segment(self, path):
        return Unsynced(path)

    def put(self, directory, name, data, *, durable=False):
        self.laid.pop(f"{directory}/{name}", None)
        super().put(directory, name, data)


@dataclass
class File:
    durable: bytes = b""
    pending: list[tuple[str, object]] = field(default_factory=list)

    def states(self):
        """Yield what the disk may hold of a segment."""
        content = self.durable
        yield content
        for what, argument in self.pending:
            if what == "truncate":
                content = content[:argument]
                yield content
            else:
                yield from (content + argument[:cut] for cut in range(1, len(argument) + 1))
                yield from (content + holed for holed in with_holes(argument, len(content)))
                content += argument

    def settle(self):
        for what, argument in self.pending:
            self.durable = self.durable[:argument] if what == "truncate" else self.durable + argument
        self.pending.clear()


def with_holes(data, offset):
    """Yield *data* with one or two of its blocks lost, wherever block borders fall in the file."""
    borders = sorted({0, len(data), *range(BLOCK - offset % BLOCK, len(data), BLOCK)})
    blocks = list(pairwise(borders))[:5]
    for count in (1, 2):
        for lost in combinations(blocks, count):
            held = bytearray(data)
            for start, end in lost:
                held[start:end] = bytes(end - start)
            yield bytes(held)


class Model:
    """The disk after each operation, as what it is sure to hold and what it may hold."""

    def __init__(self):
        self.segments: dict[str, File] = {}
        self.placed: dict[str, list[bytes | None]] = {}  # tiles and checkpoint: what may be there
        self.acknowledged = 0

    def happens(self, what, name, argument):
        if what == "acknowledged":
            self.acknowledged = argument
        elif what == "unlink":
            self.segments.pop(name, None)
        elif what == "put":
            data, durable = argument
            before = self.placed.get(name, [None])
            self.placed[name] = [data] if durable and before == [None] else [before[-1], data, b""]
            if durable:
                self.placed[name] = [one for one in self.placed[name] if one]
        elif what in {"write", "truncate"}:
            self.segments.setdefault(name, File()).pending.append((what, argument))
        elif what == "open":
            self.segments.setdefault(name, File())
        elif what == "sync":
            self.segments[name].settle()

    def states(self):
        """Yield every state as (segments, the other files)."""
        sure = {name: file.durable for name, file in self.segments.items()}
        latest = {name: versions[-1] for name, versions in self.placed.items()}
        others = [latest]
        for name, versions in self.placed.items():
            others += [latest | {name: one} for one in versions[:-1]]
        others.append({name: one for name, one in latest.items() if not name.startswith("tile")})
        for torn, file in self.segments.items():
            for content in file.states():
                yield sure | {torn: content}, latest
        for other in others:
            yield sure, other
            for torn, file in self.segments.items():
                for what, argument in file.pending[-1:]:
                    if what == "write":
                        yield sure | {torn: file.durable + argument[: len(argument) // 2]}, other


def violations(asked, folder, key, part=slice(None)):
    """Return how many states were tried, and those that lose an acknowledged entry or cannot be continued."""
    model = Model()
    tried = {}
    for operation in asked:
        if operation[0].startswith("failed"):
            continue
        model.happens(*operation)
        for segments, others in model.states():
            placed = [(name, one) for name, one in others.items() if one is not None]
            state = (tuple(sorted(segments.items())), tuple(sorted(placed)))
            tried[state] = max(model.acknowledged, tried.get(state, 0))
    bad, laid = [], {}
    folder.mkdir()
    chosen = list(tried.items())[part]
    for number, ((segments, others), acknowledged) in enumerate(chosen):
        lay_out(folder, dict(segments) | dict(others), laid)
        try:
            continue_from(folder, QuickDisk(laid), key, acknowledged, writing=number % 3 == 0)
            if number % 9 == 0:
                assert check_log(folder, [key.public]).damaged == ()
        except (StoreError, TamperedError, ForgedError, AssertionError) as error:
            bad.append((acknowledged, error))
    return len(chosen), bad


def lay_out(folder, files, laid):
    """Make *folder* hold *files*; *laid* are those it held before, of which only some were touched since."""
    for base, _, names in os.walk(folder):
        for name in names:
            path = f"{base}/{name}"
            if path not in laid or name.endswith((".jsonl", "checkpoint")):
                Path(path).unlink()
                laid.pop(path, None)
    for path in [path for path in laid if path.removeprefix(f"{folder}/") not in files]:
        Path(path).unlink()
        del laid[path]
    for name, content in files.items():
        path = f"{folder}/{name}"
        if laid.get(path) != content:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_bytes(content)
            laid[path] = content


def continue_from(folder, disk, key, acknowledged, *, writing):
    sink = Sink(folder, disk, Seals(folder, disk, key))
    assert sink.size >= acknowledged, f"{acknowledged - sink.size} acknowledged entries are lost"
    if writing:
        assert sink.start(9) == ""
        assert sink.uncovered == 0
    sink.close()


def worked(folder, disk, key, segment_bytes):
    """Write through rotation, a full disk, a broken write and two failed syncs; return what was asked."""
    folder.mkdir()
    disk.asked.clear()
    sink = Sink(folder, disk, Seals(folder, disk, key))
    sink.segment_bytes = segment_bytes

    def settled():
        here = {path.name for path in folder.iterdir()}
        gone = {name for what, name, _ in disk.asked if what == "open"} - here
        disk.asked.extend(("unlink", name, None) for name in sorted(gone))
        disk.asked.append(("acknowledged", "", sink.size))

    def attempt(count, expected="", **fail):
        disk.fail = fail
        assert sink.append([encoded("a", {"n": n, "key_id": "k"}) for n in range(count)], 1) == expected
        disk.fail = {}
        settled()
        if expected:
            assert sink.recover(expected, 2) == ""
            settled()

    assert sink.start(1) == ""
    settled()
    attempt(1)
    attempt(3)
    attempt(2, "disk_full", write=errno.ENOSPC)
    attempt(2)
    assert sink.seal() == ""
    attempt(2, "sync_failed", sync=errno.EIO)
    attempt(1)
    attempt(2, "io_error", write=errno.EIO, truncate=errno.EIO)
    attempt(2, "sync_failed", sync=errno.EIO, truncate=errno.EIO)
    attempt(3)
    sink.stop(3)
    settled()
    sink.close()
    return list(disk.asked), sink.size


@pytest.fixture
def memory(tmp_path):
    """A folder that no disk slows down, where there is one."""
    shared = "/dev/shm"
    if not os.access(shared, os.W_OK):
        yield tmp_path
        return
    folder = tempfile.mkdtemp(dir=shared)
    yield Path(folder)
    shutil.rmtree(folder)


# 10,000 states in all; in parts, so that a slow machine stays within the time of one test.
@pytest.mark.parametrize(
    ("segment_bytes", "part", "states"),
    [
        (10_000, slice(0, None, 2), 4_500),
        (10_000, slice(1, None, 2), 4_500),
        (300, slice(0, None, 8), 1_000),
    ],
)
def test_no_power_cut_loses_an_acknowledged_entry(memory, disk, segment_bytes, part, states):
    key = LogKey("stockade/power", b"k" * 32)
    asked, size = worked(memory / "written", disk, key, segment_bytes)
    assert check_log(memory / "written", [key.public]).entries == size
    tried, bad = violations(asked, memory / "state", key, part)
    assert bad == []
    assert tried > states


def test_the_same_check_finds_a_log_that_does_not_wait_for_the_disk(memory, disk):
    key = LogKey("stockade/power", b"k" * 32)
    (memory / "written").mkdir()
    sink = Sink(memory / "written", disk, Seals(memory / "written", disk, key))
    assert sink.start(1) == ""
    disk.asked.append(("acknowledged", "", sink.size))
    disk.honest = False
    for _ in range(4):
        assert sink.append([encoded("a", {"n": 1})], 1) == ""
        disk.asked.append(("acknowledged", "", sink.size))
    sink.close()
    tried, bad = violations(disk.asked, memory / "state", key)
    assert len(bad) > tried / 2
