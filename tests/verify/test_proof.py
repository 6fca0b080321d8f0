"""Proof files, honest and forged in every way."""

from __future__ import annotations

from base64 import b64encode

import pytest

from stockade.audit.key import PUBLIC_KEY, LogKey
from stockade.audit.prove import Prover
from stockade_verify import ForgedError, VerifierKey, check_growth, check_proof, fork_between


@pytest.fixture
def log(written, key):
    folder = written(298)
    (folder / PUBLIC_KEY).write_text(f"{key.public}\n")
    return folder


def accepted(check, *arguments):
    try:
        check(*arguments)
    except ForgedError:
        return False
    return True


def bits(raw):
    for place in range(len(raw)):
        for bit in range(8):
            yield raw[:place] + bytes([raw[place] ^ 1 << bit]) + raw[place + 1 :]


def lines_changed(raw):
    """Yield *raw* with each of its lines dropped, doubled, emptied or exchanged with the next."""
    lines = raw.split(b"\n")
    for n in range(len(lines) - 1):
        yield b"\n".join(lines[:n] + lines[n + 1 :])
        yield b"\n".join(lines[: n + 1] + lines[n:])
        yield b"\n".join([*lines[:n], b"", *lines[n + 1 :]])
        if lines[n] != lines[n + 1]:
            yield b"\n".join([*lines[:n], lines[n + 1], lines[n], *lines[n + 2 :]])


def test_no_changed_proof_of_inclusion_is_accepted(log, key):
    tried, taken = 0, []
    for seq in (1, 150, 300):
        raw = Prover(log).inclusion(seq)
        leaf = check_proof(raw, [key.public]).leaf
        for forged in (*bits(raw), *lines_changed(raw)):
            tried += 1
            if accepted(check_proof, forged, [key.public]) and check_proof(forged, [key.public]).leaf != leaf:
                taken.append(forged)
            if accepted(check_proof, forged, [key.public], leaf) and not same(forged, raw):
                taken.append(forged)
    assert taken == []
    assert tried > 17_000


def same(forged, raw):
    """Say whether *forged* proves the same of the same entry.

    It does where a signature line is doubled, or where the entry is not brought along but handed in.
    """
    lines = [line for line in raw.split(b"\n") if not line.startswith(b"extra ")]
    return set(forged.split(b"\n")) in (set(raw.split(b"\n")), set(lines))


def test_no_changed_proof_of_growth_is_accepted(log, key):
    older = key.sign(1, first_root(log))
    raw = Prover(log).growth(older)
    before, after = check_growth(raw, older, [key.public])
    assert (before.size, after.size) == (1, 300)
    forgeries = [*bits(raw), *lines_changed(raw)]
    taken = [
        one for one in forgeries if accepted(check_growth, one, older, [key.public]) and not same(one, raw)
    ]
    assert taken == []
    assert len(forgeries) > 4_500
    taken = [one for one in bits(older) if accepted(check_growth, raw, one, [key.public])]
    assert taken == []


def first_root(log):
    from stockade_verify import leaf_hash

    return leaf_hash((log / "audit-000001.jsonl").read_bytes().partition(b"\n")[0])


@pytest.mark.parametrize(
    "index", ["-1", "00", "299", "300", str(2**63), str(2**64), "9" * 30, "", "1.0", "0x1"]
)
def test_another_place_is_not_proven(log, key, index):
    raw = Prover(log).inclusion(1)
    forged = raw.replace(b"\nindex 0\n", f"\nindex {index}\n".encode())
    assert forged != raw
    assert not accepted(check_proof, forged, [key.public])


def test_another_entry_is_not_proven(log, key):
    raw = Prover(log).inclusion(5)
    other = check_proof(Prover(log).inclusion(6), [key.public]).leaf
    assert not accepted(check_proof, raw, [key.public], other)
    bare = b"\n".join(line for line in raw.split(b"\n") if not line.startswith(b"extra"))
    with pytest.raises(ForgedError, match="brings no entry"):
        check_proof(bare, [key.public])
    assert not accepted(check_proof, bare, [key.public], other)
    leaf = check_proof(raw, [key.public]).leaf
    assert check_proof(bare, [key.public], leaf).index == 4


def test_other_keys_and_names_are_not_believed(log, key):
    raw = Prover(log).inclusion(5)
    for other in (LogKey("stockade/verify", b"x" * 32), LogKey("stockade/other", b"k" * 32)):
        assert not accepted(check_proof, raw, [other.public])
        assert not accepted(
            check_growth, Prover(log).growth(Prover(log).note), Prover(log).note, [other.public]
        )
    assert not accepted(check_proof, raw, [])


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\n",
        b"c2sp.org/tlog-proof@v1\n\n",
        b"c2sp.org/tlog-proof@v2\nindex 0\n\n",
        b"c2sp.org/tlog-proof@v1\nextra !!\nindex 0\n\nx",
        b"old\n\n",
        b"old 1\n" + b"AAAA\n" * 3 + b"\nx",
        "c2sp.org/tlog-proof@v1\nindex \u0661\n\n".encode(),
        b"x" * (5 << 20) + b"\n\n",
    ],
    ids=range(9),
)
def test_what_is_no_proof_is_refused(raw, key):
    assert not accepted(check_proof, raw, [key.public])
    assert not accepted(check_growth, raw, key.sign(1, bytes(32)), [key.public])


def test_a_proof_with_too_many_or_too_short_hashes_is_refused(log, key):
    head, _, note = Prover(log).inclusion(5).partition(b"\n\n")
    for extra in (
        b"\n" + b64encode(bytes(32)),
        b"\n" + b64encode(bytes(31)),
        (b"\n" + b64encode(bytes(32))) * 64,
    ):
        assert not accepted(check_proof, head + extra + b"\n\n" + note, [key.public])


def test_a_fork_is_two_roots_of_one_size(log, key):
    note = Prover(log).note
    assert fork_between(note, key.sign(300, bytes(32)), [key.public])
    assert not fork_between(note, note, [key.public])
    assert not fork_between(note, key.sign(299, bytes(32)), [key.public])
    other = LogKey("stockade/other", b"k" * 32)
    with pytest.raises(ForgedError, match="different logs"):
        fork_between(note, other.sign(300, bytes(32)), [key.public, other.public])
    with pytest.raises(ForgedError, match="different logs"):
        check_growth(Prover(log).growth(note), other.sign(300, bytes(32)), [key.public, other.public])


def test_growth_from_another_size_is_refused(log, key):
    raw = Prover(log).growth(Prover(log).note)
    assert not accepted(check_growth, raw, key.sign(299, bytes(32)), [key.public])


def test_the_published_key_is_the_log_s(log, key):
    assert VerifierKey.parse((log / PUBLIC_KEY).read_text()) == key.public
