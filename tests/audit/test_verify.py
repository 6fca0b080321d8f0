from __future__ import annotations

import pytest

from stockade.audit.log import AuditLog
from stockade.audit.verify import files_from, read, read_lines, verify
from stockade.core.errors import StoreError, TamperedError
from stockade_verify.entries import segments

FIRST = "audit-000001.jsonl"


@pytest.fixture
def log(open_log, folder, monkeypatch):
    """Eight entries in several segments."""
    monkeypatch.setattr("stockade.audit.sink.SEGMENT_BYTES", 250)
    opened = open_log()
    for n in range(6):
        opened.record("a", {"n": n})
    opened.close()
    return folder


def test_a_log_as_it_was_written_verifies(log):
    report = verify(log)
    assert (report.entries, report.covered, report.runs) == (8, 8, 1)


def test_the_key_may_come_from_elsewhere(log, tmp_path):
    text = (log / "log.pub").read_text()
    assert verify(log, [text]).covered == 8
    other = AuditLog.open(tmp_path / "other", clock=lambda: 1)
    other.close()
    with pytest.raises(TamperedError) as caught:
        verify(log, [other.public_key])
    assert caught.value.hint


def test_a_changed_log_is_tampered_with_and_the_entry_named(log):
    path = sorted(log.glob("*.jsonl"))[1]
    path.write_bytes(path.read_bytes().replace(b'"n":', b'"m":', 1))
    with pytest.raises(TamperedError) as caught:
        verify(log)
    assert caught.value.sequence > 1


def test_a_log_cut_back_is_found_with_a_checkpoint_from_elsewhere(log, open_log):
    known = (log / "checkpoint").read_bytes()
    rolled_back = {path: path.read_bytes() for path in log.rglob("*") if path.is_file()}
    later = open_log()
    later.record("b", {})
    later.close()
    newest = later.checkpoint
    for path in [path for path in log.rglob("*") if path.is_file()]:
        path.unlink()
    for path, content in rolled_back.items():
        path.write_bytes(content)
    assert verify(log, known=[known]).covered == 8
    with pytest.raises(TamperedError) as caught:
        verify(log, known=[known, newest])
    assert caught.value.sequence == 9


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"rubbish"])
def test_a_log_without_a_usable_key_cannot_be_checked(log, content):
    (log / "log.pub").unlink()
    if content is not None:
        (log / "log.pub").write_bytes(content)
    with pytest.raises(StoreError) as caught:
        verify(log)
    assert caught.value.hint


def test_a_log_that_is_not_there_cannot_be_read(tmp_path):
    with pytest.raises(StoreError):
        verify(tmp_path / "none")
    with pytest.raises(StoreError):
        list(read(tmp_path / "none"))


def test_reading_starts_where_it_is_told(log):
    for start in range(11):
        assert [entry.seq for entry in read(log, start)] == list(range(max(start, 1), 9))
    assert [entry.body for entry in read(log, 7)] == [{"n": 5}, {"keys": {}}]


def test_reading_gives_lines_as_they_stand(log):
    whole = b"".join(path.read_bytes() for path in sorted(log.glob("*.jsonl")))
    assert b"".join(raw for raw, _ in read_lines(log)) == whole


def test_reading_stops_where_a_line_is_none(log):
    path = sorted(log.glob("*.jsonl"))[1]
    path.write_bytes(b"rubbish\n" + path.read_bytes())
    entries = read(log)
    assert next(entries).seq == 1
    with pytest.raises(TamperedError):
        list(entries)


def test_a_line_that_is_being_written_is_left_out(log):
    with max(log.glob("*.jsonl")).open("ab") as file:
        file.write(b'{"at_ms":1')
    assert [entry.seq for entry in read(log)] == list(range(1, 9))


def test_only_the_files_that_are_needed_are_read(log):
    files = segments(log)
    assert list(files_from(files, 0)) == files
    assert files_from(files, 8)[-1] == files[-1]
    assert len(files_from(files, 8)) == 1
    assert files_from([], 3) == []


def test_a_segment_that_is_a_directory_is_an_error_of_ours(log):
    (log / "audit-000099.jsonl").mkdir()
    with pytest.raises(StoreError):
        list(read(log))
