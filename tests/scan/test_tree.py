from __future__ import annotations

import os

import pytest

from stockade.core.errors import InputError
from stockade.reports import Unchecked
from stockade.scan.tree import Entry, entries


def listed(*paths: object, exclude: tuple[str, ...] = ()) -> list[str]:
    return [e.path for e in entries([str(p) for p in paths], exclude) if isinstance(e, Entry)]


@pytest.fixture
def tree(tmp_path, monkeypatch):
    for name in ("b/2.txt", "a.txt", "b/1.txt", ".env", ".git/config", "c/.svn/x", "c/3.log"):
        path = tmp_path / "t" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    monkeypatch.chdir(tmp_path / "t")
    return tmp_path / "t"


def test_files_come_in_a_stable_order_and_hidden_ones_too(tree):
    assert listed(".") == [".env", "a.txt", "b/1.txt", "b/2.txt", "c/3.log"]
    assert listed("b", "a.txt") == ["b/1.txt", "b/2.txt", "a.txt"]
    assert listed(tree / "b") == [f"{tree}/b/1.txt", f"{tree}/b/2.txt"]


def test_what_matches_a_glob_is_left_out(tree):
    assert listed(".", exclude=("*.log", "b/")) == [".env", "a.txt"]
    assert listed(".", exclude=("b/1*",)) == [".env", "a.txt", "b/2.txt", "c/3.log"]


def test_links_are_not_followed_out_of_the_tree(tree, tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "x").write_text("x", "utf-8")
    (tree / "link").symlink_to(tmp_path / "outside")
    (tree / "file").symlink_to(tmp_path / "outside" / "x")
    (tree / "loop").symlink_to(tree)
    assert "a.txt" in listed(".")
    assert not [p for p in listed(".") if p.startswith(("link", "file", "loop"))]
    assert listed("link") == ["link/x"]


def test_sizes_are_told(tree):
    assert [e.size for e in entries(["a.txt"])] == [5]


def test_a_path_that_does_not_exist_is_a_usage_error():
    with pytest.raises(InputError):
        listed("missing")


def test_a_pipe_is_said_not_to_be_checked(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (found,) = entries([str(tmp_path / "pipe")])
    assert isinstance(found, Unchecked)
    assert list(entries([str(tmp_path)])) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list everything")
def test_a_folder_that_cannot_be_listed_is_said(tree):
    (tree / "b").chmod(0)
    try:
        assert [e.place.path for e in entries(["."]) if isinstance(e, Unchecked)] == ["b"]
    finally:
        (tree / "b").chmod(0o755)
