from __future__ import annotations

import pytest

from stockade.detectors.engine import matching
from stockade.detectors.engine.matching import compile_pattern, compile_triggers, re2_available

both = pytest.mark.parametrize("linear", [True, False], ids=["re2", "re"])


def test_the_linear_engine_is_installed_here():
    assert re2_available()


@both
def test_a_match_is_found_with_its_groups(linear):
    matcher = compile_pattern(rb"k(\d+)", linear=linear)
    assert [tuple(span) for span in matcher.find(b"..k12.k3", 0, 8)] == [(2, 5), (3, 5)]
    assert [tuple(span) for span in matcher.find(b"..k12.k3", 3, 8)] == [(6, 8), (7, 8)]
    assert matcher.find(b"..k12.k3", 3, 6) is None


@both
def test_a_match_can_be_asked_for_at_one_place(linear):
    matcher = compile_pattern(rb"\bk\d", linear=linear)
    assert matcher.match(b"k1 k2", 3, 5) is not None
    assert matcher.match(b"k1 k2", 2, 5) is None
    assert matcher.match(b"xk2", 1, 3) is None, "the character before the place is seen"


@both
def test_bytes_that_are_no_text_do_not_stop_the_search(linear):
    assert compile_pattern(rb"ab", linear=linear).find(b"\xff\xfeab", 0, 4) is not None


@both
def test_a_repeat_beyond_what_the_linear_engine_takes_means_however_long(linear):
    matcher = compile_pattern(rb"k[a-z]{3,4000}", linear=linear)
    data = b"k" + b"a" * 5000
    assert tuple(matcher.find(data, 0, len(data))[0]) == (0, 5001)
    assert matcher.find(b"kab", 0, 3) is None


@both
def test_triggers_say_which_occur_whatever_their_case(linear):
    triggers = compile_triggers((b"akia", rb"\d{4}", b"never"), linear=linear)
    assert sorted(triggers.hits(b"an AKIA and 1234")) == [0, 1]
    assert list(triggers.hits(b"")) == []
    assert list(triggers.hits(b"nothing here")) == []


class _Silent:
    """What the automaton answers when its memory is used up: nothing, as if nothing had matched."""

    def __init__(self, answer):
        self.answer = answer

    def __call__(self, data):
        return self.answer


@pytest.mark.parametrize("answer", [None, [], [2]])
def test_an_answer_without_the_canary_wakes_every_rule(answer):
    triggers = compile_triggers((b"a", b"b", b"c"))
    triggers._match = _Silent(answer)
    assert list(triggers.hits(b"zzz")) == [0, 1, 2]


def test_without_the_linear_engine_the_standard_one_answers(monkeypatch):
    monkeypatch.setattr(matching, "re2_available", lambda: False)
    assert list(compile_triggers((b"ab",)).hits(b"xABx")) == [0]
    assert tuple(compile_pattern(rb"b+").find(b"abbc", 0, 4)[0]) == (1, 3)
