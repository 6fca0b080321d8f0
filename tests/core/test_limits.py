"""Bounds: every one a positive number, none looser than the one it lies within."""

from __future__ import annotations

from stockade.core import limits

BOUNDS = {name: value for name, value in vars(limits).items() if name.isupper()}


def test_every_bound_is_a_positive_whole_number():
    assert BOUNDS
    assert all(type(value) is int and value > 0 for value in BOUNDS.values())


def test_a_text_is_no_longer_than_the_body_it_comes_in():
    assert limits.TEXT_CHARS_MAX <= limits.BODY_BYTES_MAX


def test_what_a_stream_holds_grows_in_steps():
    assert limits.HOLD_CHARS_MAX < limits.FINDING_CHARS_MAX < limits.TEXT_CHARS_MAX


def test_an_event_fits_into_an_answer_and_nesting_into_the_call_stack():
    assert limits.EVENT_BYTES_MAX < limits.ANSWER_BYTES_MAX
    assert limits.JSON_DEPTH_MAX < 200
