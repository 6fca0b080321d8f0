from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from stockade.sealing.binding import Binding, joined

texts = st.text(st.characters(codec=None), max_size=6)
bindings = st.builds(Binding, texts, texts, texts, texts)


@given(bindings, bindings)
def test_two_bindings_are_the_same_bytes_only_if_they_are_the_same(one, other):
    assert (one.encode() == other.encode()) == (one == other)


def test_nothing_moves_from_one_part_into_the_next():
    made = [joined("ab", "c"), joined("a", "bc"), joined("abc"), joined("abc", ""), joined("", "abc")]
    assert all(one != other for one, other in combinations(made, 2))


def test_text_that_is_not_well_formed_is_told_apart():
    assert joined("\ud800") != joined("\ud801")
