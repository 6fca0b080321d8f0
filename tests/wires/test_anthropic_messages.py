# ruff: noqa: E501 - a table of marks reads better in long lines
from __future__ import annotations

import copy
import json

import pytest

from stockade.core.errors import InputError
from stockade.core.message import Origin
from stockade.wires.anthropic_messages import AnthropicMessages, count_tokens

WIRE = AnthropicMessages()


def request(*blocks, role="user", **more):
    return {"model": "m", "max_tokens": 5, "messages": [{"role": role, "content": list(blocks)}], **more}


# One request with a mark in every place there is.
RICH = {
    "model": "M00",
    "system": [{"type": "text", "text": "M01", "cache_control": {"type": "ephemeral", "ttl": "M02"}}],
    "metadata": {"user_id": "M03"},
    "stop_sequences": ["M04"],
    "x_new": {"M05 key": ["M06", {"a": "M07"}]},
    "tools": [
        {"name": "M08", "description": "M09", "input_schema": {"type": "object", "properties": {"p": {"description": "M10"}}}},
        {"type": "M11", "name": "M12", "x": "M13"},
    ],
    "tool_choice": {"type": "tool", "name": "M14"},
    "messages": [
        {"role": "user", "content": "M15", "x": "M16"},
        {
            "role": "assistant",
            "content": [
                {"type": "thinking", "thinking": "M17", "signature": "M18"},
                {"type": "redacted_thinking", "data": "M19"},
                {"type": "text", "text": "M20", "citations": [{"cited_text": "M21", "title": "M22"}]},
                {"type": "tool_use", "id": "M23", "name": "M24", "input": {"a": "M25", "b": [{"c": "M26"}]}},
            ],
        },
        {
            "role": "user",
            "content": [
                {"type": "tool_result", "tool_use_id": "M27", "content": "M28", "is_error": True},
                {"type": "tool_result", "tool_use_id": "t", "content": [{"type": "text", "text": "M29"}]},
                {"type": "document", "title": "M30", "context": "M31", "source": {"type": "text", "media_type": "M32", "data": "M33"}},
                {"type": "document", "source": {"type": "content", "content": [{"type": "text", "text": "M34"}]}},
                {"type": "search_result", "source": "M35", "title": "M36", "content": [{"type": "text", "text": "M37"}]},
                {"type": "M38", "x_payload": {"y": "M39"}},
            ],
        },
    ],
}  # fmt: skip


def test_every_string_of_a_request_is_seen():
    WIRE.validate(RICH)
    seen = "\n".join(part.message.text for part in WIRE.messages(copy.deepcopy(RICH)))
    missing = [f"M{n:02d}" for n in range(40) if f"M{n:02d}" not in seen]
    assert missing == []


@pytest.mark.parametrize(
    ("mark", "origin"),
    [
        ("M01", Origin.SYSTEM), ("M15", Origin.USER), ("M16", Origin.USER), ("M09", Origin.TOOL), ("M17", Origin.MODEL),
        ("M20", Origin.MODEL), ("M25", Origin.MODEL), ("M28", Origin.TOOL), ("M29", Origin.TOOL), ("M33", Origin.DOCUMENT),
        ("M34", Origin.DOCUMENT), ("M37", Origin.DOCUMENT), ("M39", Origin.USER), ("M02", Origin.USER),
    ],
)  # fmt: skip
def test_the_author_follows_from_the_place(mark, origin):
    parts = WIRE.messages(copy.deepcopy(RICH))
    assert {part.message.origin for part in parts if part.message.text == mark} == {origin}


def test_nothing_changes_where_nothing_is_replaced():
    body = copy.deepcopy(RICH)
    WIRE.replace(body, [])
    assert body == RICH


def test_every_text_can_be_replaced_where_it_stands():
    body = copy.deepcopy(RICH)
    parts = WIRE.messages(body)
    WIRE.replace(body, [(part, "x") for part in parts])
    assert not [m for m in (f"M{n:02d}" for n in range(40)) if m in json.dumps(body)]


def test_a_hint_lowers_trust_is_not_sent_on_and_never_raises_it():
    body = request({"type": "text", "text": "page", "stockade": {"origin": "document"}})
    parts = WIRE.messages(body)
    assert [p.message.origin for p in parts if p.message.text == "page"] == [Origin.DOCUMENT]
    WIRE.replace(body, [])
    assert "stockade" not in json.dumps(body)
    with pytest.raises(InputError):
        WIRE.messages(request({"type": "text", "text": "x", "stockade": {"origin": "system"}}))


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        (
            {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "iVBORw0K"}},
            "image",
        ),
        ({"type": "image", "source": {"type": "url", "url": "https://x.example/a.png"}}, "image"),
        (
            {
                "type": "document",
                "source": {"type": "base64", "media_type": "application/pdf", "data": "JVBERi0"},
            },
            "file",
        ),
        ({"type": "document", "source": {"type": "file", "file_id": "file_1"}}, "file"),
        ({"type": "container_upload", "file_id": "file_1"}, "file"),
    ],
)
def test_what_nobody_can_read_is_reported(block, kind):
    assert [part.kind for part in WIRE.uninspected(request(block))] == [kind]


def test_sealed_thinking_is_read_and_never_reported_as_unreadable():
    body = request({"type": "redacted_thinking", "data": "A" * 6000}, role="assistant")
    assert WIRE.uninspected(body) == []
    assert any(p.message.text == "A" * 6000 for p in WIRE.messages(body))


def test_counting_tokens_takes_the_same_request_and_gives_a_number():
    wire = count_tokens()
    assert wire.path == "/v1/messages/count_tokens" == wire.upstream_path
    assert len(wire.messages(copy.deepcopy(RICH))) == len(WIRE.messages(copy.deepcopy(RICH)))
    assert wire.answer_texts({"input_tokens": 7}) == []
    assert [p.message.text for p in wire.answer_texts({"input_tokens": 7, "x": "new"})] == ["new"]
    assert wire.blocked_answer({"input_tokens": 7, "x": "new"}) == {"input_tokens": 7}
    with pytest.raises(InputError):
        wire.answer_texts({"x": 1})
