"""The envelope: opens under its key and purpose, and under nothing else."""

from __future__ import annotations

import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.core.errors import StoreError
from stockade.sealing.envelope import open_sealed, seal

KEY = bytes(range(32))
OTHER = bytes(range(1, 33))
TEXT = b"canary-of-the-test"


@given(st.binary(max_size=200), st.binary(max_size=40))
def test_what_was_sealed_opens_to_the_same(plaintext, associated):
    assert open_sealed(KEY, seal(KEY, plaintext, associated), associated) == plaintext


@given(st.data())
def test_any_changed_byte_is_noticed(data):
    blob = seal(KEY, TEXT, b"map")
    place = data.draw(st.integers(0, len(blob) - 1))
    other = data.draw(st.integers(1, 255))
    changed = blob[:place] + bytes([blob[place] ^ other]) + blob[place + 1 :]
    with pytest.raises(StoreError) as refused:
        open_sealed(KEY, changed, b"map")
    assert refused.value.hint


def test_every_shorter_blob_is_refused():
    blob = seal(KEY, TEXT, b"map")
    for length in range(len(blob)):
        with pytest.raises(StoreError):
            open_sealed(KEY, blob[:length], b"map")


@given(st.binary(max_size=80))
def test_foreign_bytes_are_refused(blob):
    with pytest.raises(StoreError):
        open_sealed(KEY, blob, b"map")


def test_bytes_behind_the_end_are_refused():
    with pytest.raises(StoreError):
        open_sealed(KEY, seal(KEY, TEXT, b"map") + b"\0", b"map")


def test_another_key_does_not_open_it():
    with pytest.raises(StoreError, match="do not open"):
        open_sealed(OTHER, seal(KEY, TEXT, b"map"), b"map")


@pytest.mark.parametrize("associated", [b"", b"ma", b"mapp", b"vault"])
def test_another_purpose_does_not_open_it(associated):
    with pytest.raises(StoreError, match="do not open"):
        open_sealed(KEY, seal(KEY, TEXT, b"map"), associated)


def test_the_boundary_between_header_and_purpose_is_fixed():
    blob = seal(KEY, TEXT, b"map")
    with pytest.raises(StoreError):
        open_sealed(KEY, blob, b"\x01map")


def test_a_newer_version_is_named_as_such():
    blob = bytearray(seal(KEY, TEXT, b"map"))
    blob[3] = 2
    with pytest.raises(StoreError, match="version") as refused:
        open_sealed(KEY, bytes(blob), b"map")
    assert "newer release" in refused.value.hint


def test_the_same_text_is_sealed_differently_each_time():
    assert len({seal(KEY, TEXT, b"map") for _ in range(100)}) == 100


def test_the_sealed_bytes_do_not_hold_the_text():
    assert TEXT not in seal(KEY, TEXT, b"map")


@pytest.mark.parametrize("length", [0, 16, 24, 31, 33])
def test_a_key_of_another_length_is_refused(length):
    for use in (seal, open_sealed):
        with pytest.raises(StoreError, match="32 bytes") as refused:
            use(b"k" * length, seal(KEY, TEXT, b""), b"")
        assert refused.value.hint


def test_an_old_envelope_opens_for_ever():
    blob = bytes.fromhex("53544b012df1f2b567033b86b93dcd8400612869956a257eded80a68b3f763523708b720")
    assert open_sealed(KEY, blob, b"map") == b"kept"


def test_no_failure_shows_the_text_or_the_key():
    try:
        open_sealed(OTHER, seal(KEY, TEXT, b"map"), b"map")
    except StoreError as failed:
        shown = "".join(traceback.format_exception(failed)) + repr(failed)
    assert "canary" not in shown
    assert OTHER.hex() not in shown
    assert repr(OTHER) not in shown
