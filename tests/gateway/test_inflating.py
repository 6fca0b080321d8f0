"""A compressed answer is inflated whole, or refused; never further than somebody reads."""

from __future__ import annotations

import gzip
import itertools
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.gateway import inflating
from stockade.gateway.inflating import INFLATED_BYTES_MAX, STEP_BYTES, Inflater
from stockade.gateway.upstream_error import UpstreamError


def inflated(*pieces: bytes) -> bytes:
    inflater = Inflater()
    whole = b""
    for piece in pieces:
        inflater.feed(piece)
        while step := inflater.take():
            assert len(step) <= STEP_BYTES
            whole += step
    inflater.end()
    return whole


@given(st.binary(max_size=5000), st.lists(st.integers(0, 5000), max_size=5), st.sampled_from([gzip, zlib]))
def test_what_was_compressed_comes_back_however_it_is_cut(text, cuts, how):
    packed = how.compress(text)
    edges = [0, *sorted(min(c, len(packed)) for c in cuts), len(packed)]
    pieces = [packed[a:b] for a, b in itertools.pairwise(edges)]
    assert inflated(*pieces) == text


@pytest.mark.parametrize("size", [STEP_BYTES - 1, STEP_BYTES, STEP_BYTES + 1, 3 * STEP_BYTES, 1_000_000])
def test_output_that_zlib_still_holds_when_its_input_is_used_up_is_not_lost(size):
    assert len(inflated(gzip.compress(b"a" * size))) == size


@pytest.mark.parametrize("how", [gzip, zlib])
def test_an_answer_that_is_cut_off_anywhere_is_refused(how):
    packed = how.compress(b"every word of it " * 20)
    for cut in range(len(packed)):
        with pytest.raises(UpstreamError, match="encoding"):
            inflated(packed[:cut])


@pytest.mark.parametrize("behind", [b"x", gzip.compress(b"another member", mtime=0), b"\0" * 10])
def test_anything_behind_the_answer_is_refused(behind):
    packed = gzip.compress(b"a")
    with pytest.raises(UpstreamError, match="encoding"):
        inflated(packed + behind)
    with pytest.raises(UpstreamError, match="encoding"):
        inflated(packed, behind)


@pytest.mark.parametrize("data", [b"plain text", b"\x1f\x8b\x08", b"\x00" * 30, b"\xff" * 30])
def test_what_is_not_compressed_is_refused(data):
    with pytest.raises(UpstreamError, match="encoding"):
        inflated(data)


def test_a_flipped_bit_is_noticed_by_the_checksum():
    packed = bytearray(gzip.compress(bytes(range(256)) * 4, 0))
    packed[200] ^= 1
    with pytest.raises(UpstreamError, match="encoding"):
        inflated(bytes(packed))


def all_of(inflater: Inflater) -> None:
    while inflater.take():
        pass


@pytest.fixture(scope="module")
def bomb():
    return gzip.compress(bytes(64_000_000), 1)


def test_a_bomb_is_met_before_it_is_in_memory(bomb):
    tracemalloc.start()
    inflater = Inflater()
    inflater.feed(bomb)
    with pytest.raises(UpstreamError, match="too_large"):
        all_of(inflater)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_nothing_is_inflated_that_nobody_takes(bomb):
    inflater = Inflater()
    inflater.feed(bomb)
    inflater.take()
    assert 0 < inflater.waiting < len(bomb)


def test_the_bound_is_on_the_text_and_not_on_its_packing(monkeypatch):
    monkeypatch.setattr(inflating, "INFLATED_BYTES_MAX", 1000)
    assert len(inflated(gzip.compress(b"a" * 1000))) == 1000
    with pytest.raises(UpstreamError, match="too_large"):
        inflated(gzip.compress(b"a" * 1001))
    assert INFLATED_BYTES_MAX == 4 * 1024 * 1024
