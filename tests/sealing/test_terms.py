from __future__ import annotations

import json

import pytest

from stockade.core.errors import ConfigError, StoreError
from stockade.sealing.terms import TermRing

KEK = b"e" * 32


def test_a_ring_is_made_with_one_term_and_read_again(ring, tmp_path, now):
    again = TermRing(tmp_path / "terms.json", KEK, clock=now)
    assert again.current() == ring.current()
    assert len(again.terms) == 1


def test_no_key_lies_in_the_file_or_in_a_repr(ring, tmp_path):
    raw = (tmp_path / "terms.json").read_bytes()
    key = ring.current().key
    assert key not in raw
    assert key.hex().encode() not in raw
    assert repr(key)[2:-1] not in repr(ring.current())


def test_a_new_term_is_known_to_all_before_it_is_used(ring, tmp_path, now):
    other = TermRing(tmp_path / "terms.json", KEK, clock=now)
    first = ring.current()
    coming = ring.add(2_000)
    assert ring.current() == first
    assert other.of(coming.id) == coming
    now.ms = 2_000
    assert ring.current() == other.current() == coming
    assert ring.of(first.id) == first


def test_a_term_that_two_processes_add_at_once_loses_neither(ring, tmp_path, now):
    other = TermRing(tmp_path / "terms.json", KEK, clock=now)
    one, two = ring.add(2_000), other.add(3_000)
    assert {term.id for term in other.terms} >= {one.id, two.id}


def test_the_key_encryption_key_is_turned_over_without_touching_a_key(ring, tmp_path, now):
    ring.add(2_000)
    keys = [term.key for term in ring.terms]
    before = (tmp_path / "terms.json").read_bytes()
    ring.rewrap(b"n" * 32)
    assert (tmp_path / "terms.json").read_bytes() != before
    assert [term.key for term in TermRing(tmp_path / "terms.json", b"n" * 32, clock=now).terms] == keys
    with pytest.raises(ConfigError, match="another key") as caught:
        TermRing(tmp_path / "terms.json", KEK, clock=now)
    assert caught.value.hint
    ring.add(3_000)
    assert len(TermRing(tmp_path / "terms.json", b"n" * 32, clock=now).terms) == 3


def test_a_destroyed_term_is_gone_and_the_one_in_use_stays(ring, now):
    first = ring.current()
    with pytest.raises(StoreError, match="in use"):
        ring.destroy(first.id)
    ring.add(500)
    ring.destroy(first.id)
    with pytest.raises(StoreError, match="no key of the term"):
        ring.of(first.id)
    with pytest.raises(StoreError):
        ring.destroy(b"x" * 8)


def test_a_ring_of_terms_to_come_seals_nothing(ring, now):
    ring.add(500)
    now.ms = -1
    with pytest.raises(StoreError, match="has begun"):
        ring.current()


def test_exchanged_terms_are_noticed(ring, tmp_path, now):
    ring.add(2_000)
    path = tmp_path / "terms.json"
    whole = json.loads(path.read_text())
    for change in ("wrapped", "from_ms", "id"):
        listed = json.loads(path.read_text())
        one, other = listed["terms"]
        one[change], other[change] = other[change], one[change]
        path.write_text(json.dumps(listed))
        with pytest.raises(ConfigError):
            TermRing(path, KEK, clock=now)
        path.write_text(json.dumps(whole))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"terms":5}',
        b'{"terms":[5]}',
        b'{"terms":[{"id":"zz"}]}',
        b"\xff",
        b"[" * 10_000,
        b'{"terms":[{"id":"0011223344556677","from_ms":"x","wrapped":""}]}',
    ],
    ids=range(10),
)
def test_a_damaged_ring_is_refused_and_never_made_anew(tmp_path, now, content):
    (tmp_path / "terms.json").write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        TermRing(tmp_path / "terms.json", KEK, clock=now)
    assert caught.value.hint
    assert (tmp_path / "terms.json").read_bytes() == content


def test_a_ring_that_cannot_be_read_or_written_is_an_error_of_ours(ring, tmp_path, now):
    with pytest.raises(StoreError):
        TermRing(tmp_path / "none" / "terms.json", KEK, clock=now)
    (tmp_path / "folder").mkdir()
    with pytest.raises(ConfigError):
        TermRing(tmp_path / "folder", KEK, clock=now)
