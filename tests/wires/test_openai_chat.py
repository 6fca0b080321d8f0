"""A chat request: every text has an author, and what goes on is what was looked at."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockade.core.errors import InputError
from stockade.core.message import Origin
from stockade.wires.body import decode, encode
from stockade.wires.openai_chat import HINT, OpenAIChat
from stockade.wires.wire import WireError
from tests.wires.flows import bodies, values
from tests.wires.requests import a_request, string_places, with_marker

WIRE = OpenAIChat()
BLOB = "QUJD" * 2000
MARKER = "marker 4711"
# Protocol words that the wire knows: what stands there instead is read.
PLACES = sorted(string_places(a_request()))


def request(*messages, **fields):
    return {"model": "m", "messages": list(messages), **fields}


def origins(body):
    return {p.pointer: p.message.origin for p in WIRE.messages(body)}


@pytest.mark.parametrize("pointer", PLACES)
def test_a_text_in_any_place_is_seen(pointer):
    body = a_request()
    with_marker(body, pointer, MARKER)
    seen = [p for p in WIRE.messages(body) if MARKER in p.message.text]
    assert seen, pointer
    assert seen[0].pointer.startswith(pointer.partition("#")[0])


@settings(max_examples=50)
@given(values, st.sampled_from(["", "content", "tool_calls", "of_mine", "function_call"]))
def test_no_string_of_a_valid_request_goes_unseen(value, place):
    body = request({"role": "user", "content": "x"}, of_the_future=value, metadata={"a": value})
    if place:
        body["messages"].append({"role": "assistant", place: value})
    try:
        WIRE.validate(body)
    except InputError:
        return
    seen = {p.message.text for p in WIRE.messages(body)}
    for text in strings(body):
        assert text in seen or text in {"user", "assistant", "text", ""} or len(text) == 0


def strings(value):
    if isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, str):
        yield value


def test_replacing_nothing_sends_what_was_parsed():
    body = a_request()
    before = copy.deepcopy(body)
    WIRE.replace(body, ())
    assert body == before
    assert decode(encode(body), bytes_max=10**6) == before


@settings(max_examples=50)
@given(bodies)
def test_unknown_fields_survive(extra):
    body = {**extra, **request({**extra, "role": "user", "content": "x"})}
    body["messages"][0].pop(HINT, None)
    before = copy.deepcopy(body)
    WIRE.replace(body, ())
    assert body == before


def test_every_text_can_be_replaced():
    body = a_request()
    parts = WIRE.messages(body)
    WIRE.replace(body, [(p, f"<{n}>") for n, p in enumerate(parts) if not p.is_key])
    seen = [p.message.text for p in WIRE.messages(body) if not p.is_key]
    assert all(text.startswith("<") for text in seen)
    arguments = body["messages"][3]["tool_calls"][0]["function"]["arguments"]
    assert list(json.loads(arguments)) == ["to", "nested", "n"]


def test_authors_are_told_by_role_and_place():
    body = request(
        {"role": "system", "content": "s", "name": "n"},
        {"role": "developer", "content": [{"type": "text", "text": "d"}]},
        {"role": "user", "content": "u"},
        {"role": "assistant", "content": "a", "tool_calls": [{"function": {"arguments": '{"x":"y"}'}}]},
        {"role": "tool", "content": "t", "of_mine": "o"},
        {"role": "function", "content": "f"},
        {"role": "alien", "content": "x"},
        tools=[{"function": {"description": "d"}}],
        functions=[{"name": "f"}],
        user="me",
    )
    assert origins(body) == {
        "/model": Origin.USER,
        "/messages/0/content": Origin.SYSTEM,
        "/messages/0/name": Origin.USER,
        "/messages/1/content/0/text": Origin.SYSTEM,
        "/messages/2/content": Origin.USER,
        "/messages/3/content": Origin.MODEL,
        "/messages/3/tool_calls/0/function/arguments#/x": Origin.MODEL,
        "/messages/4/content": Origin.TOOL,
        "/messages/4/of_mine": Origin.TOOL,
        "/messages/5/content": Origin.TOOL,
        "/messages/6/role": Origin.USER,
        "/messages/6/content": Origin.USER,
        "/tools/0/function/description": Origin.TOOL,
        "/functions/0/name": Origin.TOOL,
        "/user": Origin.USER,
    }


def test_a_hint_lowers_the_trust_and_is_not_sent():
    body = request(
        {"role": "user", "content": "quoted", "stockade": {"origin": "document"}},
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "page", "stockade": {"origin": "tool"}},
                {"type": "text", "text": "mine"},
            ],
        },
    )
    found = origins(body)
    assert found["/messages/0/content"] is Origin.DOCUMENT
    assert found["/messages/1/content/0/text"] is Origin.TOOL
    assert found["/messages/1/content/1/text"] is Origin.USER
    WIRE.replace(body, ())
    assert "stockade" not in json.dumps(body)


@pytest.mark.parametrize(
    ("role", "hint"),
    [
        ("user", {"origin": "system"}),
        ("tool", {"origin": "user"}),
        ("user", {"origin": "alien"}),
        ("user", {"origin": 5}),
        ("user", {}),
        ("user", "document"),
        ("user", None),
    ],
)
def test_a_hint_that_raises_trust_or_says_nothing_is_refused(role, hint):
    with pytest.raises(InputError) as caught:
        WIRE.messages(request({"role": role, "content": "x", "stockade": hint}))
    assert caught.value.pointer.startswith("/messages/0/stockade")
    with pytest.raises(InputError):
        WIRE.messages(request({"role": role, "content": [{"type": "text", "text": "x", "stockade": hint}]}))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (request({"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}), [
            ("/messages/0/content/0", "image")
        ]),
        (request({"role": "user", "content": [{"type": "input_audio", "input_audio": {"data": BLOB}}]}), [
            ("/messages/0/content/0", "audio")
        ]),
        (request({"role": "user", "content": [{"type": "file", "file": {"file_data": "QUJD"}}]}), [
            ("/messages/0/content/0", "file")
        ]),
        (request({"role": "user", "content": "x"}, metadata={"a": BLOB}), [("/metadata/a", "data")]),
        (request({"role": "user", "content": "x"}, of_mine=BLOB), [("/of_mine", "data")]),
        (request({"role": "user", "content": "x", "of_mine": "data:image/png;base64,QUJD"}), [
            ("/messages/0/of_mine", "data")
        ]),
        (request({"role": "user", "content": "x"}, modalities=["text", "audio"]), [("/modalities", "audio")]),
        (request({"role": "user", "content": "x"}), []),
        (request({"role": "user", "content": BLOB}), []),
        (request({"role": "user", "content": "x"}, user=BLOB), []),
    ],
)  # fmt: skip
def test_what_nobody_can_read_is_reported(body, expected):
    assert [tuple(u) for u in WIRE.uninspected(body)] == expected


def test_a_blob_where_text_belongs_is_read_as_text():
    seen = [p.message.text for p in WIRE.messages(request({"role": "user", "content": BLOB}, user=BLOB))]
    assert seen.count(BLOB) == 2


def test_an_empty_part_is_no_text():
    body = request(
        {"role": "user", "content": [{"type": "text", "text": ""}, {"type": "text", "text": None}]}
    )
    assert [p.pointer for p in WIRE.messages(body)] == ["/model"]


def test_text_beside_a_picture_is_read():
    part = {
        "type": "image_url",
        "image_url": {"url": "see jo@ab.com", "odd key!": "data:text/plain;base64,QUJD"},
    }
    found = origins(request({"role": "user", "content": [part]}))
    assert found["/messages/0/content/0/image_url/url"] is Origin.DOCUMENT
    assert found["/messages/0/content/0/image_url/odd key!#key"] is Origin.DOCUMENT
    assert "/messages/0/content/0/type" not in found


@pytest.mark.parametrize("arguments", ['{"a":"x","a":"y"}', "not json", '"text"', "{", '{"":1}{"":2}', "[1}"])
def test_arguments_that_are_no_single_document_are_one_text(arguments):
    body = request({"role": "assistant", "tool_calls": [{"function": {"arguments": arguments}}]})
    assert arguments in [p.message.text for p in WIRE.messages(body)]


def test_schema_words_are_no_texts_but_what_hides_among_them_is():
    schema = {"type": "object", "required": ["name"], "properties": {"type": {"type": "jo@ab.com"}}}
    found = origins(request({"role": "user", "content": "x"}, tools=[{"function": {"parameters": schema}}]))
    assert [p for p in found if p.startswith("/tools")] == [
        "/tools/0/function/parameters/properties/type/type"
    ]
    odd = {"required": ["jo@ab.com"], "type": ["string", "null"]}
    found = origins(request({"role": "user", "content": "x"}, tools=[{"parameters": odd}]))
    assert len([p for p in found if p.startswith("/tools")]) == 3


def test_the_wire_answers_for_its_other_half():
    assert (WIRE.name, WIRE.path, WIRE.upstream_path) == (
        "openai",
        "/v1/chat/completions",
        "/chat/completions",
    )
    answer = {"choices": [{"message": {"content": "x"}}]}
    (part,) = WIRE.answer_texts(answer)
    WIRE.replace_answer(answer, [(part, "y")])
    assert answer["choices"][0]["message"]["content"] == "y"
    assert WIRE.blocked_answer(answer)["choices"][0]["finish_reason"] == "content_filter"
    assert WIRE.error_body(WireError("no"))["error"]["message"] == "no"
    assert b"no" in WIRE.error_event(WireError("no"))
    with pytest.raises(InputError):
        WIRE.validate({})
