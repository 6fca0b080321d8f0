from __future__ import annotations

import copy
import json

import pytest

from stockade.core.errors import InputError
from stockade.wires.openai_completions import CompletionStream, OpenAICompletions

WIRE = OpenAICompletions()
RICH = {
    "model": "M0",
    "prompt": ["M1", "M2"],
    "suffix": "M3",
    "stop": ["M4"],
    "x_new": {"M5 key": "M6"},
    "stream": True,
}
ANSWER = {"id": "M0", "object": "text_completion", "model": "M1", "created": 1700000000}


def test_every_string_of_a_request_is_seen_and_can_be_replaced():
    body = copy.deepcopy(RICH)
    WIRE.validate(body)
    parts = WIRE.messages(body)
    assert {p.message.text for p in parts} == {"M0", "M1", "M2", "M3", "M4", "M5 key", "M6"}
    WIRE.replace(body, [(p, "x") for p in parts])
    assert "M" not in json.dumps(body)


def test_a_prompt_in_tokens_cannot_be_read():
    for prompt in ([1, 2], [[1], [2]], ["x", 3]):
        assert [u.kind for u in WIRE.uninspected({"model": "m", "prompt": prompt})] == ["tokens"]


@pytest.mark.parametrize(
    "body", [{}, {"model": 7}, {"model": "m", "prompt": 7}, {"model": "m", "stream": "yes"}]
)
def test_a_request_that_is_none_is_refused(body):
    with pytest.raises(InputError):
        WIRE.validate(body)


def test_token_lists_go_because_they_spell_the_answer_a_second_time():
    body = {
        **ANSWER,
        "choices": [{"text": "M2", "index": 0, "finish_reason": "stop", "logprobs": {"tokens": ["M", "2"]}}],
    }
    assert [p.message.text for p in WIRE.answer_texts(body)] == ["M0", "M1", "M2"]
    assert body["choices"][0]["logprobs"] is None


@pytest.mark.parametrize("wrong", [{}, {"choices": 7}, {"choices": ["x"]}])
def test_what_is_no_answer_is_garbage(wrong):
    with pytest.raises(InputError):
        WIRE.answer_texts(wrong)


class Held:
    """A lane that holds two characters back and stops at "!"."""

    def __init__(self):
        self.blocked, self.held = False, ""

    def feed(self, piece):
        self.held += piece
        self.blocked = self.blocked or "!" in self.held
        shown, self.held = self.held[:-2], self.held[-2:]
        return "" if self.blocked else shown

    def close(self):
        shown, self.held = self.held, ""
        return "" if self.blocked else shown


def chunk(text, finish=None, index=0):
    choice = {"index": index, "text": text, "finish_reason": finish, "logprobs": {"tokens": [text]}}
    return json.dumps({**ANSWER, "choices": [choice]}).encode()


def shown(stream, *events):
    frames = [f for e in events for f in stream.event(e)] + stream.finish()
    data = [f[6:].strip() for f in frames]
    return "".join(json.loads(d)["choices"][0]["text"] for d in data if d != b"[DONE]"), b"[DONE]" in data


def test_what_was_held_back_comes_out_with_the_end():
    stream = CompletionStream(lambda *_: Held())
    assert shown(stream, chunk("hel"), chunk("lo", "stop"), b"[DONE]") == ("hello", True)
    assert stream.finish() == []


def test_after_a_block_nothing_more_comes_out_and_there_is_no_success():
    stream = CompletionStream(lambda *_: Held())
    text, done = shown(stream, chunk("abc"), chunk("!de"), chunk("f", "stop"), b"[DONE]")
    assert (text, done, stream.blocked) == ("a", False, True)


@pytest.mark.parametrize("events", [[chunk("a")], [chunk("a", "stop")], [chunk("a"), b"[DONE]"], [b"[DONE]"]])
def test_a_stream_that_lacks_an_end_is_not_complete(events):
    assert shown(CompletionStream(lambda *_: Held()), *events)[1] is False


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"[]",
        b'{"choices": 7}',
        b'{"choices": ["x"]}',
        b'{"choices": [{"text": 7}]}',
        b'{"choices": [{"index": -1, "text": ""}]}',
    ],
)
def test_what_is_no_event_is_garbage(data):
    with pytest.raises(InputError):
        CompletionStream(lambda *_: Held()).event(data)


def test_a_choice_that_goes_on_after_its_end_is_garbage():
    stream = CompletionStream(lambda *_: Held())
    stream.event(chunk("a", "stop"))
    with pytest.raises(InputError):
        stream.event(chunk("b"))


def test_an_error_of_the_upstream_is_told_as_one():
    stream = CompletionStream(lambda *_: Held())
    (frame,) = stream.event(b'{"error": {"message": "busy"}}')
    assert json.loads(frame[6:])["error"]["message"] == "busy"
    assert stream.failed
