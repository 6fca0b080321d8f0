from __future__ import annotations

import errno

import pytest

from stockade.audit.disk import Disk
from stockade.audit.entry import encoded
from stockade.audit.key import LogKey
from stockade.audit.seal import Seals
from stockade.audit.sink import Sink, reason_of
from stockade.audit.verify import read
from stockade.core.errors import StoreError
from stockade_verify import check_log

KEY = LogKey("stockade/sink", b"k" * 32)
RECORD = encoded("a", {"n": 1, "key_id": "k"})


def sink_on(folder, disk=None, segment_bytes=None):
    disk = disk or Disk()
    sink = Sink(folder, disk, Seals(folder, disk, KEY))
    sink.segment_bytes = segment_bytes or sink.segment_bytes
    return sink


def started(folder, disk=None, **options):
    sink = sink_on(folder, disk, **options)
    assert sink.start(1) == ""
    return sink


def test_what_is_appended_is_numbered_and_signed(tmp_path):
    sink = started(tmp_path)
    for _ in range(3):
        assert sink.append([RECORD, encoded("b", {})], 5) == ""
    assert sink.uncovered == 6
    assert sink.stop(6) == ""
    assert sink.uncovered == 0
    sink.close()
    report = check_log(tmp_path, [KEY.public])
    assert (report.entries, report.covered, report.runs, report.unstopped) == (8, 8, 1, ())
    entries = list(read(tmp_path))
    assert [entry.key_seq for entry in entries] == [0, 1, 0, 2, 0, 3, 0, 0]
    assert entries[-1].body == {"keys": {"k": 3}}


def test_each_opening_is_a_run_and_begins_the_numbers_of_keys_anew(tmp_path):
    for run in (1, 2, 3):
        sink = started(tmp_path)
        assert sink.run == run
        sink.append([RECORD], 1)
        sink.stop(1)
        sink.close()
    entries = [entry for entry in read(tmp_path) if entry.key]
    assert [(entry.run, entry.key_seq) for entry in entries] == [(1, 1), (2, 1), (3, 1)]
    assert check_log(tmp_path, [KEY.public]).runs == 3


def test_a_failed_sync_gives_the_segment_up_for_ever(tmp_path, disk):
    sink = started(tmp_path, disk)
    assert sink.append([RECORD], 1) == ""
    disk.fail = {"sync": errno.EIO, "truncate": errno.EIO}
    assert sink.append([RECORD], 1) == "sync_failed"
    assert sink.recover("sync_failed", 1) == "sync_failed"
    disk.fail = {}
    given_up = len(disk.asked)
    assert sink.recover("sync_failed", 1) == ""
    assert sink.append([RECORD], 1) == ""
    assert sink.seal() == ""
    sink.close()
    touched = {name for what, name, _ in disk.asked[given_up:] if what in {"write", "sync", "truncate"}}
    assert touched == {"audit-000002.jsonl"}
    entries = list(read(tmp_path))
    assert [entry.kind for entry in entries] == ["start", "a", "recovered", "a"]
    assert [entry.key_seq for entry in entries] == [0, 1, 0, 2]
    assert list(entries[2].body["kept"]) == ["audit-000001.jsonl"]
    assert check_log(tmp_path, [KEY.public]).entries == 4
    # The old segment still holds what the disk would not promise; nobody counts it, now or after a restart.
    assert (tmp_path / "audit-000001.jsonl").read_bytes().count(b"\n") == 3
    again = sink_on(tmp_path)
    assert again.size == 4
    again.close()


def test_segments_follow_each_other(tmp_path):
    sink = started(tmp_path, segment_bytes=300)
    for _ in range(9):
        assert sink.append([RECORD], 1) == ""
    sink.close()
    assert len(list(tmp_path.glob("*.jsonl"))) > 2
    again = started(tmp_path)
    again.close()
    assert check_log(tmp_path, [KEY.public]).entries == 12


def test_a_new_segment_must_be_new(tmp_path):
    sink = started(tmp_path, segment_bytes=1)
    (tmp_path / "audit-000002.jsonl").write_bytes(b"planted")
    assert sink.append([RECORD], 1) == "io_error"
    assert (tmp_path / "audit-000002.jsonl").read_bytes() == b"planted"
    sink.close()


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EFBIG, "disk_full"),
        (errno.EROFS, "read_only"),
        (errno.EIO, "io_error"),
        (None, "io_error"),
    ],
)
def test_a_failure_has_a_reason(number, reason):
    assert reason_of(OSError(number, "planted")) == reason


@pytest.mark.parametrize("what", ["open", "write"])
def test_a_failed_write_leaves_nothing_that_counts(tmp_path, disk, what):
    sink = started(tmp_path, disk, segment_bytes=1)
    disk.fail = {what: errno.ENOSPC}
    assert sink.append([RECORD], 1) == "disk_full"
    assert sink.size == 1
    disk.fail = {}
    assert sink.recover("disk_full", 1) == ""
    assert [entry.kind for entry in read(tmp_path)] == ["start", "recovered"]
    sink.close()


def test_what_cannot_be_signed_is_a_fault_and_adds_no_entries(tmp_path, disk):
    sink = started(tmp_path, disk)
    assert sink.append([RECORD], 1) == ""
    disk.fail = {"put": errno.ENOSPC}
    assert sink.seal() == "disk_full"
    for _ in range(3):
        assert sink.recover("disk_full", 1) == "disk_full"
    disk.fail = {}
    assert sink.recover("disk_full", 1) == ""
    sink.close()
    assert check_log(tmp_path, [KEY.public]).covered == 3


def test_a_log_with_very_many_keys_does_not_list_them_all(tmp_path):
    sink = started(tmp_path)
    assert sink.append([encoded("a", {"key_id": f"k{n}"}) for n in range(10_001)], 1) == ""
    assert sink.stop(1) == ""
    sink.close()
    assert check_log(tmp_path, [KEY.public]).entries == 10_003
    assert [entry.body for entry in read(tmp_path, 10_003)] == [{}]


def test_a_log_that_cannot_be_read_is_an_error_of_ours(tmp_path):
    with pytest.raises(StoreError):
        sink_on(tmp_path / "none")
