"""The program as it is called: exit codes, words, JSON, and that it needs nothing of the product."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import stockade_verify
from stockade.audit.key import PUBLIC_KEY, LogKey
from stockade.audit.prove import Prover
from stockade_verify.cli import main

SOURCE = Path(stockade_verify.__file__).parent


@pytest.fixture
def log(written, key):
    folder = written(300)
    (folder / PUBLIC_KEY).write_text(f"{key.public}\n")
    return folder


@pytest.fixture
def run(capsys):
    def running(*arguments):
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return running


def test_a_log_verifies_with_its_key_as_text_or_in_a_file(log, key, run):
    for given in (str(key.public), log / PUBLIC_KEY):
        code, out, err = run("log", log, "--key", given)
        assert (code, err) == (0, "")
        assert out.startswith("verified\n  origin: stockade/verify\n  entries: 302\n  covered: 302\n")


def test_the_answer_can_be_read_by_a_program(log, key, run):
    code, out, _ = run("log", log, "--key", key.public, "--format", "json")
    answer = json.loads(out)
    assert (code, answer["verified"], answer["entries"], answer["runs"]) == (0, True, 302, 1)


def test_a_changed_byte_is_told_with_its_entry(log, key, run):
    path = min(log.glob("*.jsonl"))
    path.write_bytes(path.read_bytes().replace(b'"n":3,', b'"n":4,', 1))
    code, out, _ = run("log", log, "--key", key.public, "--format", "json")
    assert (code, json.loads(out)["entry"]) == (1, 5)
    code, out, _ = run("log", log, "--key", key.public)
    assert (code, out.splitlines()[0]) == (
        1,
        "DOES NOT VERIFY: the entries are not those that were signed, first at entry 5",
    )


def test_a_dropped_tail_and_a_fork_are_told_with_a_known_checkpoint(written, key, run, tmp_path):
    longer, shorter, fork = written(9), written(5, name="shorter"), written(9, name="fork", big=2)
    for folder in (shorter, fork):
        code, out, _ = run("log", folder, "--key", key.public, "--checkpoint", longer / "checkpoint")
        assert (code, out.startswith("DOES NOT VERIFY")) == (1, True)
    code, out, _ = run("fork", longer / "checkpoint", fork / "checkpoint", "--key", key.public)
    assert (code, "forked" in out) == (1, True)
    code, out, _ = run("fork", longer / "checkpoint", shorter / "checkpoint", "--key", key.public)
    assert code == 0


def test_a_damaged_tile_is_a_finding(log, key, run):
    (log / "tile/0/000").write_bytes(b"x")
    code, out, _ = run("log", log, "--key", key.public)
    assert (code, "tile/0/000" in out) == (1, True)


def test_a_proof_of_inclusion_is_one_file(log, key, run, tmp_path):
    proof = tmp_path / "one.tlog-proof"
    proof.write_bytes(Prover(log).inclusion(7))
    code, out, _ = run("inclusion", proof, "--key", key.public)
    assert (code, '"n":5' in out) == (0, False)
    code, out, _ = run("inclusion", proof, "--key", key.public, "--show")
    assert (code, '"n":5' in out) == (0, True)
    line = tmp_path / "line"
    line.write_bytes((min(log.glob("*.jsonl"))).read_bytes().splitlines(keepends=True)[6])
    assert run("inclusion", proof, "--key", key.public, "--entry", line)[0] == 0
    line.write_bytes(line.read_bytes().replace(b'"n":5', b'"n":6')[:-1])
    assert run("inclusion", proof, "--key", key.public, "--entry", line)[0] == 1
    stranger = LogKey("stockade/verify", b"x" * 32).public
    assert run("inclusion", proof, "--key", stranger)[0] == 1


def test_growth_is_checked_from_a_known_checkpoint(log, key, run, tmp_path):
    older, proof = tmp_path / "older", tmp_path / "proof"
    older.write_bytes((log / "checkpoint").read_bytes())
    proof.write_bytes(Prover(log).growth(older.read_bytes()))
    assert run("growth", older, proof, "--key", key.public)[0] == 0
    older.write_bytes(key.sign(300, bytes(32)))
    assert run("growth", older, proof, "--key", key.public)[0] == 1


def test_what_could_not_be_checked_is_never_called_verified(log, key, run, tmp_path):
    for arguments in (
        ("log", tmp_path / "none", "--key", key.public),
        ("log", log, "--key", "rubbish+1+2"),
        ("log", log, "--key", tmp_path / "none"),
        ("inclusion", tmp_path / "none", "--key", key.public),
        ("log", log, "--key", key.public, "--checkpoint", tmp_path / "none"),
    ):
        code, out, err = run(*arguments)
        assert (code, out) == (3, "")
        assert err.startswith("stockade-verify: not checked: ")


@pytest.mark.parametrize("arguments", [[], ["log"], ["log", "x"], ["nothing"]])
def test_wrong_use_is_told_apart(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: stockade-verify" in capsys.readouterr().err


def test_what_is_printed_cannot_steer_a_terminal(run, key, tmp_path, capsys):
    from stockade_verify.cli import _shown

    assert _shown(["a\x1b[2J", "\u202e"]) == "a\ufffd[2J, \ufffd"


def test_the_program_imports_the_standard_library_and_cryptography_only():
    allowed = set(sys.stdlib_module_names) | {"cryptography", "stockade_verify"}
    for module in SOURCE.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            assert {name.partition(".")[0] for name in names} <= allowed, module.name


def test_the_program_runs_without_the_product(log, key):
    # A path that holds nothing but the one package; the product cannot be imported from there.
    script = (
        "import sys, types\n"
        "sys.modules['stockade'] = None\n"
        f"sys.path.insert(0, {str(SOURCE.parent)!r})\n"
        "from stockade_verify.cli import main\n"
        f"sys.exit(main(['log', {str(log)!r}, '--key', {str(key.public)!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    module = [sys.executable, "-m", "stockade_verify", "log", str(log), "--key", str(key.public)]
    assert subprocess.run(module, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("module", sorted(SOURCE.glob("*.py")), ids=lambda path: path.name)
def test_the_program_is_short_enough_to_be_read_by_its_users(module):
    lines = module.read_text("utf-8").splitlines()
    assert len(lines) <= 300
    assert ast.get_docstring(ast.parse("\n".join(lines)))
