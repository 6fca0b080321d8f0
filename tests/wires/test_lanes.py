"""Lanes of a stream: growing texts get one each, whole ones a look that is remembered when harmless."""

from __future__ import annotations

import pytest

from stockade.wires.json_text import JsonLane
from stockade.wires.lanes import Lanes
from tests.wires.flows import MAIL, SECRET, an_exchange, factory


@pytest.fixture
def opened():
    return []


@pytest.fixture
def lanes(opened):
    exchange = an_exchange(MAIL)

    def lane(kind, pointer):
        opened.append((kind, pointer))
        return exchange.lane(pointer)

    return Lanes(lane, frozenset({"stop"}))


def test_a_lane_for_json_takes_its_strings_apart(lanes):
    assert isinstance(lanes.open("/a", in_json=True), JsonLane)
    assert not isinstance(lanes.open("/a", in_json=False), JsonLane)


def test_a_harmless_text_is_looked_at_once(lanes, opened):
    assert [lanes.once("gpt", "/model") for _ in range(3)] == ["gpt"] * 3
    assert opened == [("text", "/model")]
    assert lanes.once("stop", "/x") == "stop"
    assert len(opened) == 1


def test_a_text_that_changes_is_looked_at_every_time(lanes, opened):
    mark = next(iter(an_exchange(MAIL).surrogates.pairs))
    assert [lanes.once(mark, "/x") for _ in range(2)] == [MAIL] * 2
    assert len(opened) == 2


def test_long_texts_and_too_many_are_not_remembered(lanes, opened):
    for _ in range(2):
        lanes.once("x" * 129, "/x")
        for n in range(300):
            lanes.once(f"text {n}", "/x")
    assert 300 + 2 + 40 < len(opened) < 600


def test_a_blocked_text_shows_nothing_and_is_remembered_as_blocked(lanes):
    assert lanes.look(SECRET, "/x") == ("", True)
    assert not lanes.blocked
    assert lanes.once(SECRET, "/x") == ""
    assert lanes.blocked


def test_a_key_with_something_in_it_blocks(lanes, opened):
    lanes.name("content", "")
    assert opened == []
    lanes.name("x y", "/a")
    assert (opened, lanes.blocked) == ([("text", "/a/x y#key")], False)
    lanes.name(next(iter(an_exchange(MAIL).surrogates.pairs)), "/a")
    assert lanes.blocked


def test_everything_below_a_value_is_looked_at(lanes):
    mark = next(iter(an_exchange(MAIL).surrogates.pairs))
    value = {"a": [mark, 1, {"b": "plain"}], mark: None}
    assert lanes.once_below(value, "/v")
    assert value == {"a": [MAIL, 1, {"b": "plain"}], MAIL: None}
    assert not lanes.once_below({"a": "plain"}, "/v")
    assert not lanes.blocked


def test_a_secret_deep_inside_blocks():
    lanes = Lanes(factory(an_exchange()), frozenset())
    lanes.once_below([{"a": {"b": [SECRET]}}], "/v")
    assert lanes.blocked
