from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.detectors.engine.breaks import MONTHS, first_break, is_break, last_break, separates

WORDS = (b"word", b"7", b"12 May", b" ", b"\n\n", b"a", "你".encode(), b"\0", b"x9", b"  ")
pieces = st.lists(st.sampled_from(WORDS), max_size=12).map(b"".join)


@pytest.mark.parametrize(
    ("left", "right", "apart"),
    [
        (b"the", b"cat", True),
        (b"4012", b"cat", False),
        (b"the", b"4012", False),
        (b"a", b"b", False),
        (b"a", b"bc", True),
        (b"May,", b"the", False),
        (b"the", b"june", False),
        (b"", b"", False),
        (b"6b", b"ad", False),
        (b"of", b"be", True),
    ],
)
def test_white_space_separates_words_but_not_parts_of_a_number(left, right, apart):
    assert separates(left, right) is apart


def test_a_blank_line_is_always_a_break():
    assert is_break(b"4012\n\n8888", 4, 6)
    assert not is_break(b"4012 \n8888", 4, 6)


def test_what_joins_the_numbers_of_a_date_is_none():
    for text in ("1990年5月3日", "1990년 5월 3일"):
        data = text.encode()
        assert first_break(data, 0, len(data)) == -1
    data = "1990年春5".encode()
    assert first_break(data, 0, len(data)) == 7


def test_a_wide_character_is_a_break():
    data = "4012你8888".encode()
    assert first_break(data, 0, len(data)) == 4
    assert last_break(data, 0) == 7


def test_there_is_no_break_inside_a_number_with_spaces():
    assert first_break(b"4012 8888 8888 1881", 0, 19) == -1


def test_the_last_break_has_a_complete_token_to_its_right():
    assert last_break(b"see the cat", 0) == 4
    assert last_break(b"see the", 0) == -1
    assert last_break(b"see the ", 0) == 4


def test_what_follows_a_wide_character_is_a_token_of_its_own():
    data = "你a b".encode()
    assert not is_break(data, 4, 5)
    assert is_break("你ab b".encode(), 5, 6)


def test_a_line_of_mail_that_goes_on_is_not_broken():
    assert not is_break(b"exam=\nple", 5, 6)
    assert not is_break(b"exam=\r\nple", 5, 7)
    assert is_break(b"exam =\n\nple", 6, 8)


def test_months_are_known_in_several_languages():
    assert {b"may", b"mai", b"mayo", b"maggio", b"maio", b"mei"} <= MONTHS


@given(pieces, pieces)
def test_nothing_that_follows_undoes_the_last_break(data, more):
    place = last_break(data, 0)
    if place > 0:
        at = place
        while at and data[at - 1 : at] in b" \n":
            at -= 1
        assert first_break(data + more, max(0, at - 3), place + 40) >= 0


@given(pieces)
def test_breaks_are_found_inside_and_only_there(data):
    for start in range(0, len(data), 3):
        cut = first_break(data, start, len(data))
        assert cut == -1 or start <= cut < len(data)
