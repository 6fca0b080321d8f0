# ruff: noqa: E501 - a table of marks reads better in long lines
from __future__ import annotations

import copy
import json

import pytest

from stockade.core.errors import InputError
from stockade.core.message import Origin
from stockade.wires.openai_responses import OpenAIResponses

WIRE = OpenAIResponses()
RICH = {
    "model": "M00",
    "instructions": "M01",
    "metadata": {"M02 key": "M03"},
    "prompt": {"id": "M04", "variables": {"v": "M05"}},
    "text": {
        "format": {
            "type": "json_schema",
            "name": "M06",
            "schema": {"properties": {"p": {"description": "M07"}}},
        }
    },
    "tools": [
        {"type": "function", "name": "M08", "description": "M09", "parameters": {"type": "object"}},
        {"type": "mcp", "server_label": "M10"},
    ],
    "previous_response_id": "M11",
    "x_new": ["M12"],
    "input": [
        {"role": "user", "content": "M13"},
        {"type": "message", "role": "developer", "content": [{"type": "input_text", "text": "M14"}]},
        {
            "type": "message",
            "role": "assistant",
            "content": [{"type": "output_text", "text": "M15", "annotations": [{"url": "M16"}]}],
        },
        {"type": "function_call", "call_id": "M17", "name": "M18", "arguments": '{"a": "M19", "b": ["M20"]}'},
        {"type": "function_call_output", "call_id": "c", "output": "M21"},
        {"type": "function_call_output", "call_id": "c", "output": [{"type": "input_text", "text": "M22"}]},
        {
            "type": "reasoning",
            "summary": [{"type": "summary_text", "text": "M23"}],
            "encrypted_content": "M24",
        },
        {"type": "custom_tool_call", "name": "t", "input": "M25"},
        {"type": "web_search_call", "action": {"query": "M26"}},
        {"type": "M27", "x": {"y": "M28"}},
        {"role": "user", "content": [{"type": "input_text", "text": "M29", "x": "M30"}], "x": "M31"},
        {"type": "mcp_list_tools", "tools": [{"description": "M32"}]},
    ],
}


def test_every_string_of_a_request_is_seen():
    WIRE.validate(RICH)
    seen = "\n".join(part.message.text for part in WIRE.messages(copy.deepcopy(RICH)))
    assert [m for m in (f"M{n:02d}" for n in range(33)) if m not in seen] == []


@pytest.mark.parametrize(
    ("mark", "origin"),
    [
        ("M01", Origin.SYSTEM), ("M09", Origin.TOOL), ("M13", Origin.USER), ("M14", Origin.SYSTEM), ("M15", Origin.MODEL),
        ("M19", Origin.MODEL), ("M21", Origin.TOOL), ("M22", Origin.TOOL), ("M23", Origin.MODEL), ("M28", Origin.USER),
        ("M05", Origin.USER), ("M30", Origin.USER), ("M32", Origin.TOOL),
    ],
)  # fmt: skip
def test_the_author_follows_from_the_place(mark, origin):
    parts = WIRE.messages(copy.deepcopy(RICH))
    assert {p.message.origin for p in parts if p.message.text == mark} == {origin}


def test_nothing_changes_where_nothing_is_replaced_and_everything_can_be():
    body = copy.deepcopy(RICH)
    WIRE.replace(body, [])
    assert body == RICH
    parts = WIRE.messages(body)
    WIRE.replace(body, [(p, "x") for p in parts])
    assert not [m for m in (f"M{n:02d}" for n in range(33)) if m in json.dumps(body)]
    assert json.loads(body["input"][3]["arguments"]) == {"a": "x", "b": ["x"]}


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"model": 7}, "/model"), ({"model": None}, "/model"), ({"input": 7}, "/input"), ({"stream": "yes"}, "/stream"),
        ({"tools": {}}, "/tools"), ({"background": True}, "/background"),
    ],
)  # fmt: skip
def test_a_request_that_cannot_be_served_is_refused_at_its_place(change, pointer):
    with pytest.raises(InputError) as caught:
        WIRE.validate({"model": "m", "input": "x", **change})
    assert caught.value.pointer == pointer


def test_an_item_that_is_none_is_refused():
    with pytest.raises(InputError):
        WIRE.messages({"model": "m", "input": ["x"]})


def test_a_hint_lowers_trust_and_is_not_sent_on():
    body = {
        "model": "m",
        "input": [
            {
                "role": "user",
                "content": [{"type": "input_text", "text": "page", "stockade": {"origin": "document"}}],
            }
        ],
    }
    assert [p.message.origin for p in WIRE.messages(body) if p.message.text == "page"] == [Origin.DOCUMENT]
    WIRE.replace(body, [])
    assert "stockade" not in json.dumps(body)


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ({"type": "input_image", "image_url": "data:image/png;base64,iVBORw0K"}, "image"),
        ({"type": "input_image", "file_id": "file_1"}, "image"),
        (
            {"type": "input_file", "filename": "a.pdf", "file_data": "data:application/pdf;base64,JVBERi0="},
            "file",
        ),
        ({"type": "input_audio", "data": "UklGRg=="}, "audio"),
    ],
)
def test_what_nobody_can_read_is_reported(part, kind):
    body = {"model": "m", "input": [{"role": "user", "content": [part]}]}
    assert [u.kind for u in WIRE.uninspected(body)] == [kind]


def test_every_text_of_an_answer_is_seen():
    answer = {
        "id": "M0", "object": "response", "created_at": 1700000000, "status": "completed", "model": "M1",
        "output": [
            {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "M2", "annotations": [{"url": "M3"}]}]},
            {"type": "function_call", "name": "M4", "arguments": '{"a": "M5"}'},
            {"type": "reasoning", "summary": [{"text": "M6"}], "encrypted_content": "sealed"},
        ],
        "metadata": {"k": "M7"}, "error": {"message": "M8"},
    }  # fmt: skip
    parts = WIRE.answer_texts(answer)
    assert {f"M{n}" for n in range(9)} <= {p.message.text for p in parts}
    assert "sealed" not in {p.message.text for p in parts}
    assert {p.message.origin for p in parts} == {Origin.MODEL}
    blocked = WIRE.blocked_answer(answer)
    assert blocked["incomplete_details"] == {"reason": "content_filter"}
    assert "M" not in json.dumps({k: v for k, v in blocked.items() if k != "object"})
    with pytest.raises(InputError):
        WIRE.answer_texts({"output": "x"})
