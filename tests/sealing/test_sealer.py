from __future__ import annotations

import multiprocessing
import os
import threading
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.core.errors import StoreError
from stockade.sealing.binding import Binding
from stockade.sealing.sealer import BUDGET, Sealer, term_of
from stockade.sealing.terms import TermRing

PLACE = Binding(tenant="acme", purpose="prompt", record="req_1", subject="s_1")


def salt_of(blob):
    return blob[12:28]


def nonce_of(blob):
    return blob[28:40]


@given(st.binary(max_size=200))
def test_what_was_sealed_opens_again(tmp_path_factory, plaintext):
    ring = TermRing(tmp_path_factory.getbasetemp() / "law.json", b"e" * 32, clock=lambda: 1)
    sealer = Sealer(ring)
    blob = sealer.seal(plaintext, PLACE)
    assert sealer.open(blob, PLACE) == plaintext
    assert len(plaintext) < 8 or plaintext not in blob


@pytest.mark.parametrize("part", ["tenant", "purpose", "record", "subject"])
def test_a_value_moved_elsewhere_does_not_open(sealer, part):
    blob = sealer.seal(b"value", PLACE)
    for other in ("", "x", getattr(PLACE, part) + "x"):
        with pytest.raises(StoreError, match="does not open"):
            sealer.open(blob, replace(PLACE, **{part: other}))


def test_a_value_moved_to_another_term_does_not_open(sealer, ring, now):
    blob = sealer.seal(b"value", PLACE)
    ring.add(500)
    other = sealer.seal(b"value", PLACE)
    assert term_of(blob) != term_of(other)
    with pytest.raises(StoreError):
        sealer.open(blob[:4] + term_of(other) + blob[12:], PLACE)


def test_every_changed_bit_is_refused(sealer):
    blob = sealer.seal(b"value", PLACE)
    for place in range(len(blob)):
        for bit in range(8):
            with pytest.raises(StoreError):
                sealer.open(blob[:place] + bytes([blob[place] ^ 1 << bit]) + blob[place + 1 :], PLACE)
    for rest in (b"", blob[:-1], blob + b"x", blob[:40], b"STK\x01" + blob[4:]):
        with pytest.raises(StoreError):
            sealer.open(rest, PLACE)


def test_a_term_turns_over_without_a_pause(sealer, ring, now):
    old = sealer.seal(b"value", PLACE)
    ring.add(2_000)
    now.ms = 2_000
    new = sealer.seal(b"value", PLACE)
    assert term_of(old) != term_of(new)
    assert sealer.open(old, PLACE) == sealer.open(new, PLACE) == b"value"
    moved = sealer.reseal(old, PLACE)
    assert (term_of(moved), sealer.open(moved, PLACE)) == (term_of(new), b"value")
    assert sealer.reseal(moved, PLACE) is moved
    ring.destroy(term_of(old))
    with pytest.raises(StoreError, match="no key of the term"):
        Sealer(ring).open(old, PLACE)


def test_a_key_is_left_before_it_is_used_up(ring):
    sealer = Sealer(ring, budget=3)
    salts = [salt_of(sealer.seal(b"x", PLACE)) for _ in range(10)]
    assert [salts.count(salt) for salt in dict.fromkeys(salts)] == [3, 3, 3, 1]
    assert BUDGET == 2**30


def test_no_key_and_nonce_come_twice(sealer):
    seen = {(salt_of(blob), nonce_of(blob)) for blob in (sealer.seal(b"", PLACE) for _ in range(20_000))}
    assert len(seen) == 20_000


def test_threads_share_a_key_and_no_nonce(sealer):
    blobs = []
    threads = [
        threading.Thread(target=lambda: blobs.extend(sealer.seal(b"", PLACE) for _ in range(500)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({nonce_of(blob) for blob in blobs}) == len(blobs) == 4_000
    assert len({salt_of(blob) for blob in blobs}) == 1


def test_two_sealers_never_share_a_key(ring):
    assert salt_of(Sealer(ring).seal(b"", PLACE)) != salt_of(Sealer(ring).seal(b"", PLACE))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_process_takes_another_key(sealer):
    here = salt_of(sealer.seal(b"", PLACE))
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    children = [
        context.Process(target=lambda: results.put(salt_of(sealer.seal(b"", PLACE)))) for _ in range(3)
    ]
    for child in children:
        child.start()
    there = {results.get(timeout=20) for _ in children}
    for child in children:
        child.join()
    assert len(there | {here}) == 4
    assert salt_of(sealer.seal(b"", PLACE)) == here


def test_many_keys_are_not_all_kept_at_hand(ring):
    sealer = Sealer(ring, budget=1)
    blobs = [sealer.seal(b"%d" % n, PLACE) for n in range(300)]
    assert [sealer.open(blob, PLACE) for blob in blobs] == [b"%d" % n for n in range(300)]
    assert len(sealer._ciphers) <= 256


def test_an_installation_with_another_ring_opens_nothing(sealer, tmp_path, now):
    blob = sealer.seal(b"value", PLACE)
    other = Sealer(TermRing(tmp_path / "other.json", b"e" * 32, clock=now))
    with pytest.raises(StoreError):
        other.open(blob, PLACE)
