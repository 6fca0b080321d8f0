from __future__ import annotations

import errno

import pytest

from stockade.audit.disk import Disk
from stockade.audit.key import LogKey
from stockade.audit.seal import Seals
from stockade_verify import Tree, leaf_hash, open_checkpoint

KEY = LogKey("stockade/seal", b"k" * 32)


def lines(count, start=0):
    return [b"entry %d\n" % n for n in range(start, start + count)]


def seals_on(folder, disk=None):
    return Seals(folder, disk or Disk(), KEY)


def root_of(count):
    tree = Tree()
    tree.extend([leaf_hash(line[:-1]) for line in lines(count)])
    return tree.root()


def tiles_in(folder):
    return {str(path.relative_to(folder)) for path in (folder / "tile").rglob("*") if path.is_file()}


def test_a_checkpoint_says_what_was_added(tmp_path):
    seals = seals_on(tmp_path)
    seals.extend(lines(300))
    seals.seal()
    checkpoint = open_checkpoint((tmp_path / "checkpoint").read_bytes(), [KEY.public])
    assert (checkpoint.size, checkpoint.root) == (300, root_of(300))
    assert (seals.covered, seals.note) == (300, (tmp_path / "checkpoint").read_bytes())
    assert tiles_in(tmp_path) == {"tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"}


def test_nothing_new_is_not_signed_again(tmp_path, disk):
    seals = seals_on(tmp_path, disk)
    for _ in range(2):
        seals.seal()
    assert [name for what, name, _ in disk.asked if what == "put"] == ["checkpoint"]
    assert open_checkpoint(seals.note, [KEY.public]).size == 0


def test_partial_tiles_go_when_the_full_one_is_there(tmp_path):
    seals = seals_on(tmp_path)
    for count in (100, 100, 100):
        seals.extend(lines(count, seals.size))
        seals.seal()
    assert tiles_in(tmp_path) == {"tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"}


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 65_536, 70_000])
def test_a_tree_is_taken_up_from_its_tiles(tmp_path, size):
    first = seals_on(tmp_path)
    first.extend(lines(size))
    first.seal()
    again = seals_on(tmp_path)
    assert again.take_up().size == size
    assert again.resume(size)
    assert again.root() == root_of(size)
    again.trust()
    again.extend(lines(3, size))
    assert again.root() == root_of(size + 3)


def test_a_tree_can_be_taken_up_at_an_earlier_size(tmp_path):
    seals = seals_on(tmp_path)
    seals.extend(lines(600))
    seals.seal()
    assert seals.resume(300)
    assert seals.root() == root_of(300)
    assert seals.resume(599)
    assert seals.root() == root_of(599)
    (tmp_path / "tile/0/000").write_bytes(bytes(31))
    assert not seals.resume(130)


def test_a_disk_that_fails_leaves_the_checkpoint_before(tmp_path, disk):
    seals = seals_on(tmp_path, disk)
    seals.seal()
    disk.fail = {"put": errno.ENOSPC}
    seals.extend(lines(300))
    with pytest.raises(OSError, match="planted"):
        seals.seal()
    assert open_checkpoint((tmp_path / "checkpoint").read_bytes(), [KEY.public]).size == 0
    disk.fail = {}
    seals.seal()
    assert open_checkpoint((tmp_path / "checkpoint").read_bytes(), [KEY.public]).size == 300
    assert "tile/0/000" in tiles_in(tmp_path)


def test_there_is_no_checkpoint_before_the_first(tmp_path):
    assert seals_on(tmp_path).take_up() is None
