from __future__ import annotations

import json

import pytest

from stockade.core.errors import InputError
from stockade.core.message import Origin
from stockade.wires.anthropic_answer import blocked, texts

ANSWER = {
    "id": "M00",
    "type": "message",
    "role": "assistant",
    "model": "M01",
    "content": [
        {"type": "thinking", "thinking": "M02", "signature": "sealed"},
        {"type": "text", "text": "M03", "citations": [{"cited_text": "M04"}]},
        {"type": "tool_use", "id": "M05", "name": "M06", "input": {"a": ["M07"]}},
        {"type": "M08", "x": {"y": "M09"}},
    ],
    "stop_reason": "end_turn",
    "stop_sequence": "M10",
    "usage": {"input_tokens": 3, "service_tier": "M11"},
    "x_new": "M12",
}


def test_every_text_of_an_answer_is_seen_as_the_models():
    parts = texts(ANSWER)
    seen = {p.message.text for p in parts}
    assert {f"M{n:02d}" for n in range(13)} <= seen
    assert {p.message.origin for p in parts} == {Origin.MODEL}


def test_only_thinking_stays_as_the_provider_signed_it():
    assert [p.message.text for p in texts(ANSWER) if p.intact] == ["M02"]
    assert "sealed" not in {p.message.text for p in texts(ANSWER)}


@pytest.mark.parametrize("wrong", [{}, {"content": "x"}, {"content": ["x"]}, {"content": None}])
def test_what_is_no_message_is_garbage(wrong):
    with pytest.raises(InputError) as caught:
        texts(wrong)
    assert caught.value.code == "upstream_garbage"


def test_a_blocked_answer_takes_nothing_over_but_counts():
    answer = blocked(ANSWER)
    assert answer["stop_reason"] == "refusal"
    assert answer["usage"] == {"input_tokens": 3}
    assert not [m for m in (f"M{n:02d}" for n in range(13)) if m in json.dumps(answer)]
