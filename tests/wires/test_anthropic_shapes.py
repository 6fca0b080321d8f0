from __future__ import annotations

import json

import pytest

from stockade.core.errors import InputError
from stockade.wires.anthropic_shapes import check_request, error_body, error_event
from stockade.wires.wire import WireError

GOOD = {"model": "m", "max_tokens": 5, "messages": [{"role": "user", "content": "hi"}]}


def test_a_request_with_unknown_fields_is_fine():
    check_request({**GOOD, "x_new": [1], "system": [{"type": "text", "text": "x"}], "tools": [{"name": "t"}]})


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"model": 7}, "/model"), ({"model": ""}, "/model"), ({"messages": {}}, "/messages"),
        ({"messages": []}, "/messages"), ({"messages": ["x"]}, "/messages/0"),
        ({"messages": [{"content": "x"}]}, "/messages/0/role"),
        ({"messages": [{"role": "user", "content": 7}]}, "/messages/0/content"),
        ({"messages": [{"role": "user", "content": ["x"]}]}, "/messages/0/content/0"),
        ({"messages": [{"role": "user", "content": [{"text": "x"}]}]}, "/messages/0/content/0/type"),
        ({"system": 7}, "/system"), ({"stream": "yes"}, "/stream"), ({"max_tokens": True}, "/max_tokens"),
        ({"tools": ["x"]}, "/tools/0"), ({"temperature": "hot"}, "/temperature"),
    ],
)  # fmt: skip
def test_a_wrong_type_is_refused_at_its_place(change, pointer):
    with pytest.raises(InputError) as caught:
        check_request({**GOOD, **change})
    assert caught.value.pointer == pointer


def test_an_error_has_the_shape_and_the_words_of_this_wire():
    error = WireError("no", "policy_violation", "content_filter", "/messages/0", {"rule": "pii.x"})
    body = error_body(error)
    assert body["type"] == "error"
    assert body["error"]["type"] == "invalid_request_error"
    assert body["error"]["stockade"] == {"rule": "pii.x"}
    frame = error_event(error)
    assert frame.startswith(b"event: error\ndata: ")
    assert json.loads(frame.split(b"data: ")[1]) == body


def test_a_kind_of_its_own_is_kept():
    assert error_body(WireError("no", "authentication_error"))["error"]["type"] == "authentication_error"
