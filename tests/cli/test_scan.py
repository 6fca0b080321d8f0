from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from tests.reports.sarif_shape import faults
from tests.scan.planted import GENERIC, MAIL, OTHER, PROVIDER, commit, git, repository

from stockade.cli import scan as scan_command

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def here(tmp_path, monkeypatch):
    repo = repository(tmp_path / "r")
    commit(repo, {"old.py": f"token = '{OTHER}'\n"})
    commit(
        repo, {"old.py": "token = load()\n", "app.py": f"key = '{PROVIDER}'\n", "mail.txt": f"to {MAIL}\n"}
    )
    monkeypatch.chdir(repo)
    return repo


def test_a_clean_tree_exits_with_zero(run, here):
    (here / "app.py").write_text("x = 1\n", "utf-8")
    ran = run("scan", ".")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "stockade scan: 0 found, 3 files\n"


def test_a_finding_exits_with_one_and_is_redacted(run, here):
    ran = run("scan")
    assert ran.code == 1
    assert ran.out.startswith("app.py:1:8: critical: Anthropic API key [secret.anthropic_api]")
    assert PROVIDER not in ran.out + ran.err


def test_every_format_tells_the_same(run, here):
    told = json.loads(run("scan", "--format", "json").out)
    assert [f["rule"] for f in told["findings"]] == ["secret.anthropic_api"]
    assert len(told["findings"][0]["fingerprint"]) == 32
    log = json.loads(run("scan", "--format", "sarif").out)
    assert faults(log) == []
    assert [r["ruleId"] for r in log["runs"][0]["results"]] == ["secret.anthropic_api"]
    suite = ElementTree.fromstring(run("scan", "--format", "junit").out)
    assert suite.get("failures") == "1"


def test_the_report_goes_to_a_file_if_one_is_named(run, here, tmp_path):
    ran = run("scan", "--format", "sarif", "--output", str(tmp_path / "out.sarif"))
    assert (ran.code, ran.out) == (1, "")
    assert json.loads((tmp_path / "out.sarif").read_bytes())["version"] == "2.1.0"
    assert run("scan", "--output", str(tmp_path / "missing" / "x")).code == 2


def test_history_staged_changes_and_standard_input(run, here):
    assert "old.py" in run("scan", "--git").out
    assert run("scan", "--staged").code == 0
    (here / "new.py").write_text(f"token = '{OTHER}'\n", "utf-8")
    git(here, "add", "new.py")
    assert run("scan", "--staged").out.startswith("new.py:1:10: ")
    assert run("scan", "-", stdin=f"password = '{GENERIC}'").out.startswith("(standard input):1:13: ")


def test_personal_data_is_found_if_it_is_asked_for(run, here):
    assert "mail.txt" not in run("scan").out
    assert "mail.txt:1:4: " in run("scan", "--pii").out


def test_what_cannot_be_checked_exits_with_three_unless_there_are_findings(run, here):
    (here / "a.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + b"\0" * 30)
    assert run("scan").code == 1
    (here / "app.py").unlink()
    ran = run("scan")
    assert ran.code == 3
    assert "a.7z: NOT CHECKED: 7z archives cannot be read" in ran.out
    assert run("scan", "--max-size", "3").code == 3


def test_a_baseline_accepts_with_a_reason_until_a_day(run, here):
    ran = run(
        "scan", "--write-baseline", ".stockade-baseline", "--reason", "fixture", "--expires", "2999-01-01"
    )
    assert (ran.code, ran.out) == (0, "")
    assert "1 findings accepted" in ran.err
    text = (here / ".stockade-baseline").read_text("utf-8")
    assert "\tapp.py\t2999-01-01\tfixture\n" in text
    assert PROVIDER not in text
    ran = run("scan")
    assert (ran.code, ran.out) == (0, "stockade scan: 0 found, 5 files, 1 accepted\n".replace("5", "4"))
    assert run("scan", "--no-ignore").code == 1
    (here / "more.py").write_text(f"token = '{OTHER}'\n", "utf-8")
    run("scan", "--write-baseline", ".stockade-baseline", "--reason", "later")
    again = (here / ".stockade-baseline").read_text("utf-8")
    assert "\tapp.py\t2999-01-01\tfixture\n" in again
    assert "\tmore.py\t-\tlater\n" in again
    assert run("scan", "--baseline", "missing").code == 2


def test_severity_confidence_and_globs_narrow_the_report(run, here):
    (here / "id.txt").write_text("id AC0d9cf2a457b14c3e8a6f1b2c3d4e5f60 \n", "utf-8")
    assert "id.txt" not in run("scan").out
    assert "id.txt" in run("scan", "--severity", "low").out
    assert run("scan", "--exclude", "app.py").code == 0
    (here / "app.py").write_text(f"password = '{GENERIC}'\n", "utf-8")
    assert run("scan", "--confidence", "0.9").code == 0


@pytest.mark.parametrize(
    "arguments", [("missing",), ("--staged", "--git"), ("--reveal",), ("--format", "xml"), ("--jobs", "-1")]
)
def test_wrong_usage_exits_with_two(run, here, arguments):
    assert run("scan", *arguments).code == 2


def test_a_folder_without_a_repository_has_no_history(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = run("scan", "--git")
    assert ran.code == 2
    assert "not in a git repository" in ran.err


def test_secrets_are_revealed_on_a_terminal_only(run, here, monkeypatch):
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True, raising=False)
    monkeypatch.setattr(scan_command, "_progress", scan_command._progress)
    assert PROVIDER in run("scan", "--reveal").out
    assert run("scan", "--reveal", "--format", "json").code == 2


def test_verification_asks_providers_only_if_it_is_asked_for(run, here, monkeypatch):
    from stockade.scan import verify

    hosts = []

    def refuse(host):
        hosts.append(host)
        raise OSError("no network here")

    monkeypatch.setattr(verify.Verifier.__init__, "__defaults__", (refuse,))
    run("scan")
    assert hosts == []
    ran = run("scan", "--verify")
    assert hosts == ["api.anthropic.com"]
    assert "(could not be verified)" in ran.out
    assert PROVIDER not in ran.out


def test_the_hook_stops_a_commit_that_holds_a_secret(here):
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    program = Path(sys.executable).with_name("stockade")
    entry = hook["entry"].replace("stockade", str(program), 1)
    path = here / ".git" / "hooks" / "pre-commit"
    path.write_text(f"#!/bin/sh\nexec {entry}\n", "utf-8")
    path.chmod(0o755)
    (here / "new.py").write_text(f"token = '{OTHER}'\n", "utf-8")
    git(here, "add", "new.py")
    before = git(here, "rev-parse", "HEAD")
    git(here, "commit", "--quiet", "--message", "leak", code=1)
    assert git(here, "rev-parse", "HEAD") == before
    (here / "new.py").write_text("token = load()\n", "utf-8")
    git(here, "add", "new.py")
    git(here, "commit", "--quiet", "--message", "clean")
    assert git(here, "rev-parse", "HEAD") != before


def test_the_action_runs_the_scan_and_hands_inputs_over_as_variables():
    action = yaml.safe_load((ROOT / ".ci" / "scan" / "action.yml").read_text("utf-8"))
    steps = action["runs"]["steps"]
    assert action["runs"]["using"] == "composite"
    assert any('stockade" scan' in step["run"] for step in steps)
    for step in steps:
        assert "uses" not in step
        assert "${{" not in step["run"]


def test_the_action_works_as_a_shell_runs_it(here, tmp_path):
    action = yaml.safe_load((ROOT / ".ci" / "scan" / "action.yml").read_text("utf-8"))
    script = action["runs"]["steps"][1]["run"]
    program = tmp_path / "stockade" / "bin" / "stockade"
    program.parent.mkdir(parents=True)
    program.symlink_to(Path(sys.executable).with_name("stockade"))
    environment = {
        **os.environ, "RUNNER_TEMP": str(tmp_path), "SCAN_PATH": ".", "SCAN_HISTORY": "true",
        "SCAN_PII": "false", "SCAN_FORMAT": "sarif", "SCAN_OUTPUT": "out.sarif",
    }  # fmt: skip
    done = subprocess.run(["bash", "-e", "-c", script], cwd=here, env=environment, check=False)
    assert done.returncode == 1
    results = json.loads((here / "out.sarif").read_bytes())["runs"][0]["results"]
    assert {r["ruleId"] for r in results} == {"secret.anthropic_api", "secret.groq"}
