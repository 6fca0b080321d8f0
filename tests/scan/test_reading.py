from __future__ import annotations

import os
import pickle

import pytest
from tests.scan.planted import PROVIDER, commit, git, repository

from stockade.scan.git import Stored
from stockade.scan.reading import Job, checker_for, work
from stockade.scan.settings import Settings
from stockade.scan.tree import Entry


def test_a_job_holds_no_bytes_and_travels():
    job = Job(files=(Entry("a", 1), Entry("b", 2)))
    assert pickle.loads(pickle.dumps(job)) == job
    assert len(job) == 2


def test_files_are_read_and_checked(tmp_path):
    path = tmp_path / "a.py"
    path.write_text(f"key = '{PROVIDER}'\n", "utf-8")
    outcome = work(Job(files=(Entry(str(path), path.stat().st_size),)), Settings())
    assert [f.result.place.path for f in outcome.found] == [str(path)]
    assert (outcome.files, outcome.unchecked) == (1, [])


def test_what_is_gone_or_too_large_is_unchecked(tmp_path):
    path = tmp_path / "big"
    path.write_bytes(b"x" * 100)
    job = Job(files=(Entry(str(path), 100), Entry(str(tmp_path / "gone"), 1)))
    outcome = work(job, Settings(file_bytes_max=50))
    assert [u.reason for u in outcome.unchecked] == [
        "is larger than 50 bytes", "cannot be read: No such file or directory",
    ]  # fmt: skip


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_unchecked(tmp_path):
    path = tmp_path / "locked"
    path.write_text("x", "utf-8")
    path.chmod(0)
    (found,) = work(Job(files=(Entry(str(path), 1),)), Settings()).unchecked
    assert "Permission denied" in found.reason


def test_a_file_that_grew_since_it_was_listed_is_read_whole(tmp_path):
    path = tmp_path / "grown"
    path.write_text("x" * 10_000 + f"\nkey = '{PROVIDER}'\n", "utf-8")
    assert len(work(Job(files=(Entry(str(path), 1),)), Settings()).found) == 1


def test_a_file_that_grew_beyond_the_bound_is_unchecked_and_never_cut(tmp_path):
    path = tmp_path / "grown"
    path.write_text("x" * 10_000 + f"\nkey = '{PROVIDER}'\n", "utf-8")
    outcome = work(Job(files=(Entry(str(path), 1),)), Settings(file_bytes_max=100))
    assert [u.reason for u in outcome.unchecked] == ["cannot be read: File too large"]
    assert (outcome.files, outcome.found) == (0, [])


def test_objects_are_read_and_what_is_missing_is_unchecked(tmp_path):
    repo = repository(tmp_path / "r")
    head = commit(repo, {"a.py": f"key = '{PROVIDER}'\n"})
    blob = git(repo, "rev-parse", "HEAD:a.py")
    stored = (
        Stored(blob, "a.py", head),
        Stored("1" * 40, "lost", head),
        Stored(blob, "big", head, size=10**9),
    )
    outcome = work(Job(stored=stored, repository=str(repo)), Settings())
    assert [str(f.result.place) for f in outcome.found] == [f"a.py:1:8 @{head[:12]}"]
    assert sorted(u.place.path for u in outcome.unchecked) == ["big", "lost"]


def test_a_process_has_one_checker_for_each_kind_of_settings():
    assert checker_for(Settings()) is checker_for(Settings())
