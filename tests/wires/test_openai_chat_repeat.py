"""Events that repeat the last one but for a text: read from the bytes, with what parsing would give."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.wires.openai_chat_repeat import growing_key, repeat_of
from stockade.wires.openai_chat_stream import ChatStream
from tests.wires.flows import BLOCK, MAIL, PSEUDONYMIZE, REDACT, SECRET, Plain, an_exchange, factory

ENVELOPE = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_700_000_000, "model": "m"}
MARK = next(iter(an_exchange(MAIL).surrogates.pairs))


def chunk(delta, *, choice=(), **more):
    body = {**ENVELOPE, "choices": [{"index": 0, "delta": delta, **dict(choice)}], **more}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def parsed(text):
    return json.loads(chunk({"content": text}))


FRAME = chunk({"content": "first"})
REPEAT = repeat_of(FRAME, "content", Plain([]))
PADDED = repeat_of(chunk({"content": "first"}, obfuscation="xY1"), "content", Plain([]))


@given(st.text(max_size=12))
def test_a_text_is_read_from_the_bytes_or_not_at_all(text):
    for ascii_only in (False, True):
        data = json.dumps(parsed(text), ensure_ascii=ascii_only, separators=(",", ":")).encode()
        assert REPEAT.piece(data) in {None, text}
    plain = text and not set(text) & set('"\\') and min(text) >= " "
    assert (REPEAT.piece(chunk({"content": text})) is not None) == bool(plain)


@given(st.text("abé€😀", min_size=1, max_size=5), st.text(max_size=8))
def test_a_changed_text_is_written_into_the_same_frame(text, shown):
    data = chunk({"content": text}, obfuscation="pad")
    assert json.loads(PADDED.render(data, text, shown)) == {**parsed(shown), "obfuscation": "pad"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        FRAME[:-1],
        FRAME + b" ",
        FRAME.replace(b"first", b""),
        FRAME.replace(b"first", b'a","content":"b'),
        FRAME.replace(b"first", b"a\\n"),
        FRAME.replace(b"first", b"a\nb"),
        FRAME.replace(b"first", b"\xff"),
        FRAME.replace(b"chatcmpl-1", b"chatcmpl-2"),
        FRAME.replace(b'"index":0', b'"index":1'),
        chunk({"content": "first"}, usage={"total_tokens": 1}),
    ],
)
def test_another_event_is_no_repetition(data):
    assert REPEAT.piece(data) is None


@pytest.mark.parametrize(
    ("padding", "found"),
    [
        (b"", False),
        (b"Z", True),
        (b"a1" * 32, True),
        (b"a" * 65, False),
        (b"a b", False),
        (b'a","x":"b', False),
    ],
)
def test_padding_is_letters_and_digits_only(padding, found):
    data = chunk({"content": "text"}, obfuscation="@@").replace(b"@@", padding)
    assert (PADDED.piece(data) == "text") == found


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ({"choices": [{"delta": {"content": "x"}}]}, "content"),
        ({"choices": [{"index": 3, "delta": {"role": None, "reasoning_content": "x"}, "x": None}]},
         "reasoning_content"),
        ({"choices": [{"delta": {"content": ""}}]}, ""),
        ({"choices": [{"delta": {"content": ["x"]}}]}, ""),
        ({"choices": [{"delta": {"content": "x", "role": "assistant"}}]}, ""),
        ({"choices": [{"delta": {"refusal": "x"}}]}, ""),
        ({"choices": [{"delta": {"content": "x"}, "finish_reason": "stop"}]}, ""),
        ({"choices": [{"delta": {"content": "x"}}], "usage": {"n": 1}}, ""),
        ({"choices": [{"delta": {"content": "x"}}, {"delta": {}}]}, ""),
        ({"choices": [{"delta": "x"}]}, ""),
        ({"choices": ["x"]}, ""),
        ({"choices": "x"}, ""),
        ({}, ""),
    ],
)  # fmt: skip
def test_a_text_that_is_not_alone_in_its_event_is_not_repeated(body, key):
    assert growing_key(body) == key


@pytest.mark.parametrize(
    "data",
    [
        b'{"choices":[{"delta":{"content" :"x"}}]}',
        b'{"choices":[{"delta":{"content":"x"}}],"content":"y"}',
        b'{"choices":[{"delta":{"content":"a\\n"}}]}',
        chunk({"content": "x"}, obfuscation="no padding"),
        chunk({"content": "x"}, obfuscation="a", obfuscations={"obfuscation": "b"}),
    ],
)
def test_a_frame_that_is_in_doubt_is_none(data):
    assert repeat_of(data, "content", Plain([])) is None


pieces = st.lists(
    st.sampled_from([MARK, MARK[:4], MARK[4:], MAIL, "tk-", SECRET[3:], " ", '"', "\\", "é", "a", "1234"]),
    min_size=1,
    max_size=12,
)


@given(pieces, st.booleans(), st.booleans())
def test_repeated_events_become_what_parsed_events_become(texts, padded, blocking):
    policy = (PSEUDONYMIZE, BLOCK if blocking else REDACT)
    shown = []
    for fast in (True, False):
        stream = ChatStream(factory(an_exchange(MAIL, policy=policy, quick=True)))
        out = ""
        for number, text in enumerate(texts):
            more = {"obfuscation": "p" * (number % 9 + 1)} if padded else {}
            for frame in stream.event(chunk({"content": text}, **more)):
                out += json.loads(frame[6:])["choices"][0]["delta"]["content"]
            if not fast:
                stream._repeat = None
        for frame in stream.event(chunk({}, choice={"finish_reason": "stop"})):
            out += json.loads(frame[6:])["choices"][0]["delta"].get("content", "")
        shown.append((out, stream.blocked))
    assert shown[0] == shown[1]


def test_a_text_that_goes_on_after_its_end_is_no_repetition():
    stream = ChatStream(factory(an_exchange(quick=True)))
    for text in ("one ", "two ", "three "):
        assert stream.event(chunk({"content": text}))
    stream.event(chunk({}, choice={"finish_reason": "stop"}))
    with pytest.raises(Exception, match="shape of its wire"):
        stream.event(chunk({"content": "four "}))


def test_a_secret_in_a_repetition_stops_the_stream():
    stream = ChatStream(factory(an_exchange(quick=True)))
    for text in ("one ", "two "):
        assert stream.event(chunk({"content": text}))
    assert stream.event(chunk({"content": f"say {SECRET} "})) == []
    assert stream.blocked


def test_two_choices_in_turn_are_told_apart():
    stream = ChatStream(factory(an_exchange(quick=True)))
    for number in range(6):
        data = FRAME.replace(b'"index":0', b'"index":%d' % (number % 2)).replace(b"first", b"word ")
        assert stream.event(data) == [b"data: " + data + b"\n\n"]
    assert sorted(stream._choices) == [0, 1]
