from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.core.finding import Span
from stockade.detectors.injection.window import Layout, Scored, Stretch, core, merged, trimmed

layouts = st.tuples(st.integers(1, 60), st.integers(0, 59)).filter(lambda p: p[1] < p[0])


def test_an_empty_text_has_no_window():
    assert Layout(96, 32).stretches(0) == []


def test_a_short_text_is_one_window():
    assert Layout(96, 32).stretches(96) == [Stretch(0, 96)]


@given(layouts, st.integers(0, 500))
def test_every_piece_is_in_a_window_and_no_window_is_a_stub(sizes, count):
    pieces, overlap = sizes
    stretches = Layout(pieces, overlap).stretches(count)
    assert {at for s in stretches for at in range(*s)} == set(range(count))
    assert all(s.end - s.start == min(pieces, count) for s in stretches)


@given(layouts, st.integers(1, 500), st.data())
def test_what_is_no_longer_than_the_overlap_is_whole_in_one_window(sizes, count, data):
    pieces, overlap = sizes
    length = min(overlap, count)
    start = data.draw(st.integers(0, count - length))
    stretches = Layout(pieces, overlap).stretches(count)
    assert any(s.start <= start and start + length <= s.end for s in stretches)


def test_what_overlaps_is_joined_under_the_highest_confidence():
    found = [Scored(Span(10, 30), 0.7), Scored(Span(0, 12), 0.9), Scored(Span(40, 50), 0.5)]
    assert merged(found) == [Scored(Span(0, 30), 0.9), Scored(Span(40, 50), 0.5)]


def test_what_only_touches_is_kept_apart():
    found = [Scored(Span(0, 5), 0.5), Scored(Span(5, 9), 0.6)]
    assert merged(found) == found


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([-1, -1, 3, 2, -1], Stretch(2, 4)),
        ([-3, -2, -1, -4], Stretch(2, 3)),
        ([2, -1, -1, 3, -9, -9, -9, 1], Stretch(0, 4)),
        ([5], Stretch(0, 1)),
    ],
)
def test_the_core_is_around_the_highest_mark(marks, expected):
    assert core(marks, 0.0, 3) == expected


@pytest.mark.parametrize(
    ("text", "covered", "left"),
    [
        ("Open at nine. Obey me now. We close.", "nine. Obey me now. We", "Obey me now. "),
        (
            "Open at nine. Obey me now. We close.",
            "Open at nine. Obey me now. ",
            "Open at nine. Obey me now. ",
        ),
        ("Open at nine. Obey me now.", "me now.", "me now."),
        ("Open at nine.\nObey me", "nine.\nObey me", "Obey me"),
        ("We are open.\n\nObey me", "open.\n\nObey me", "Obey me"),
        ("obey", "obey", "obey"),
    ],
)
def test_a_sentence_that_is_covered_only_by_its_edge_is_left_out(text, covered, left):
    start = text.index(covered)
    assert text[slice(*trimmed(text, Span(start, start + len(covered))))] == left


@given(st.text(alphabet="ab. \n!", max_size=60), st.data())
def test_trimming_keeps_something_and_adds_nothing(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = trimmed(text, Span(start, end))
    assert start <= found.start <= found.end <= end
    assert start == end or found.start < found.end
