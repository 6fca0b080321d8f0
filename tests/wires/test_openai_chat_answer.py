"""A whole chat answer: every text is the model's, and no second copy of a changed one stays."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings

from stockade.core.errors import InputError
from stockade.core.message import Origin
from stockade.wires.openai_chat_answer import blocked, put_back, spelled, texts
from tests.wires.flows import values
from tests.wires.requests import an_answer, string_places, with_marker

MARKER = "marker 4711"


@pytest.mark.parametrize("pointer", sorted(string_places(an_answer())))
def test_a_text_in_any_place_is_seen(pointer):
    body = an_answer()
    with_marker(body, pointer, MARKER)
    seen = [p for p in texts(body) if MARKER in p.message.text]
    assert seen, pointer
    assert {p.message.origin for p in seen} == {Origin.MODEL}


@settings(max_examples=50)
@given(values)
def test_replacing_nothing_changes_nothing(value):
    body = {**an_answer(), "of_the_future": value}
    before = copy.deepcopy(body)
    texts(body)
    put_back(body, ())
    assert body == before


def test_blobs_in_an_answer_are_read_as_well():
    body = an_answer()
    body["choices"][0]["message"]["audio"]["data"] = "QUJD" * 2000
    assert "QUJD" * 2000 in [p.message.text for p in texts(body)]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/choices"),
        ({"choices": {}}, "/choices"),
        ({"choices": ["x"]}, "/choices/0"),
        ({"choices": [{}]}, "/choices/0"),
        ({"choices": [{"message": "x"}]}, "/choices/0"),
        ({"choices": [{"message": {"tool_calls": ["x"]}}]}, "/choices/0/message/tool_calls/0"),
    ],
)
def test_what_is_no_answer_is_refused(body, pointer):
    with pytest.raises(InputError) as caught:
        texts(body)
    assert (caught.value.code, caught.value.pointer) == ("upstream_garbage", pointer)


def test_protocol_words_are_no_texts_only_in_their_places():
    body = {
        "object": "chat.completion",
        "choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": "stop"}}],
    }
    assert [p.pointer for p in texts(body)] == ["/choices/0/message/content"]


def tokens(*said, **more):
    return [
        {"token": t, "logprob": -0.25, "bytes": list(t.encode()), "top_logprobs": [], **more} for t in said
    ]


def test_tokens_that_only_spell_the_text_say_nothing_new():
    message = {"content": "hello you", "refusal": None}
    assert spelled({"content": tokens("hello", " you"), "refusal": None}, message) == ""
    assert spelled(None, message) == ""


@pytest.mark.parametrize(
    ("logprobs", "said"),
    [
        ({"content": tokens("other")}, "other"),
        ({"content": tokens("hello", top_logprobs=[{"token": "jo@ab.com", "logprob": -1}])}, "jo@ab.com"),
        ({"content": tokens("hello", bytes=list(b"jo@ab.com"))}, "jo@ab.com"),
        ({"content": tokens("hello", bytes=[300, "jo@ab.com"])}, "jo@ab.com"),
        ({"content": [{"text": "jo@ab.com"}]}, "jo@ab.com"),
        ({"of_mine": "jo@ab.com"}, "jo@ab.com"),
        ({"jo@ab.com": None, "x": {"y": "jo@ab.com"}}, "jo@ab.com"),
        ("jo@ab.com", "jo@ab.com"),
        (["jo@ab.com"], "jo@ab.com"),
    ],
)
def test_tokens_that_say_more_are_a_text(logprobs, said):
    assert said in spelled(logprobs, {"content": "hello"})
    body = {"choices": [{"message": {"content": "hello"}, "logprobs": logprobs}]}
    (part,) = [p for p in texts(body) if p.pointer == "/choices/0/logprobs"]
    put_back(body, [(part, "[MAIL]")])
    assert "jo@ab.com" not in str(body)
    assert body["choices"][0]["logprobs"] is None


def test_empty_texts_and_repeated_words_are_said_once():
    body = {"id": "", "choices": [{"message": {"content": ""}, "logprobs": {"x": ["same", "same"]}}]}
    assert [p.message.text for p in texts(body)] == ["same"]


def test_half_a_character_in_a_token_says_nothing():
    euro = "€".encode()
    halves = [{"token": "\ufffd", "bytes": list(euro[:2])}, {"token": "\ufffd", "bytes": list(euro[2:])}]
    assert spelled({"content": halves}, {"content": "\ufffd\ufffd"}) == ""


def test_tokens_go_with_the_text_they_spell():
    body = {
        "choices": [
            {"message": {"content": "one"}, "logprobs": {"content": tokens("one")}},
            {"message": {"content": "two"}, "logprobs": {"content": tokens("two")}},
            {"message": {"content": "three"}},
        ]
    }
    parts = texts(body)
    put_back(body, [(parts[0], "changed"), (parts[2], "changed")])
    assert [c.get("logprobs") is None for c in body["choices"]] == [True, False, True]


def test_a_change_outside_of_the_choices_touches_no_tokens():
    body = {
        "id": "jo@ab.com",
        "choices": [{"message": {"content": "x"}, "logprobs": {"content": tokens("x")}}],
    }
    parts = texts(body)
    put_back(body, [(parts[0], "[MAIL]")])
    assert body["id"] == "[MAIL]"
    assert body["choices"][0]["logprobs"]


@pytest.mark.parametrize("choices", [None, [], [{}, {}], [{}] * 500])
def test_a_blocked_answer_holds_nothing_of_the_upstreams(choices):
    body = {
        "id": "canary",
        "model": "canary",
        "created": 5,
        "choices": choices,
        "usage": {"total_tokens": 7, "canary note": 1, "details": {"x": "canary"}},
    }
    shown = blocked(body)
    assert "canary" not in str(shown)
    assert shown["usage"] == {"total_tokens": 7}
    assert shown["created"] == 5
    assert 1 <= len(shown["choices"]) <= 128
    assert {c["finish_reason"] for c in shown["choices"]} == {"content_filter"}


@settings(max_examples=50)
@given(values)
def test_any_answer_can_be_blocked(value):
    assert blocked({"choices": value, "usage": value, "created": value})["choices"]
