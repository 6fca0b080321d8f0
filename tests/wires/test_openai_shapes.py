"""Shapes of a chat request: wrong types are told with their place, unknown fields are nobody's error."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from stockade.core.errors import InputError
from stockade.wires.openai_shapes import NUMBERS, check_request, error_body, error_event
from stockade.wires.wire import WireError
from tests.wires.flows import values
from tests.wires.requests import a_request

MINIMAL = {"model": "m", "messages": [{"role": "user", "content": "x"}]}


def refusal(**fields):
    body = {**MINIMAL, **fields}
    try:
        check_request({k: v for k, v in body.items() if v is not ...})
    except InputError as error:
        return error.code, error.pointer
    return None


def test_a_request_with_every_field_is_right():
    check_request(a_request())
    check_request(MINIMAL)


@pytest.mark.parametrize(
    ("fields", "code", "pointer"),
    [
        ({"model": ...}, "invalid_value", "/model"),
        ({"model": ""}, "invalid_value", "/model"),
        ({"model": 5}, "invalid_type", "/model"),
        ({"messages": ...}, "invalid_value", "/messages"),
        ({"messages": []}, "invalid_value", "/messages"),
        ({"messages": {}}, "invalid_type", "/messages"),
        ({"messages": None}, "invalid_type", "/messages"),
        ({"messages": ["x"]}, "invalid_type", "/messages/0"),
        ({"messages": [{}]}, "invalid_value", "/messages/0/role"),
        ({"messages": [{"role": 1}]}, "invalid_value", "/messages/0/role"),
        ({"messages": [{"role": "user", "content": 5}]}, "invalid_type", "/messages/0/content"),
        ({"messages": [{"role": "user", "content": {}}]}, "invalid_type", "/messages/0/content"),
        ({"messages": [{"role": "user", "content": ["x"]}]}, "invalid_type", "/messages/0/content/0"),
        ({"messages": [{"role": "user", "content": [{}]}]}, "invalid_type", "/messages/0/content/0/type"),
        (
            {"messages": [{"role": "a", "content": None, "tool_calls": {}}]},
            "invalid_type",
            "/messages/0/tool_calls",
        ),
        (
            {"messages": [{"role": "a", "content": None, "tool_calls": [1]}]},
            "invalid_type",
            "/messages/0/tool_calls/0",
        ),
        ({"stream": "true"}, "invalid_type", "/stream"),
        ({"stream": 1}, "invalid_type", "/stream"),
        ({"temperature": True}, "invalid_type", "/temperature"),
        ({"max_tokens": 1.5}, "invalid_type", "/max_tokens"),
        ({"n": 0}, "invalid_value", "/n"),
        ({"n": -1}, "invalid_value", "/n"),
        ({"n": 129}, "invalid_value", "/n"),
        ({"tools": {}}, "invalid_type", "/tools"),
        ({"tools": ["x"]}, "invalid_type", "/tools/0"),
        ({"functions": [None]}, "invalid_type", "/functions/0"),
        ({"user": ["x"]}, "invalid_type", "/user"),
    ],
)
def test_a_wrong_field_is_told_with_its_place(fields, code, pointer):
    assert refusal(**fields) == (code, pointer)


@pytest.mark.parametrize(
    "fields",
    [
        {"n": None, "stream": None, "tools": None, "user": None},
        {"n": 128, "temperature": 1, "top_p": 0.5},
        {"messages": [{"role": "assistant", "content": None, "tool_calls": None}]},
        {"messages": [{"role": "of the future"}]},
        {"of_the_future": {"a": [1]}},
    ],
)
def test_what_nothing_relies_on_may_be_anything(fields):
    assert refusal(**fields) is None


@settings(max_examples=50)
@given(values, values)
def test_no_value_makes_the_check_fail_otherwise(one, other):
    for field in ("messages", "tools", "model", "n", "of_mine"):
        refusal(**{field: one})
    refusal(messages=[{"role": "user", "content": one, "tool_calls": other}, one])
    refusal(messages=[{"role": "user", "content": [{"type": other}, one]}])


def test_fields_taken_for_numbers_can_hold_no_text():
    assert all(refusal(**{field: "text"}) == ("invalid_type", f"/{field}") for field in NUMBERS)
    assert all(refusal(**{field: ["text"]}) for field in NUMBERS)


def test_an_error_has_the_providers_shape_and_our_details():
    error = WireError("no", "policy_violation", "content_filter", "/messages/0", {"rule": "pii.email"})
    assert error_body(error) == {
        "error": {
            "message": "no",
            "type": "policy_violation",
            "code": "content_filter",
            "param": "/messages/0",
            "stockade": {"rule": "pii.email"},
        }
    }
    assert error_body(WireError("no"))["error"]["param"] is None


def test_an_error_in_a_stream_is_one_event():
    frame = error_event(WireError("line\none"))
    assert frame.startswith(b"data: {")
    assert frame.endswith(b"}\n\n")
    assert json.loads(frame[6:])["error"]["message"] == "line\none"
