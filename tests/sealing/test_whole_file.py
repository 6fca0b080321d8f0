from __future__ import annotations

import stat

import pytest

from stockade.sealing.whole_file import replace_file, sync_folder, write_new


def test_a_file_is_replaced_as_a_whole_and_is_private(tmp_path):
    path = tmp_path / "a"
    for content in (b"first, longer", b"second"):
        replace_file(path, content)
        assert path.read_bytes() == content
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_a_failure_leaves_the_old_content(tmp_path):
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError, match="directory"):
        replace_file(tmp_path / "a", b"x")
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_a_new_file_must_be_new(tmp_path):
    write_new(tmp_path / "a", b"x")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "a", b"y")
    assert (tmp_path / "a").read_bytes() == b"x"
    sync_folder(tmp_path)
