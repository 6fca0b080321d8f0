from __future__ import annotations

import json

import pytest

from stockade.core.errors import InputError
from stockade.wires.anthropic_stream import MessagesStream
from tests.doors import messages as m


class Upper:
    """A lane that holds two characters back, shouts, and stops at "!"."""

    def __init__(self, kind):
        self.kind, self.blocked, self.held = kind, False, ""

    def feed(self, piece):
        self.held += piece
        if "!" in self.held:
            self.blocked = True
            return ""
        shown, self.held = self.held[:-2], self.held[-2:]
        return shown if self.kind == "intact" else shown.upper()

    def close(self):
        shown, self.held = self.held, ""
        return shown if self.kind == "intact" else shown.upper()


class Plain:
    blocked = False

    def feed(self, piece):
        return piece

    def close(self):
        return ""


def payloads(*frames: bytes) -> list[bytes]:
    return [f.split(b"data: ", 1)[1].rstrip(b"\n") for raw in frames for f in raw.split(b"\n\n") if f]


def through(stream, *frames):
    shown = []
    for data in payloads(*frames):
        shown += stream.event(data)
    return [json.loads(d) for d in payloads(*shown, *stream.finish())]


def test_what_passes_unchanged_goes_on_with_its_name_and_ends_in_success():
    stream = MessagesStream(lambda *_: Plain())
    events = through(stream, m.begin(), m.event("ping"), *m.text_block("Hi."), m.end())
    assert [e["type"] for e in events][-2:] == ["message_delta", "message_stop"]
    assert "".join(e["delta"]["text"] for e in events if e["type"] == "content_block_delta") == "Hi."
    assert stream.complete


def test_what_is_held_back_comes_out_before_its_block_ends():
    stream = MessagesStream(lambda kind, _: Upper(kind))
    events = through(stream, m.begin(), *m.text_block("hello"), m.end())
    kinds = [e["type"] for e in events]
    assert "".join(e["delta"]["text"] for e in events if e["type"] == "content_block_delta") == "HELLO"
    assert kinds.index("content_block_stop") > max(
        i for i, k in enumerate(kinds) if k == "content_block_delta"
    )


def test_thinking_goes_through_a_lane_that_turns_nothing_back():
    asked = []
    stream = MessagesStream(lambda kind, pointer: asked.append((kind, pointer)) or Plain())
    deltas = [{"type": "thinking_delta", "thinking": "hm"}, {"type": "signature_delta", "signature": "c2ln"}]
    events = through(stream, m.begin(), *m.block(0, {"type": "thinking", "thinking": ""}, deltas), m.end())
    assert ("intact", "/content/0/thinking") in asked
    assert [e["delta"] for e in events if e["type"] == "content_block_delta"] == deltas


def test_after_a_block_nothing_more_comes_out():
    stream = MessagesStream(lambda kind, _: Upper(kind))
    events = through(stream, m.begin(), *m.text_block("ab!cd"), m.end())
    assert stream.blocked
    assert not stream.complete
    assert "message_stop" not in [e["type"] for e in events]
    assert "C" not in json.dumps([e for e in events if e["type"] == "content_block_delta"])


@pytest.mark.parametrize(
    "data",
    [
        b"{", b"[]", b"{}", b'{"type":7}', b'{"type":"content_block_delta","index":0}',
        b'{"type":"content_block_delta","index":9,"delta":{"type":"text_delta","text":"x"}}',
        b'{"type":"content_block_start","index":-1,"content_block":{}}',
        b'{"type":"content_block_start","index":true,"content_block":{}}',
        b'{"type":"content_block_start","index":0,"content_block":7}',
        b'{"type":"content_block_stop","index":3}',
    ],
)  # fmt: skip
def test_what_is_no_event_of_this_wire_is_garbage(data):
    with pytest.raises(InputError) as caught:
        MessagesStream(lambda *_: Plain()).event(data)
    assert caught.value.code == "upstream_garbage"


def test_a_delta_whose_text_is_no_text_is_garbage():
    stream = MessagesStream(lambda *_: Plain())
    with pytest.raises(InputError):
        through(
            stream, m.begin(), *m.block(0, {"type": "text", "text": ""}, [{"type": "text_delta", "text": 7}])
        )


@pytest.mark.parametrize("left_out", ["begin", "stop", "block"])
def test_a_stream_that_lacks_its_beginning_or_an_end_is_not_complete(left_out):
    stream = MessagesStream(lambda *_: Plain())
    text = m.text_block("Hi.")
    frames = [
        *([] if left_out == "begin" else [m.begin()]),
        *(text[:-1] if left_out == "block" else text),
        m.end().split(b"event: message_stop")[0] if left_out == "stop" else m.end(),
    ]
    events = through(stream, *frames)
    assert not stream.complete
    assert "message_stop" not in [e["type"] for e in events]


def test_an_error_of_the_upstream_is_told_as_one():
    stream = MessagesStream(lambda *_: Plain())
    events = through(
        stream, m.begin(), m.event("error", error={"type": "overloaded_error", "message": "Overloaded"})
    )
    assert stream.failed
    assert events[-1] == {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}


def test_success_is_told_once():
    stream = MessagesStream(lambda *_: Plain())
    through(stream, m.begin(), *m.text_block("x"), m.end())
    assert stream.finish() == []


def test_a_name_that_is_no_word_of_the_protocol_is_not_repeated():
    stream = MessagesStream(lambda *_: Plain())
    (frame,) = stream.event(b'{"type":"my secret name"}')
    assert not frame.startswith(b"event:")
