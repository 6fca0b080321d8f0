# ruff: noqa: E501 - tables read better in long lines
from __future__ import annotations

import copy
import json

import pytest

from stockade.core.errors import InputError
from stockade.core.message import Origin
from stockade.wires.openai_inputs import embeddings, moderations

WIRE = embeddings()
RICH = {"model": "M0", "input": ["M1", "M2"], "user": "M3", "x_new": {"M4 key": ["M5"]}, "dimensions": 8}


def test_every_string_of_a_request_is_seen_as_the_users_and_can_be_replaced():
    body = copy.deepcopy(RICH)
    parts = WIRE.messages(body)
    assert {p.message.text for p in parts} == {"M0", "M1", "M2", "M3", "M4 key", "M5"}
    assert {p.message.origin for p in parts} == {Origin.USER}
    WIRE.replace(body, [(p, "x") for p in parts])
    assert "M" not in json.dumps(body)


def test_a_single_text_and_parts_are_read():
    assert [p.message.text for p in WIRE.messages({"model": "m", "input": "one"})] == ["m", "one"]
    part = {"type": "text", "text": "two"}
    assert "two" in [p.message.text for p in moderations().messages({"input": [part]})]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ([1, 2, 3], "tokens"), ([[1, 2], [3]], "tokens"), (["x", 7], "tokens"), (["A" * 5000], "data"),
        ([{"type": "image_url", "image_url": {"url": "https://x.example/a.png"}}], "image"), ([None], "tokens"),
    ],
)  # fmt: skip
def test_what_hides_its_words_is_reported(value, kind):
    assert [u.kind for u in WIRE.uninspected({"model": "m", "input": value})] == [kind]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"input": "x"}, "/model"), ({"model": 7, "input": "x"}, "/model"), ({"model": "m"}, "/input"),
        ({"model": "m", "input": 7}, "/input"), ({"model": "m", "input": ["x"] * 5000}, "/input"),
    ],
)  # fmt: skip
def test_a_request_that_is_none_is_refused_at_its_place(body, pointer):
    with pytest.raises(InputError) as caught:
        WIRE.validate(body)
    assert caught.value.pointer == pointer


def test_moderations_need_no_model():
    moderations().validate({"input": "x"})


def test_vectors_are_no_texts_and_everything_else_of_an_answer_is():
    answer = {
        "object": "list", "model": "M0", "usage": {"prompt_tokens": 123456789},
        "data": [{"object": "embedding", "index": 0, "embedding": [0.1, 2e9]}, {"embedding": "QUJD" * 2000, "x": "M1"}],
    }  # fmt: skip
    assert [p.message.text for p in WIRE.answer_texts(answer)] == ["M0", "M1"]


def test_categories_of_a_moderation_are_read():
    answer = {
        "id": "M0",
        "model": "M1",
        "results": [{"flagged": True, "categories": {"hate": True}, "note": "M2"}],
    }
    assert [p.message.text for p in moderations().answer_texts(answer)] == ["M0", "M1", "M2"]


@pytest.mark.parametrize("wrong", [{}, {"data": 7}, {"data": ["x"]}, {"results": None}])
def test_what_is_no_answer_is_garbage(wrong):
    with pytest.raises(InputError):
        WIRE.answer_texts(wrong)


def test_a_blocked_answer_holds_nothing():
    assert WIRE.blocked_answer({"data": [{"x": "secret"}]})["data"] == []
