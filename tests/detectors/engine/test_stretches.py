from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.detectors.engine import stretches

datas = st.lists(
    st.sampled_from([b"word", b" ", b"\n", b"\0", "你".encode(), "é".encode(), b"12"]), max_size=40
).map(b"".join)


@given(datas)
def test_stretches_follow_each_other_and_end_behind_a_space_or_a_wide_character(data):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stretches, "STRETCH_BYTES", 5)
        patch.setattr(stretches, "MARGIN_BYTES", 3)
        found = list(stretches.stretches(data))
    assert [start for start, _, _ in found] == [0, *(stop for _, stop, _ in found[:-1])]
    assert found[-1][1:] == (len(data), len(data))
    for _, stop, end in found[:-1]:
        assert stretches.CUT.fullmatch(data[stop - 1 : stop]) or data[stop - 1] >= 0x80
        assert end == len(data) or stop + 3 < end


def test_a_short_text_is_one_stretch():
    assert list(stretches.stretches(b"")) == [(0, 0, 0)]
    assert list(stretches.stretches(b"a b")) == [(0, 3, 3)]


def test_a_text_without_a_place_to_cut_is_one_stretch():
    data = b"x" * 10_000
    assert list(stretches.stretches(data)) == [(0, 10_000, 10_000)]
