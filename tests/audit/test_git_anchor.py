from __future__ import annotations

import shutil
import subprocess

import pytest

from stockade.audit.git_anchor import GitAnchor
from stockade.audit.prove import Prover
from stockade.audit.verify import verify
from stockade.core.errors import StoreError, TamperedError

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def repository(tmp_path):
    path = tmp_path / "elsewhere"
    subprocess.run(["git", "init", "-q", str(path)], check=True)
    return path


@pytest.fixture
def grow(open_log):
    def growing(count=3):
        log = open_log()
        for n in range(count):
            log.record("a", {"n": n})
        log.close()

    return growing


def test_each_new_checkpoint_is_committed_once(grow, folder, repository):
    anchor = GitAnchor(repository)
    notes = []
    for _ in range(3):
        grow()
        assert anchor.anchor(Prover(folder))
        assert not anchor.anchor(Prover(folder))
        notes.append((folder / "checkpoint").read_bytes())
    assert anchor.checkpoints(Prover(folder).checkpoint.origin) == notes
    assert verify(folder, known=notes).covered == 15


def test_a_log_cut_back_is_noticed_and_not_committed_over(grow, folder, repository):
    grow()
    copy = folder.with_name("yesterday")
    shutil.copytree(folder, copy)
    grow()
    anchor = GitAnchor(repository)
    anchor.anchor(Prover(folder))
    kept = anchor.checkpoints(Prover(folder).checkpoint.origin)
    shutil.rmtree(folder)
    copy.rename(folder)
    with pytest.raises(TamperedError) as caught:
        anchor.anchor(Prover(folder))
    assert caught.value.hint
    # It goes on from yesterday: longer than what was kept, and another log.
    grow(20)
    with pytest.raises(TamperedError):
        anchor.anchor(Prover(folder))
    assert anchor.checkpoints(Prover(folder).checkpoint.origin) == kept
    with pytest.raises(TamperedError):
        verify(folder, known=kept)


def test_a_checkpoint_is_pushed_to_the_remote(grow, folder, repository, tmp_path):
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "remote")], check=True)
    for arguments in (
        ["remote", "add", "origin", str(tmp_path / "remote")],
        ["config", "push.autoSetupRemote", "true"],
    ):
        subprocess.run(["git", "-C", str(repository), *arguments], check=True)
    grow()
    assert GitAnchor(repository).anchor(Prover(folder), push=True)
    pushed = subprocess.run(
        ["git", "-C", str(tmp_path / "remote"), "log", "--all", "--format=%s"],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert pushed.stdout.strip() == f"{Prover(folder).checkpoint.origin} 5"


def test_what_is_no_repository_is_an_error_of_ours(grow, folder, tmp_path):
    grow()
    (tmp_path / "plain").mkdir()
    for path in (tmp_path / "none", tmp_path / "plain"):
        with pytest.raises(StoreError) as caught:
            GitAnchor(path).anchor(Prover(folder))
        assert caught.value.hint
