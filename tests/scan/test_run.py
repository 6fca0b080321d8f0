from __future__ import annotations

import base64
import datetime
import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest
from tests.scan.planted import GENERIC, OTHER, PROVIDER, commit, git, pem, repository

from stockade.core.errors import InputError
from stockade.scan import baseline
from stockade.scan.run import Request, Scanned, Source, scan
from stockade.scan.settings import Settings

TODAY = datetime.date(2026, 6, 1)
ROOT = Path(__file__).resolve().parents[2]


def done(*paths: object, source: Source = Source.TREE, settings: Settings | None = None, **more) -> Scanned:
    request = Request(tuple(map(str, paths)), source, settings or Settings(), today=TODAY, **more)
    return scan(request, version="1")


def told(scanned: Scanned) -> list[str]:
    return [f"{r.rule.id.partition('.')[2]} {r.place.path}" for r in scanned.report.results]


@pytest.fixture
def tree(tmp_path, monkeypatch):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as jar:
            jar.writestr("app.env", f"KEY={OTHER}\n")
        entry = tarfile.TarInfo("lib/app.jar")
        entry.size = len(inner.getvalue())
        archive.addfile(entry, io.BytesIO(inner.getvalue()))
    files = {
        "plain.py": f"key = '{PROVIDER}'\n".encode(),
        "encoded.yaml": b"data: " + base64.b64encode(f"key = {PROVIDER}".encode()) + b"\n",
        "backup.tar.gz": gzip.compress(made.getvalue()),
        "conf/app.ini": f"[db]\npassword = {GENERIC}\n".encode(),
        "conf/id_rsa": pem().encode(),
        "utf16.txt": f"key {PROVIDER}\n".encode("utf-16"),
        "clean.md": b"# Nothing here\n",
    }
    repo = repository(tmp_path / "r")
    commit(repo, {"old.py": f"token = '{OTHER}'\n"}, "an old commit")
    commit(repo, {"old.py": "token = load()\n", **files})
    monkeypatch.chdir(repo)
    return repo


EVERYTHING = {
    "anthropic_api plain.py", "anthropic_api utf16.txt", "groq backup.tar.gz!backup.tar!lib/app.jar!app.env",
    "password conf/app.ini", "private_key conf/id_rsa",
}  # fmt: skip


@pytest.mark.parametrize("processes", [1, 2])
def test_everything_that_was_planted_in_a_tree_is_found(tree, processes):
    scanned = done(".", processes=processes)
    assert set(told(scanned)) >= EVERYTHING
    assert {path.split()[1] for path in told(scanned)} >= {"encoded.yaml"}
    assert not [line for line in told(scanned) if "clean.md" in line or "old.py" in line]
    assert scanned.report.counts["files"] == 8


def test_an_old_commit_gives_away_what_was_removed_since(tree):
    scanned = done(".", source=Source.HISTORY)
    assert set(told(scanned)) >= EVERYTHING | {"groq old.py"}
    (old,) = [r for r in scanned.report.results if r.place.path == "old.py"]
    assert old.place.commit == git(tree, "rev-list", "--max-parents=0", "HEAD")


def test_a_secret_in_a_message_is_found_and_one_in_many_versions_told_once(tree):
    for number in range(3):
        commit(tree, {"plain.py": f"key = '{PROVIDER}'\nn = {number}\n"}, f"use {OTHER}")
    scanned = done(".", source=Source.HISTORY)
    assert told(scanned).count("groq (commit message)") == 1
    (plain,) = [r for r in scanned.report.results if r.place.path == "plain.py"]
    assert plain.note == "in 4 versions"


def test_only_what_is_staged_counts_and_only_its_new_lines(tree):
    assert told(done(".", source=Source.STAGED)) == []
    text = (tree / "plain.py").read_text("utf-8")
    (tree / "plain.py").write_text(text + f"other = '{OTHER}'\n", "utf-8")
    assert told(done(".", source=Source.STAGED)) == []
    git(tree, "add", "plain.py")
    assert told(done(".", source=Source.STAGED)) == ["groq plain.py"]


def test_a_repository_elsewhere_is_told_with_its_folder(tree, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "groq r/old.py" in told(done("r", source=Source.HISTORY))


def test_standard_input_is_one_more_file(tree):
    request = Request(("-", "plain.py"), Source.TREE, Settings())
    scanned = scan(request, version="1", stdin=f"x = '{OTHER}'".encode())
    assert told(scanned) == ["groq (standard input)", "anthropic_api plain.py"]


def test_an_accepted_finding_is_left_out_and_counted_until_its_day(tree):
    first = done("plain.py", settings=Settings(fingerprints=True)).report.results[0]
    entry = baseline.Known(first.fingerprint, first.rule.id, "plain.py", TODAY)
    baseline.write(baseline.FILE_NAME, [entry])
    expired = done(".")
    assert "anthropic_api plain.py" in told(expired)
    assert "expired" in next(r.note for r in expired.report.results if r.place.path == "plain.py")
    tomorrow = TODAY + datetime.timedelta(days=1)
    baseline.write(
        baseline.FILE_NAME, [baseline.Known(first.fingerprint, first.rule.id, "plain.py", tomorrow)]
    )
    accepted = done(".")
    assert "anthropic_api plain.py" not in told(accepted)
    assert accepted.report.counts["accepted"] == 1
    assert "anthropic_api plain.py" in told(done(".", baseline=None))
    assert "anthropic_api plain.py" in told(done(".", suppress=False))


def test_an_accepted_finding_stays_accepted_when_lines_move(tree):
    first = done("plain.py", settings=Settings(fingerprints=True)).report.results[0]
    baseline.write("known", [baseline.Known(first.fingerprint, first.rule.id, "plain.py")])
    (tree / "plain.py").write_text(f"# more\n\n\nkey = '{PROVIDER}'\n", "utf-8")
    assert told(done("plain.py", baseline="known")) == []


def test_the_files_of_other_scanners_are_honoured(tree):
    (tree / ".gitleaksignore").write_text("plain.py:anthropic-api-key:1\n", "utf-8")
    assert "anthropic_api plain.py" not in told(done("."))


def test_progress_is_told_in_files_and_bytes(tree):
    heard: list[tuple[int, int]] = []
    request = Request((".",), Source.TREE, Settings())
    scan(request, version="1", progress=lambda files, size: heard.append((files, size)))
    assert sum(files for files, _ in heard) == 8
    assert sum(size for _, size in heard) > 500


def test_a_missing_path_is_a_usage_error(tree):
    with pytest.raises(InputError):
        done("missing")


def test_the_history_of_this_repository_is_clean():
    """Fake secrets are assembled at run time; those of old commits are in the baseline, with a reason."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a repository: installed from an archive")
    known = str(ROOT / ".ci" / "known-secrets")
    for source in (Source.HISTORY, Source.STAGED):
        report = done(ROOT, source=source, baseline=known).report
        assert [str(r.place) for r in report.results] == []
        assert report.unchecked == ()
