"""What a power cut can leave behind: every state of the disk that the recorded operations allow."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass, field

import pytest

from stockade.audit.entry import encoded
from stockade.audit.segment import open_segment
from stockade.audit.sink import Sink
from stockade.audit.verify import read, verify
from stockade.core.errors import StoreError, TamperedError

RECORD = encoded("a", {"n": 1})


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


@dataclass
class File:
    durable: bytes = b""
    pending: list[tuple[str, object]] = field(default_factory=list)

    def states(self):
        """Yield what the disk may hold: any number of the pending operations, the last write cut anywhere."""
        content = self.durable
        yield content
        for what, argument in self.pending:
            if what == "truncate":
                content = content[:argument]
                yield content
            else:
                yield from (content + argument[:cut] for cut in range(1, len(argument) + 1))
                content += argument

    def settle(self):
        for what, argument in self.pending:
            self.durable = self.durable[:argument] if what == "truncate" else self.durable + argument
        self.pending.clear()


def crash_states(asked):
    """Yield (acknowledged entries, files of the disk) for every moment and every cut."""
    files: dict[str, File] = {}
    acknowledged = 0
    for what, name, argument in asked:
        if what == "acknowledged":
            acknowledged = argument
        elif what == "unlink":
            files.pop(name, None)
        elif not what.startswith("failed"):
            happens(files.setdefault(name, File()), what, argument)
        for torn, file in files.items():
            for content in file.states():
                others = {other: held.durable for other, held in files.items()}
                yield acknowledged, others | {torn: content}


def happens(file, what, argument):
    if what == "sync":
        file.settle()
    elif what in {"write", "truncate"}:
        file.pending.append((what, argument))


def violations(asked, folder):
    """Return how many states were tried, and those that lose an acknowledged entry or cannot be continued."""
    tried: dict[tuple[tuple[str, bytes], ...], int] = {}
    for acknowledged, files in crash_states(asked):
        state = tuple(sorted(files.items()))
        tried[state] = max(acknowledged, tried.get(state, 0))
    bad = []
    folder.mkdir()
    for state, acknowledged in tried.items():
        for path in folder.iterdir():
            path.unlink()
        for name, content in state:
            (folder / name).write_bytes(content)
        try:
            sink = Sink(folder, Unsynced)
            if sink.end[0] < acknowledged:
                bad.append((acknowledged, sink.end))
            assert sink.append([RECORD], 9) == ""
            sink.close()
            assert verify(folder).head_hash == sink.end[1]
        except (StoreError, TamperedError) as error:
            bad.append((acknowledged, error))
    return len(tried), bad


def worked(folder, disk, segment_bytes=10_000):
    """Write through rotation, a full disk, a broken write and two failed syncs; return what was asked."""
    folder.mkdir()
    disk.asked.clear()
    sink = Sink(folder, disk)
    sink.segment_bytes = segment_bytes

    def attempt(count, expected="", **fail):
        disk.fail = fail
        assert sink.append([encoded("a", {"n": n}) for n in range(count)], 1) == expected
        disk.fail = {}
        gone = {name for what, name, _ in disk.asked if what == "open"} - {
            path.name for path in folder.iterdir()
        }
        disk.asked.extend(("unlink", name, None) for name in sorted(gone))
        disk.asked.append(("acknowledged", "", sink.end[0]))
        if expected:
            assert sink.recover(expected, 2) == ""
            disk.asked.append(("acknowledged", "", sink.end[0]))

    attempt(1)
    attempt(3)
    attempt(2, "disk_full", write=errno.ENOSPC)
    attempt(2)
    attempt(2, "sync_failed", sync=errno.EIO)
    attempt(1)
    attempt(2, "io_error", write=errno.EIO, truncate=errno.EIO)
    attempt(2, "sync_failed", sync=errno.EIO, truncate=errno.EIO)
    attempt(3)
    sink.close()
    return list(disk.asked), sink.end


@pytest.mark.parametrize("segment_bytes", [10_000, 300])
def test_no_power_cut_loses_an_acknowledged_entry(tmp_path, disk, segment_bytes):
    asked, end = worked(tmp_path / "written", disk, segment_bytes)
    assert verify(tmp_path / "written", head=end).last_seq == end[0]
    tried, bad = violations(asked, tmp_path / "state")
    assert bad == []
    assert tried > 3_000


def test_the_same_check_finds_a_log_that_does_not_wait_for_the_disk(tmp_path, disk):
    (tmp_path / "written").mkdir()
    disk.honest = False
    sink = Sink(tmp_path / "written", disk)
    for _ in range(4):
        assert sink.append([RECORD], 1) == ""
        disk.asked.append(("acknowledged", "", sink.end[0]))
    sink.close()
    tried, bad = violations(disk.asked, tmp_path / "state")
    assert len(bad) > tried / 2


def test_a_failed_sync_gives_the_segment_up_for_ever(tmp_path, disk):
    sink = Sink(tmp_path, disk)
    assert sink.append([RECORD], 1) == ""
    disk.fail = {"sync": errno.EIO, "truncate": errno.EIO}
    assert sink.append([RECORD], 1) == "sync_failed"
    assert sink.recover("sync_failed", 1) == "sync_failed"
    disk.fail = {}
    given_up = len(disk.asked)
    assert sink.recover("sync_failed", 1) == ""
    assert sink.append([RECORD], 1) == ""
    sink.close()
    assert {name for what, name, _ in disk.asked[given_up:] if what != "open"} == {"audit-000002.jsonl"}
    entries = list(read(tmp_path))
    assert [entry.kind for entry in entries] == ["a", "recovered", "a"]
    assert list(entries[1].body["kept"]) == ["audit-000001.jsonl"]
    assert verify(tmp_path, head=sink.end).entries == 3
    # The old segment still holds what the disk would not promise; nobody counts it, now or after a restart.
    assert (tmp_path / "audit-000001.jsonl").read_bytes().count(b"\n") == 2
    again = Sink(tmp_path, open_segment)
    assert again.end == sink.end
    again.close()


def test_segments_follow_each_other(tmp_path, disk):
    sink = Sink(tmp_path, disk)
    sink.segment_bytes = 300
    for _ in range(9):
        assert sink.append([RECORD], 1) == ""
    sink.close()
    assert len(list(tmp_path.iterdir())) > 2
    again = Sink(tmp_path, disk)
    assert again.end == sink.end
    assert again.append([RECORD], 1) == ""
    again.close()
    assert verify(tmp_path, head=again.end).entries == 10


def segmented(folder):
    sink = Sink(folder, open_segment)
    sink.segment_bytes = 300
    for _ in range(9):
        sink.append([RECORD], 1)
    sink.close()
    return sorted(folder.iterdir())


def test_a_log_with_a_segment_missing_is_not_continued(tmp_path):
    files = segmented(tmp_path)
    files[1].unlink()
    with pytest.raises(TamperedError):
        Sink(tmp_path, open_segment)


@pytest.mark.parametrize("which", [0, -1])
def test_a_log_whose_links_or_tail_were_changed_is_not_continued(tmp_path, which):
    files = segmented(tmp_path)
    raw = files[which].read_bytes()
    place = raw.rindex(b'"at_ms":1') + len('"at_ms":')
    broken = raw[:place] + b"2" + raw[place + 1 :]
    if which == 0:
        broken = b"".join(raw.splitlines(keepends=True)[:-1])
    files[which].write_bytes(broken)
    with pytest.raises(TamperedError):
        Sink(tmp_path, open_segment)


def test_a_tail_of_nothing_but_rubbish_is_not_cut_away_silently(tmp_path):
    files = segmented(tmp_path)
    (tmp_path / f"audit-{len(files) + 1:06d}.jsonl").write_bytes(b"rubbish\n")
    with pytest.raises(TamperedError):
        Sink(tmp_path, open_segment)


def test_a_new_segment_must_be_new(tmp_path, disk):
    sink = Sink(tmp_path, disk)
    (tmp_path / "audit-000001.jsonl").write_bytes(b"planted")
    assert sink.append([RECORD], 1) == "io_error"
    assert (tmp_path / "audit-000001.jsonl").read_bytes() == b"planted"
    sink.close()


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EROFS, "read_only"),
        (errno.EIO, "io_error"),
    ],
)
@pytest.mark.parametrize("what", ["open", "write"])
def test_a_failure_has_a_reason(tmp_path, disk, number, reason, what):
    sink = Sink(tmp_path, disk)
    disk.fail = {what: number}
    assert sink.append([RECORD], 1) == reason
    assert sink.end[0] == 0
    disk.fail = {}
    assert sink.recover(reason, 1) == ""
    assert verify(tmp_path).entries == 1
    sink.close()
