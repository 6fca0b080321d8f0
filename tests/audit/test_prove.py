from __future__ import annotations

import pytest

from stockade.audit.prove import Prover, line_at
from stockade.core.errors import InputError, StoreError
from stockade_verify import check_growth, check_proof


@pytest.fixture
def log(open_log, folder, monkeypatch):
    """A log of 602 entries in several segments."""
    monkeypatch.setattr("stockade.audit.sink.SEGMENT_BYTES", 20_000)
    opened = open_log()
    for n in range(600):
        opened.submit("a", {"n": n, "pad": "x" * (70_000 if n == 300 else 90)}, lambda _: None)
    opened.close()
    return folder


def test_every_entry_is_proven(log):
    prover = Prover(log)
    for seq in (1, 2, 255, 256, 257, 302, 512, 513, 601, 602):
        proof = check_proof(prover.inclusion(seq), [prover.key])
        assert (proof.index, proof.checkpoint.size) == (seq - 1, 602)
        assert b'"seq":%d}' % seq in proof.leaf


def test_a_long_entry_is_proven_by_the_hash_of_its_body(log):
    proof = check_proof(Prover(log).inclusion(302), [Prover(log).key])
    assert b'"body_sha256":"' in proof.leaf
    assert len(proof.leaf) < 300


def test_growth_is_proven_from_every_earlier_checkpoint(log, open_log):
    older = []
    for _ in range(4):
        older.append((log / "checkpoint").read_bytes())
        opened = open_log()
        opened.record("b", {})
        opened.close()
    prover = Prover(log)
    for note in [*older, prover.note]:
        before, after = check_growth(prover.growth(note), note, [prover.key])
        assert before.size <= after.size == 614


@pytest.mark.parametrize("seq", [-1, 0, 603, 2**70])
def test_an_entry_that_no_checkpoint_covers_is_not_proven(log, seq):
    with pytest.raises(InputError) as caught:
        Prover(log).inclusion(seq)
    assert caught.value.hint


def test_an_older_checkpoint_must_be_one_of_this_log(log, open_log, tmp_path):
    with pytest.raises(InputError):
        Prover(log).growth(b"rubbish")
    newer = (log / "checkpoint").read_bytes()
    opened = open_log()
    opened.close()
    newest = (log / "checkpoint").read_bytes()
    (log / "checkpoint").write_bytes(newer)
    with pytest.raises(InputError, match="covers 604") as caught:
        Prover(log).growth(newest)
    assert "cut back" in caught.value.hint


def test_a_changed_entry_gets_no_proof(log):
    path = min(log.glob("*.jsonl"))
    path.write_bytes(path.read_bytes().replace(b'"n":3,', b'"n":4,', 1))
    with pytest.raises(StoreError, match="no proof that holds"):
        Prover(log).inclusion(5)


def test_a_damaged_tile_gives_no_proof(log):
    (log / "tile/0/000").write_bytes(bytes(8192))
    with pytest.raises(StoreError, match="no proof that holds"):
        Prover(log).inclusion(5)
    (log / "tile/0/000").unlink()
    with pytest.raises(StoreError, match="missing") as caught:
        Prover(log).inclusion(5)
    assert caught.value.hint


def test_a_log_without_checkpoint_or_key_proves_nothing(log):
    (log / "checkpoint").write_bytes(b"")
    with pytest.raises(StoreError):
        Prover(log)
    with pytest.raises(StoreError):
        Prover(log / "none")


def test_a_line_is_found_wherever_it_stands(log):
    for seq in (1, 2, 100, 301, 302, 303, 602):
        assert b'"seq":%d}' % seq in line_at(log, seq)
    with pytest.raises(StoreError):
        line_at(log, 603)
    with pytest.raises(StoreError):
        line_at(log / "none", 1)
