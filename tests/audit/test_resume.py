"""A log that is opened again: what a crash left is cut away, what somebody changed is refused."""

from __future__ import annotations

import shutil

import pytest

from stockade.audit.disk import Disk
from stockade.audit.entry import encoded
from stockade.audit.key import LogKey
from stockade.audit.resume import UNSEALED_MAX, End, find_end
from stockade.audit.seal import Seals
from stockade.audit.sink import Sink
from stockade.core.errors import StoreError, TamperedError
from stockade_verify import check_log

KEY = LogKey("stockade/resume", b"k" * 32)
FIRST = "audit-000001.jsonl"


def opened(folder, disk=None):
    disk = disk or Disk()
    return Sink(folder, disk, Seals(folder, disk, KEY))


def written(folder, count=20, *, segment_bytes=10**6, stopped=True):
    sink = opened(folder)
    sink.segment_bytes = segment_bytes
    assert sink.start(1) == ""
    for n in range(count):
        assert sink.append([encoded("a", {"n": n})], 1) == ""
    if stopped:
        sink.stop(1)
    sink.close()
    return sink.size


def end_of(folder):
    return find_end(folder, Seals(folder, Disk(), KEY))


def bad_from(folder):
    with pytest.raises(TamperedError) as caught:
        end_of(folder)
    assert caught.value.hint
    return caught.value.sequence


def change(path, old, new):
    raw = path.read_bytes()
    assert old in raw
    path.write_bytes(raw.replace(old, new, 1))


def test_an_empty_directory_is_the_end_of_an_empty_log(tmp_path):
    assert end_of(tmp_path) == End(tmp_path)


def test_a_log_ends_where_it_ended(tmp_path):
    size = written(tmp_path)
    end = end_of(tmp_path)
    assert (end.number, end.run, end.cut, end.unsealed) == (1, 1, 0, 0)
    assert end.size == (tmp_path / FIRST).stat().st_size
    assert opened(tmp_path).size == size


def test_what_was_written_after_the_last_signature_is_counted(tmp_path):
    written(tmp_path, 7, stopped=False)
    assert end_of(tmp_path).unsealed == 7
    again = opened(tmp_path)
    assert again.start(2) == ""
    again.close()
    report = check_log(tmp_path, [KEY.public])
    assert (report.entries, report.covered, report.unstopped) == (10, 10, (1,))


@pytest.mark.parametrize("rest", [b"{", b'{"at_ms":1,"body"', b"\0" * 400, b"\0" * 40 + b'":1}\n{"at_ms":1'])
def test_what_a_crash_left_is_cut_away(tmp_path, rest):
    size = written(tmp_path)
    with (tmp_path / FIRST).open("ab") as file:
        file.write(rest)
    sink = opened(tmp_path)
    assert (sink.size, sink.bytes_cut) == (size, len(rest))
    sink.close()


@pytest.mark.parametrize("rest", [b"rubbish\n", b"{}\n{}\n"])
def test_what_no_crash_leaves_is_refused(tmp_path, rest):
    size = written(tmp_path)
    with (tmp_path / FIRST).open("ab") as file:
        file.write(rest)
    assert bad_from(tmp_path) == size + 1


def test_a_segment_that_was_only_begun_is_removed(tmp_path):
    written(tmp_path)
    (tmp_path / "audit-000002.jsonl").write_bytes(b'{"at_ms"')
    (tmp_path / "audit-000003.jsonl").touch()
    end = end_of(tmp_path)
    assert (end.number, end.cut) == (3, 8)
    assert [path.name for path in tmp_path.glob("*.jsonl")] == [FIRST]


@pytest.mark.parametrize("n", [0, 9, 19])
def test_a_changed_entry_is_named(tmp_path, n):
    written(tmp_path)
    change(tmp_path / FIRST, b'{"n":%d}' % n, b'{"m":%d}' % n)
    assert bad_from(tmp_path) == n + 2
    assert bad_from(tmp_path) == n + 2  # looking has not hidden it


@pytest.mark.parametrize("n", [3, 300, 600])
def test_a_changed_entry_is_named_in_a_longer_log_too(tmp_path, n):
    written(tmp_path, 700)
    change(tmp_path / FIRST, b'{"n":%d}' % n, b'{"m":%d}' % n)
    assert bad_from(tmp_path) == n + 2


def test_a_dropped_tail_is_refused(tmp_path):
    size = written(tmp_path)
    lines = (tmp_path / FIRST).read_bytes().splitlines(keepends=True)
    (tmp_path / FIRST).write_bytes(b"".join(lines[:-2]))
    assert bad_from(tmp_path) == size - 1
    (tmp_path / FIRST).unlink()
    assert bad_from(tmp_path) == 1


def test_a_log_without_its_checkpoint_is_not_continued(tmp_path):
    written(tmp_path)
    (tmp_path / "checkpoint").unlink()
    assert bad_from(tmp_path) == 1


def test_a_log_that_was_killed_at_its_first_start_is_continued(tmp_path):
    written(tmp_path, 0, stopped=False)
    (tmp_path / "checkpoint").unlink()
    assert end_of(tmp_path).unsealed == 1


@pytest.mark.parametrize("note", [b"rubbish", LogKey("stockade/resume", b"x" * 32).sign(1, bytes(32))])
def test_a_checkpoint_that_this_log_has_not_signed_is_refused(tmp_path, note):
    written(tmp_path)
    (tmp_path / "checkpoint").write_bytes(note)
    with pytest.raises(TamperedError, match="not signed with its key"):
        end_of(tmp_path)


def test_an_old_checkpoint_does_not_let_much_be_written_anew(tmp_path):
    sink = opened(tmp_path)
    sink.start(1)
    old = (tmp_path / "checkpoint").read_bytes()
    for _ in range(6):
        assert sink.append([encoded("a", {})] * 10_000, 1) == ""
    sink.stop(1)
    sink.close()
    (tmp_path / "checkpoint").write_bytes(old)
    assert bad_from(tmp_path) == 2
    assert UNSEALED_MAX < 60_000


@pytest.mark.parametrize("which", [0, 1, -1])
def test_a_missing_segment_is_refused(tmp_path, which):
    written(tmp_path, 40, segment_bytes=500)
    files = sorted(tmp_path.glob("*.jsonl"))
    assert len(files) > 4
    files[which].unlink()
    with pytest.raises(TamperedError):
        end_of(tmp_path)


def test_rubbish_in_an_earlier_segment_is_refused_when_the_tiles_do_not_vouch_for_it(tmp_path):
    written(tmp_path, 40, segment_bytes=500)
    change(sorted(tmp_path.glob("*.jsonl"))[1], b'"n":', b'"m":')
    assert end_of(tmp_path).unsealed == 0  # a start looks at what it continues; the verifier at everything
    shutil.rmtree(tmp_path / "tile")
    with pytest.raises(TamperedError):
        end_of(tmp_path)


@pytest.mark.parametrize("damage", ["gone", "short", "changed"])
def test_damaged_tiles_are_made_again(tmp_path, damage):
    size = written(tmp_path, 700, segment_bytes=9_000)
    before = {path: path.read_bytes() for path in (tmp_path / "tile").rglob("*") if path.is_file()}
    for path, content in before.items():
        if damage == "gone":
            path.unlink()
        else:
            path.write_bytes(content[:-1] if damage == "short" else bytes(len(content)))
    sink = opened(tmp_path)
    assert sink.size == size
    assert sink.start(2) == ""
    sink.close()
    assert check_log(tmp_path, [KEY.public]).damaged == ()


def test_a_directory_that_cannot_be_read_is_an_error_of_ours(tmp_path):
    with pytest.raises(StoreError):
        find_end(tmp_path / "none", Seals(tmp_path, Disk(), KEY))
