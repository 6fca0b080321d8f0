"""One choice of a stream: which strings grow, which come whole, and what may not go on."""

from __future__ import annotations

import pytest

from stockade.core.errors import InputError
from stockade.wires.lanes import Lanes
from stockade.wires.openai_chat_deltas import Choice
from tests.wires.flows import LANES, MAIL, SECRET, Plain, an_exchange, factory

MARK = next(iter(an_exchange(MAIL).surrogates.pairs))


@pytest.fixture
def choice():
    return Choice(Lanes(factory(an_exchange(MAIL, quick=True)), frozenset()), 0)


def with_lane(kind):
    seen = []
    return Choice(Lanes(lambda _kind, _pointer: LANES[kind](seen), frozenset()), 0), seen


def test_repr_shows_no_text(choice):
    choice.take({"delta": {"content": "canary"}})
    assert repr(choice) == "Choice(index=0, channels=1, finished=False)"


def test_channels_grow_apart(choice):
    choice.take({"delta": {"content": MARK[:5], "reasoning_content": MARK[:7]}})
    delta = {"content": MARK[5:] + " ", "reasoning_content": MARK[7:] + " "}
    choice.take({"delta": delta})
    assert delta == {"content": MAIL + " ", "reasoning_content": MAIL + " "}
    assert choice.changed


def test_a_delta_that_passes_is_counted_and_not_changed(choice):
    choice.take({"index": 0, "delta": {"content": "hello ", "role": "assistant"}, "finish_reason": None})
    assert (choice.keys, choice.changed, choice.emptied) == (5, False, False)


def test_the_last_event_brings_out_what_is_held_in_its_own_text(choice):
    choice.take({"delta": {"content": MARK[:5]}})
    assert choice.emptied
    last = {"delta": {"content": MARK[5:]}, "finish_reason": "stop"}
    choice.take(last)
    assert last["delta"]["content"] == MAIL
    assert (choice.held, choice.finished) == ({}, True)


def test_what_is_held_is_grafted_where_it_belongs():
    choice, seen = with_lane("holding")
    call = {"index": 2, "function": {"arguments": '["a"]'}}
    choice.take({"delta": {"content": "b", "tool_calls": [call, {"index": 5, "custom": {"input": "c"}}]}})
    choice.take({"delta": {"audio": {"transcript": "d"}}})
    choice.take({"delta": {}, "finish_reason": "stop"})
    assert choice.held == {
        "content": "B",
        "tool_calls": [{"index": 5, "custom": {"input": "C"}}],
        "audio": {"transcript": "D"},
    }
    assert call["function"]["arguments"] == '["A"]'
    assert sorted(seen) == ["a", "b", "c", "d", "stop"]


def test_items_without_an_index_are_told_by_their_place():
    choice, seen = with_lane("holding")
    choice.take({"delta": {"parts": [{"text": "a"}, {"text": "b"}]}})
    choice.take({"delta": {"parts": [{"text": "c"}]}})
    choice.close()
    assert seen == ["ac", "b"]
    assert choice.held == {"parts": [{"index": 0, "text": "AC"}, {"index": 1, "text": "B"}]}


def test_a_list_in_a_list_is_grafted_as_json_can_say_it():
    choice, _ = with_lane("holding")
    choice.take({"delta": {"parts": [[{"text": "a"}]], "summary": ""}})
    choice.take({"delta": {"audio": {"transcript": ""}}})
    choice.close()
    assert choice.held == {"parts": [{"index": 0, "0": {"text": "A"}}]}


def test_texts_of_one_item_are_grafted_into_one_item():
    choice, _ = with_lane("holding")
    choice.take({"delta": {"parts": [{"index": 4, "text": "a", "input": "b"}, {"index": 5, "text": "c"}]}})
    choice.close()
    assert choice.held == {"parts": [{"index": 4, "text": "A", "input": "B"}, {"index": 5, "text": "C"}]}


def test_a_lane_blocked_at_its_end_blocks_the_stream():
    class Late(Plain):
        def close(self):
            self.blocked = True
            return ""

    for last in (
        {"delta": {}, "finish_reason": "stop"},
        {"delta": {"content": "x"}, "finish_reason": "stop"},
    ):
        lanes = Lanes(lambda _kind, _pointer: Late([]), frozenset())
        choice = Choice(lanes, 0)
        choice.take({"delta": {"content": "a"}})
        choice.take(last)
        assert lanes.blocked


def test_nothing_goes_on_after_its_end(choice):
    choice.take({"delta": {"content": "a"}, "finish_reason": "stop"})
    choice.take({"delta": {}, "index": 0})
    choice.take({"delta": {"content": ""}})
    with pytest.raises(InputError) as caught:
        choice.take({"delta": {"content": "more"}})
    assert caught.value.code == "upstream_garbage"


def test_there_is_a_bound_on_channels_and_depth(choice):
    with pytest.raises(InputError):
        choice.take({"delta": {f"channel{'x' * n}": "a" for n in range(257)}})
    deep = {"content": "x"}
    for _ in range(17):
        deep = {"inner": deep}
    with pytest.raises(InputError):
        choice.take({"delta": deep})


@pytest.mark.parametrize("value", ["text", 5, 1.5, True, ["text"], {"a": "text"}, [[["text"]]], None])
def test_fields_beside_the_delta_come_whole(choice, value):
    event = {"of_mine": value, "delta": {}}
    choice.take(event)
    assert event == {"of_mine": value, "delta": {}}


def test_a_whole_string_is_restored_and_a_long_number_read(choice):
    delta = {"name": MARK, "id": "x", "nested": {"name": MARK, "n": 12345678, "flag": True, "index": 3}}
    choice.take({"delta": delta})
    assert delta["name"] == delta["nested"]["name"] == MAIL
    assert delta["nested"]["n"] == 12345678


@pytest.mark.parametrize(
    ("content", "logprobs", "kept"),
    [
        ("hi ", {"content": [{"token": "hi ", "bytes": [104, 105, 32]}]}, True),
        ("hi ", {"content": [{"token": "other", "bytes": None}]}, True),
        (MARK + " ", {"content": [{"token": MARK + " "}]}, False),
        ("hi ", {"content": [{"token": MARK}]}, False),
        ("hi ", {"content": [{"token": SECRET}]}, False),
    ],
)
def test_tokens_stay_only_while_they_say_what_is_shown(choice, content, logprobs, kept):
    event = {"delta": {"content": content}, "logprobs": logprobs}
    choice.take(event)
    assert (event["logprobs"] is not None) == kept
    assert choice.keys < 0


def test_tokens_without_a_delta_are_read_too(choice):
    event = {"logprobs": {"content": [{"token": MARK}]}}
    choice.take(event)
    assert event["logprobs"] is None


def test_a_delta_is_an_object(choice):
    with pytest.raises(InputError) as caught:
        choice.take({"delta": ["x"]})
    assert caught.value.pointer == "/choices/0/delta"
