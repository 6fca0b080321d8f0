from __future__ import annotations

import stat

import pytest

from stockade.audit.disk import Disk


def test_a_file_is_put_in_place_whole_and_private(tmp_path):
    disk = Disk()
    for content in (b"first", b"second, longer"):
        disk.put(tmp_path, "tile/0/x001/234", content)
        assert disk.get(tmp_path / "tile/0/x001/234") == content
    assert [path.name for path in (tmp_path / "tile/0/x001").iterdir()] == ["234"]
    assert stat.S_IMODE((tmp_path / "tile/0/x001/234").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "tile").stat().st_mode) == 0o700


def test_a_durable_file_is_put_in_place_too(tmp_path):
    disk = Disk()
    for content in (b"first", b"second"):
        disk.put(tmp_path, "checkpoint", content, durable=True)
    assert (tmp_path / "checkpoint").read_bytes() == b"second"


def test_a_directory_that_was_removed_is_not_made_again(tmp_path):
    with pytest.raises(FileNotFoundError):
        Disk().put(tmp_path / "gone", "tile/0/000", b"x")
    assert not (tmp_path / "gone").exists()


def test_what_is_not_there_is_none(tmp_path):
    (tmp_path / "file").write_bytes(b"x")
    assert Disk().get(tmp_path / "none") is None
    assert Disk().get(tmp_path / "file" / "below") is None


def test_a_folder_is_discarded_whether_it_is_there_or_not(tmp_path):
    Disk().put(tmp_path, "000.p/7", b"x")
    for _ in range(2):
        Disk().discard(tmp_path / "000.p")
    assert list(tmp_path.iterdir()) == []


def test_a_segment_is_opened_for_appending(tmp_path):
    segment = Disk().segment(tmp_path / "a")
    segment.write(b"one")
    assert segment.size == 3
    segment.close()
