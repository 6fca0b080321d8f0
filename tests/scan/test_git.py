from __future__ import annotations

import pytest
from tests.scan.planted import commit, git, repository

from stockade.core.errors import CheckError, InputError
from stockade.scan.git import Stored, history, read_objects, staged, toplevel


def contents(repo, stored) -> dict[str, bytes | None]:
    return {s.path: data for s, data in read_objects(str(repo), stored)}


def test_the_top_of_a_repository_is_found_from_below(tmp_path):
    repo = repository(tmp_path / "r")
    (repo / "sub").mkdir()
    assert toplevel(str(repo / "sub")) == str(repo.resolve())
    with pytest.raises(InputError):
        toplevel(str(tmp_path))
    with pytest.raises(InputError):
        toplevel(str(tmp_path / "missing"))


def test_a_bare_repository_has_a_history(tmp_path):
    repo = repository(tmp_path / "r")
    commit(repo, {"a": "1"})
    git(tmp_path, "clone", "--quiet", "--bare", "r", "bare")
    stored, _ = history(toplevel(str(tmp_path / "bare")))
    assert contents(tmp_path / "bare", stored) == {"a": b"1"}


def test_staged_blobs_come_with_the_lines_that_they_add(tmp_path):
    repo = repository(tmp_path / "r")
    commit(repo, {"old.txt": "1\n2\n3\n", "gone.txt": "x"})
    (repo / "old.txt").write_text("1\nnew\n2\n3\nnew\n", "utf-8")
    (repo / "file with spaces é.txt").write_text("a\nb\n", "utf-8")
    (repo / "binary").write_bytes(b"\0\1\2")
    (repo / "gone.txt").unlink()
    (repo / "link").symlink_to("old.txt")
    git(repo, "add", "--all")
    (repo / "old.txt").write_text("not staged\n", "utf-8")
    found = {s.path: s for s in staged(str(repo))}
    assert {path: s.added for path, s in found.items()} == {
        "old.txt": ((2, 3), (5, 6)), "file with spaces é.txt": ((1, 3),), "binary": None,
    }  # fmt: skip
    assert contents(repo, list(found.values()))["old.txt"] == b"1\nnew\n2\n3\nnew\n"
    assert found["binary"].size == 3


def test_lines_that_look_like_a_patch_change_nothing(tmp_path):
    repo = repository(tmp_path / "r")
    (repo / "a").write_text("diff --git a b\n@@ -1 +7,9 @@\n", "utf-8")
    (repo / "b").write_text("x\n", "utf-8")
    git(repo, "add", "--all")
    assert [s.added for s in staged(str(repo))] == [((1, 3),), ((1, 2),)]


def test_nothing_staged_is_nothing(tmp_path):
    assert staged(str(repository(tmp_path / "r"))) == []


def test_every_version_of_every_file_is_in_the_history_once(tmp_path):
    repo = repository(tmp_path / "r")
    first = commit(repo, {"a": "one", "copy": "one"}, "first message")
    commit(repo, {"a": "two"})
    git(repo, "checkout", "--quiet", "-b", "side")
    side = commit(repo, {"b": "side"})
    git(repo, "checkout", "--quiet", "main")
    commit(repo, {"a": None})
    stored, messages = history(str(repo))
    assert sorted(data for _, data in read_objects(str(repo), stored)) == [b"one", b"side", b"two"]
    by_content = {data: s for s, data in read_objects(str(repo), stored)}
    assert by_content[b"one"].commit == first
    assert by_content[b"side"].commit == side
    assert "first message" in {text.strip() for _, text in messages}


def test_what_only_a_merge_brought_is_found(tmp_path):
    repo = repository(tmp_path / "r")
    commit(repo, {"a": "1"})
    git(repo, "checkout", "--quiet", "-b", "side")
    commit(repo, {"b": "2"})
    git(repo, "checkout", "--quiet", "main")
    commit(repo, {"c": "3"})
    git(repo, "merge", "--quiet", "--no-commit", "--no-ff", "side")
    commit(repo, {"evil": "only in the merge"})
    stored, _ = history(str(repo))
    assert b"only in the merge" in {data for _, data in read_objects(str(repo), stored)}


def test_an_empty_history_is_empty(tmp_path):
    assert history(str(repository(tmp_path / "r"))) == ([], [])


def test_a_message_may_hold_anything(tmp_path):
    repo = repository(tmp_path / "r")
    commit(repo, {"a": "1"}, "odd \x01 :100644 message\n\nwith lines")
    stored, ((_, text),) = history(str(repo))
    assert [s.path for s in stored] == ["a"]
    assert "with lines" in text


def test_an_object_that_is_missing_is_said(tmp_path):
    repo = repository(tmp_path / "r")
    commit(repo, {"a": "1"})
    lost = Stored("0" * 39 + "1", "lost")
    stored, _ = history(str(repo))
    assert contents(repo, [lost, *stored]) == {"lost": None, "a": b"1"}


def test_a_hostile_repository_runs_nothing(tmp_path):
    repo = repository(tmp_path / "r")
    mark = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {mark}\n", "utf-8")
    program.chmod(0o755)
    commit(repo, {"a": "1", ".gitattributes": "* diff=evil filter=evil\n"})
    for setting in ("core.fsmonitor", "diff.external", "diff.evil.textconv", "diff.evil.command",
                    "filter.evil.smudge", "core.pager", "core.sshCommand", "gpg.program"):  # fmt: skip
        git(repo, "config", setting, str(program))
    (repo / "a").write_text("2\n", "utf-8")
    git(repo, "-c", "core.fsmonitor=false", "-c", "filter.evil.smudge=", "add", "a")
    mark.unlink(missing_ok=True)
    staged(str(repo))
    stored, _ = history(str(repo))
    list(read_objects(str(repo), stored))
    assert not mark.exists()


def test_a_broken_repository_is_not_clean(tmp_path):
    repo = repository(tmp_path / "r")
    commit(repo, {"a": "1"})
    for path in (repo / ".git" / "objects").rglob("*"):
        if path.is_file():
            path.chmod(0o600)
            path.write_bytes(b"broken")
    with pytest.raises(CheckError):
        history(str(repo))
