# ruff: noqa: E501 - tables read better in long lines
from __future__ import annotations

import json

import pytest

from stockade.core.errors import InputError
from stockade.wires.openai_responses_stream import ResponseStream
from tests.doors import responses as r


class Shout:
    """A lane that holds two characters back, shouts, and stops at "!"."""

    def __init__(self):
        self.blocked, self.held = False, ""

    def feed(self, piece):
        self.held += piece
        self.blocked = self.blocked or "!" in self.held
        shown, self.held = self.held[:-2], self.held[-2:]
        return "" if self.blocked else shown.replace("hello", "HELLO").upper()

    def close(self):
        shown, self.held = self.held, ""
        return "" if self.blocked else shown.upper()


class Plain:
    blocked = False

    def feed(self, piece):
        return piece

    def close(self):
        return ""


def payload(frame):
    return frame.split(b"data: ", 1)[1].rstrip(b"\n")


def through(stream, frames):
    shown = [f for frame in frames for f in stream.event(payload(frame))] + stream.finish()
    return [json.loads(payload(f)) for f in shown]


def deltas(events, kind="response.output_text.delta"):
    return "".join(e["delta"] for e in events if e["type"] == kind)


def test_what_passes_unchanged_ends_in_success():
    stream = ResponseStream(lambda *_: Plain())
    events = through(stream, r.spoken("Hi there."))
    assert deltas(events) == "Hi there."
    assert events[-1]["type"] == "response.completed"
    assert stream.complete
    assert stream.finish() == []


def test_deltas_and_what_is_told_whole_come_to_the_same():
    stream = ResponseStream(lambda *_: Shout())
    events = through(stream, r.spoken("hello"))
    assert deltas(events) == "HELLO"
    done = next(e for e in events if e["type"] == "response.output_text.done")
    assert done["text"] == "HELLO"
    assert events[-1]["response"]["output"][0]["content"][0]["text"] == "HELLO"
    kinds = [e["type"] for e in events]
    assert kinds.index("response.output_text.done") > max(
        i for i, k in enumerate(kinds) if k.endswith("text.delta")
    )


def test_arguments_stay_json_at_every_cut():
    stream = ResponseStream(lambda *_: Shout())
    events = through(stream, r.called('{"to": "a \\"b\\" c", "n": 1}'))
    assert json.loads(deltas(events, "response.function_call_arguments.delta")) == {"TO": 'A "B" C', "N": 1}
    assert json.loads(events[-1]["response"]["output"][0]["arguments"]) == {"TO": 'A "B" C', "N": 1}


def test_after_a_block_nothing_more_comes_out():
    stream = ResponseStream(lambda *_: Shout())
    events = through(stream, r.spoken("abc!def"))
    assert stream.blocked
    assert "D" not in deltas(events)
    assert "response.completed" not in [e["type"] for e in events]


@pytest.mark.parametrize("cut", range(12))
def test_a_stream_that_was_cut_is_not_complete(cut):
    frames = r.spoken("Hi.")[:-1][:cut]
    stream = ResponseStream(lambda *_: Plain())
    through(stream, frames)
    assert not stream.complete


@pytest.mark.parametrize(
    "data",
    [
        b"{", b"[]", b"{}", b'{"type":7}', b'{"type":"response.output_text.delta","delta":"x","output_index":-7}',
        b'{"type":"response.output_text.delta","delta":"x","output_index":true}',
        b'{"type":"response.audio.delta","delta":"UklGRg=="}',
    ],
)  # fmt: skip
def test_what_is_no_event_or_cannot_be_read_is_garbage(data):
    with pytest.raises(InputError):
        ResponseStream(lambda *_: Plain()).event(data)


def test_a_failure_of_the_upstream_is_told_as_one():
    stream = ResponseStream(lambda *_: Plain())
    failed = r.events(("response.failed", {"response": r.response([], "failed")}))
    assert through(stream, failed)[0]["type"] == "response.failed"
    assert stream.failed
    stream = ResponseStream(lambda *_: Plain())
    (frame,) = stream.event(b'{"type":"error","message":"busy","code":"x"}')
    assert json.loads(payload(frame)) == {"type": "error", "message": "busy", "code": "x"}


def test_a_name_that_is_no_name_of_the_protocol_is_not_repeated():
    (frame,) = ResponseStream(lambda *_: Plain()).event(b'{"type":"My Secret 123"}')
    assert not frame.startswith(b"event:")
