from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import tracemalloc

import pytest

from stockade.bootstrap import installation
from stockade_verify import VerifierKey
from stockade_verify.cli import main as stockade_verify


@pytest.fixture
def log(run, tmp_path):
    """The installation's record, with a request that was blocked and one that was answered."""
    opened = installation().log()
    opened.record("request", {"request_id": "req_1", "key_id": "k_a", "action": "allow", "model": "m"})
    opened.record("answer", {"request_id": "req_1", "key_id": "k_a", "outcome": "answered", "status": 200})
    opened.record(
        "request",
        {"request_id": "req_2", "key_id": "k_b", "action": "block", "findings": {"user": {"pii.email": 2}}},
    )
    opened.close()
    return tmp_path / "home" / "audit"


def test_a_record_verifies_and_says_where_the_key_came_from(run, log):
    ran = run("audit", "verify")
    assert (ran.code, ran.err) == (0, "")
    assert "the record verifies\n" in ran.out
    assert "key from: beside the log" in ran.out
    key = (log / "log.pub").read_text().strip()
    answer = json.loads(run("audit", "verify", "--key", key, "--format", "json").out)
    assert (answer["verified"], answer["entries"], answer["key_from"]) == (True, 5, "given")
    assert run("audit", "verify", "--key", str(log / "log.pub"), "--path", str(log)).code == 0


def test_a_changed_record_is_a_finding(run, log):
    path = log / "audit-000001.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"allow"', b'"block"'))
    ran = run("audit", "verify")
    assert ran.code == 1
    assert ran.out.startswith("DOES NOT VERIFY")
    answer = json.loads(run("audit", "verify", "--format", "json").out)
    assert (answer["verified"], answer["entry"]) == (False, 2)


def test_a_record_cut_back_is_found_with_a_checkpoint_kept_elsewhere(run, log, tmp_path):
    old = {path: path.read_bytes() for path in log.rglob("*") if path.is_file()}
    opened = installation().log()
    opened.record("request", {})
    opened.close()
    kept = tmp_path / "kept"
    kept.write_bytes((log / "checkpoint").read_bytes())
    for path in log.rglob("*"):
        if path.is_file():
            path.unlink()
    for path, content in old.items():
        path.write_bytes(content)
    assert run("audit", "verify").code == 0
    assert run("audit", "verify", "--checkpoint", str(kept)).code == 1


def test_a_record_that_is_not_there_could_not_be_checked(run):
    ran = run("audit", "verify")
    assert (ran.code, ran.out) == (3, "")
    assert "stockade: " in ran.err


def test_a_key_that_cannot_be_read_is_wrong_use(run, log):
    assert run("audit", "verify", "--key", "nothing").code == 2


@pytest.mark.parametrize("what", [("--entry", "4"), ("--request", "req_2")])
def test_a_proof_is_one_that_the_separate_program_accepts(run, log, tmp_path, capfdbinary, what):
    proof = tmp_path / "proof"
    assert run("audit", "prove", *what, "--output", str(proof)).code == 0
    assert stockade_verify(["inclusion", str(proof), "--key", str(log / "log.pub"), "--show"]) == 0
    assert b"req_2" in capfdbinary.readouterr().out
    assert run("audit", "prove", *what).out.encode() == proof.read_bytes()


def test_growth_is_proven_from_a_checkpoint(run, log, tmp_path, capfdbinary):
    kept, proof = tmp_path / "kept", tmp_path / "proof"
    kept.write_bytes((log / "checkpoint").read_bytes())
    installation().log().close()
    assert run("audit", "prove", "--grown-from", str(kept), "--output", str(proof)).code == 0
    assert stockade_verify(["growth", str(kept), str(proof), "--key", str(log / "log.pub")]) == 0


@pytest.mark.parametrize(
    "what",
    [(), ("--entry", "1", "--request", "x"), ("--entry", "0"), ("--entry", "99"), ("--request", "none")],
)
def test_what_cannot_be_proven_is_wrong_use(run, log, what):
    ran = run("audit", "prove", *what)
    assert (ran.code, ran.out) == (2, "")


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ((), [1, 2, 3, 4, 5]),
        (("--limit", "2"), [4, 5]),
        (("--limit", "0"), [1, 2, 3, 4, 5]),
        (("--key", "k_a"), [2, 3]),
        (("--rule", "pii.*"), [4]),
        (("--action", "block"), [4]),
        (("--request", "req_1"), [2, 3]),
        (("--kind", "start"), [1]),
        (("--since", "2000-01-01", "--until", "2000-01-02"), []),
        (("--since", "2000-01-01T00:00+02:00"), [1, 2, 3, 4, 5]),
    ],
)
def test_entries_are_found(run, log, filters, numbers):
    ran = run("audit", "query", "--format", "json", *filters)
    assert [json.loads(line)["seq"] for line in ran.out.splitlines()] == numbers
    assert len(run("audit", "query", *filters).out.splitlines()) == len(numbers)


def test_what_is_printed_names_rules_and_places(run, log):
    line = run("audit", "query", "--action", "block").out
    assert "k_b request_id=req_2 action=block pii.email:2" in line


def test_nothing_in_an_entry_steers_the_terminal(run, log):
    opened = installation().log()
    opened.record("request", {"request_id": "\x1b[2J\u202e\r\nforged", "model": "\x07"})
    opened.close()
    ran = run("audit", "query")
    assert "\x1b" not in ran.out
    assert len(ran.out.splitlines()) == 8


def test_a_time_that_cannot_be_read_is_wrong_use(run, log):
    assert run("audit", "query", "--since", "yesterday").code == 2


def test_an_export_holds_every_entry_that_matches(run, log, tmp_path):
    ran = run("audit", "export")
    assert [json.loads(line)["seq"] for line in ran.out.splitlines()] == [1, 2, 3, 4, 5]
    events = [json.loads(line) for line in run("audit", "export", "--format", "ocsf").out.splitlines()]
    assert [event["class_uid"] for event in events] == [6002, 6003, 6003, 6003, 6002]
    target = tmp_path / "out.csv"
    assert run("audit", "export", "--format", "csv", "--key", "k_b", "--output", str(target)).code == 0
    rows = list(csv.DictReader(io.StringIO(target.read_text())))
    assert [(row["seq"], row["rules"]) for row in rows] == [("4", "pii.email=2")]


def test_an_export_needs_no_more_memory_for_a_longer_log(run, tmp_path):
    peaks = []
    for count in (2_000, 10_000):
        opened = installation().log()
        for n in range(count):
            opened.submit("request", {"n": n, "pad": "x" * 200}, lambda _: None)
        opened.close()
        tracemalloc.start()
        assert run("audit", "export", "--format", "ocsf", "--output", str(tmp_path / "out")).code == 0
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 1_000_000


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_checkpoint_kept_in_a_repository_shows_a_record_cut_back(run, log, tmp_path):
    repository = tmp_path / "elsewhere"
    subprocess.run(["git", "init", "-q", str(repository)], check=True)
    yesterday = tmp_path / "yesterday"
    shutil.copytree(log, yesterday)
    installation().log().close()
    assert "committed" in run("audit", "anchor", "--git", str(repository)).out
    assert "already" in run("audit", "anchor", "--git", str(repository)).out
    assert run("audit", "verify", "--git", str(repository)).code == 0
    shutil.rmtree(log)
    yesterday.rename(log)
    assert run("audit", "verify").code == 0
    assert run("audit", "verify", "--git", str(repository)).code == 1
    ran = run("audit", "anchor", "--git", str(repository))
    assert (ran.code, ran.out.startswith("CONTRADICTED")) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 2),
        (("--witness", "https://w.example"), 2),
        (("--witness-key", "x"), 2),
        (("--witness", "https://w.example", "--witness-key", "a+b+c"), 2),
        (("--witness", "http://w.example", "--witness-key", "WITNESS"), 2),
        (("--witness", "http://127.0.0.1:9", "--witness-key", "WITNESS"), 3),
    ],
)
def test_what_cannot_be_anchored_is_told(run, log, arguments, code):
    key = str(VerifierKey.made("witness.example", bytes(32), 4))
    ran = run("audit", "anchor", *(key if one == "WITNESS" else one for one in arguments))
    assert (ran.code, ran.out) == (code, "")
