"""Where the model lies, whether it is whole, and that removing it removes all of it."""

from __future__ import annotations

import errno

import pytest

from stockade.core.errors import StoreError
from stockade.models.place import file_of, installed, is_whole, remove, unwritable
from tests.models.wheel import MODEL, pin_for

PIN = pin_for()


def put(home, data=MODEL):
    path = file_of(home, PIN)
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    return path


def test_a_home_that_is_not_there_holds_no_model(tmp_path):
    assert installed(tmp_path / "none", PIN) is None
    assert remove(tmp_path / "none", PIN) == 0
    assert not (tmp_path / "none").exists()


def test_a_file_of_another_size_is_no_model(tmp_path):
    put(tmp_path, MODEL[:-1])
    assert installed(tmp_path, PIN) is None


def test_a_directory_in_its_place_is_no_model(tmp_path):
    file_of(tmp_path, PIN).mkdir(parents=True)
    assert installed(tmp_path, PIN) is None


def test_a_model_is_found_and_whole(tmp_path):
    path = put(tmp_path)
    model = installed(tmp_path, PIN)
    assert (model.path, model.bytes, model.fresh) == (path, len(MODEL), False)
    assert is_whole(model)


def test_one_changed_byte_is_noticed(tmp_path):
    put(tmp_path, MODEL[:-1] + b"\x00")
    model = installed(tmp_path, PIN)
    assert model is not None
    assert not is_whole(model)


def test_a_model_that_vanished_cannot_be_called_whole(tmp_path):
    path = put(tmp_path)
    model = installed(tmp_path, PIN)
    path.unlink()
    with pytest.raises(StoreError):
        is_whole(model)


def test_removing_takes_leftovers_along_and_nothing_else(tmp_path):
    path = put(tmp_path)
    (path.parent / ".incoming-x").mkdir()
    (path.parent / ".incoming-x" / "part").write_bytes(b"12345")
    other = tmp_path / "models" / "another" / "file"
    other.parent.mkdir()
    other.write_bytes(b"stays")
    assert remove(tmp_path, PIN) == len(MODEL) + 5
    assert not path.parent.exists()
    assert other.read_bytes() == b"stays"
    assert remove(tmp_path, PIN) == 0


def test_a_full_disk_is_told_apart_from_a_closed_one():
    assert "no space" in str(unwritable(OSError(errno.ENOSPC, "x")))
    assert "removed" in str(unwritable(OSError(errno.EACCES, "denied"), "removed"))
