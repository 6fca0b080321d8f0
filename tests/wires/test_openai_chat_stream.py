"""A streamed chat answer: the same as the whole one, whatever it was cut into, and honest about its end."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.core.errors import InputError
from stockade.core.surrogate import Style
from stockade.wires.openai_chat_stream import ChatStream
from stockade.wires.sse import Parser, render
from tests.wires.flows import (
    MAIL,
    PSEUDONYMIZE,
    REDACT,
    SECRET,
    an_exchange,
    cuts,
    factory,
    pieces,
    values,
    whole,
)
from tests.wires.requests import string_places, with_marker

ENVELOPE = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_700_000_000, "model": "m"}


def chunk(delta, *, index=0, finish=None, **more):
    choice = {"index": index, "delta": delta, "logprobs": None, "finish_reason": finish}
    return json.dumps({**ENVELOPE, "choices": [choice], **more}, ensure_ascii=False).encode()


def run(stream, events):
    """Return the chunks a client would see, all of them parsed again, and the frames as they were."""
    frames = [frame for data in events for frame in stream.event(data)]
    frames += stream.finish()
    shown = [data for frame in frames for data in Parser().feed(frame)]
    return [data if data == b"[DONE]" else json.loads(data) for data in shown], frames


def texts(chunks, index=0, key="content"):
    return "".join(
        choice["delta"].get(key) or ""
        for c in chunks
        if isinstance(c, dict)
        for choice in c.get("choices", ())
        if choice["index"] == index
    )


def arguments(chunks, call):
    return "".join(
        t["function"].get("arguments", "")
        for c in chunks
        if isinstance(c, dict)
        for choice in c["choices"]
        for t in choice["delta"].get("tool_calls", ())
        if t["index"] == call
    )


MARKS = {style: next(iter(an_exchange(MAIL, style=style).surrogates.pairs)) for style in Style}
said = st.lists(
    st.sampled_from(
        [*MARKS.values(), MARKS[Style.TAG][:6], MAIL, "1234", "tk-", SECRET, " ", '"', "\\", "é😀", "a"]
    )
    | st.text(max_size=4),
    max_size=10,
).map("".join)


@given(said, cuts, st.sampled_from(list(Style)), st.booleans())
def test_a_streamed_text_is_the_whole_text_screened_and_restored(text, at, style, alone):
    exchange = an_exchange(MAIL, policy=(PSEUDONYMIZE, REDACT), style=style)
    meant = whole(exchange, text)
    deltas = [chunk({"content": p}) for p in (list(text) if alone else pieces(text, at))]
    stream = ChatStream(factory(exchange))
    chunks, _ = run(stream, [chunk({"role": "assistant"}), *deltas, chunk({}, finish="stop"), b"[DONE]"])
    assert texts(chunks) == meant
    assert stream.complete
    assert chunks[-1] == b"[DONE]"


@given(said, said, cuts)
def test_arguments_are_restored_and_stay_json(one, other, at):
    exchange = an_exchange(MAIL, policy=(PSEUDONYMIZE, REDACT))
    first, second = json.dumps({"to": one, "n": [other]}), json.dumps([other], ensure_ascii=False)
    events = [
        chunk({"tool_calls": [{"index": 0, "id": "c", "type": "function", "function": {"name": "send"}}]})
    ]
    for index, document in enumerate((first, second)):
        calls = ({"index": index, "function": {"arguments": piece}} for piece in pieces(document, at))
        events += [chunk({"tool_calls": [call]}) for call in calls]
    chunks, _ = run(ChatStream(factory(exchange)), [*events, chunk({}, finish="tool_calls"), b"[DONE]"])
    assert json.loads(arguments(chunks, 0)) == {"to": whole(exchange, one), "n": [whole(exchange, other)]}
    assert json.loads(arguments(chunks, 1)) == [whole(exchange, other)]
    assert chunks[-1] == b"[DONE]"


@given(st.sampled_from(["", "before ", "be fo re"]), st.sampled_from(["", " after"]), cuts)
def test_not_one_byte_of_a_blocked_span_comes_out(before, after, at):
    text = before + SECRET + after
    stream = ChatStream(factory(an_exchange()))
    events = [chunk({"content": p}) for p in pieces(text, at)]
    chunks, frames = run(stream, [*events, chunk({}, finish="stop"), b"[DONE]"])
    assert stream.blocked
    assert not stream.complete
    assert before.startswith(texts(chunks))
    assert b"[DONE]" not in b"".join(frames)
    assert stream.event(chunk({"content": "more"})) == []


@given(said, st.lists(st.integers(0, 5000), max_size=20))
def test_the_cuts_of_the_network_do_not_matter(text, at):
    events = [*(chunk({"content": c}) for c in text), chunk({}, finish="stop"), b"[DONE]"]
    raw = b"".join(render(e) for e in events)
    results = []
    for cutting in ([raw], pieces(raw, at)):
        parser, stream = Parser(), ChatStream(factory(an_exchange(MAIL, policy=(PSEUDONYMIZE, REDACT))))
        results.append(
            [f for p in cutting for d in parser.feed(p) for f in stream.event(d)] + stream.finish()
        )
    assert results[0] == results[1]


def test_an_event_that_passes_unchanged_goes_on_as_it_came():
    data = chunk({"content": "Hello there. "})
    assert ChatStream(factory(an_exchange(quick=True))).event(data) == [render(data)]


@pytest.mark.parametrize(
    "data",
    [
        b'{"choices":[{"index":0,"delta":{"content":"tk-secret","content":"hi "}}]}',
        b'{"choices":[{"index":0,"delta":{"content" :"hi "}}]}',
        b'{"id":"tk-secret","id":"x","choices":[{"index":0,"delta":{"content":"hi "}}]}',
        b'{"choices":[{"index":0,"delta":{"content":"hi ","\\u0063ontent":"hi "}}]}',
        b'{"choices":[{"index":0,\n"delta":{"content":"hi "}}]}',
        b'{"choices":[{"index":0,"logprobs":{"x":1,"x":2},"delta":{"content":"hi "}}]}',
    ],
)
def test_what_could_be_read_in_two_ways_is_written_anew(data):
    (frame,) = ChatStream(factory(an_exchange(quick=True))).event(data)
    assert b"tk-secret" not in frame
    assert frame != b"data: " + data + b"\n\n"
    assert json.loads(frame[6:])["choices"][0]["delta"] == {"content": "hi "}


FULL = {
    **ENVELOPE,
    "system_fingerprint": "text",
    "service_tier": "text",
    "of_mine": {"deep": ["text"]},
    "usage": {"note": "text", "n": 1},
    "choices": [
        {
            "index": 0,
            "finish_reason": "text",
            "content_filter_results": {"hate": {"severity": "text"}},
            "delta": {
                "role": "text",
                "content": "text",
                "refusal": "text",
                "reasoning_content": "text",
                "of_mine": "text",
                "audio": {"transcript": "text", "id": "text"},
                "annotations": [{"url": "text"}, ["text"], "text"],
                "function_call": {"name": "text", "arguments": '{"a":"text"}'},
                "tool_calls": [
                    {
                        "index": 0,
                        "id": "text",
                        "type": "text",
                        "function": {"name": "text", "arguments": '{"a":"text"}'},
                    },
                    {"index": 1, "custom": {"name": "text", "input": "text"}},
                ],
            },
        }
    ],
}


@pytest.mark.parametrize("pointer", sorted(p for p in string_places(FULL) if not p.startswith("/object")))
def test_a_secret_in_any_place_of_an_event_stops_it(pointer):
    data = json.loads(json.dumps(FULL))
    with_marker(data, pointer, SECRET)
    stream = ChatStream(factory(an_exchange()))
    assert stream.event(json.dumps(data).encode()) == []
    assert stream.blocked


@pytest.mark.parametrize(
    "path",
    [(), ("choices", 0), ("choices", 0, "delta"), ("choices", 0, "delta", "tool_calls", 0, "function")],
)
def test_a_secret_for_a_key_stops_it(path):
    data = json.loads(json.dumps(FULL))
    place = data
    for step in path:
        place = place[step]
    place[SECRET] = {"x": 1} if path else 1
    stream = ChatStream(factory(an_exchange()))
    stream.event(json.dumps(data).encode())
    stream.event(b"[DONE]")
    assert stream.blocked


@pytest.mark.parametrize("pointer", sorted(p for p in string_places(FULL) if "delta" in p))
def test_a_surrogate_in_any_place_of_a_delta_is_restored(pointer):
    data = json.loads(json.dumps(FULL))
    mark = MARKS[Style.TAG]
    with_marker(data, pointer, mark)
    chunks, _ = run(ChatStream(factory(an_exchange(MAIL))), [json.dumps(data).encode(), b"[DONE]"])
    shown = json.dumps(chunks, default=str)
    assert MAIL in shown
    assert mark not in shown


def test_what_is_held_back_comes_before_the_end_of_its_choice():
    stream = ChatStream(factory(an_exchange(MAIL)))
    mark = MARKS[Style.TAG]
    chunks, _ = run(
        stream,
        [
            chunk({"role": "assistant", "content": mark[:5]}),
            chunk({"content": mark[5:]}),
            chunk({"tool_calls": [{"index": 3, "function": {"arguments": f'"{mark}'}}]}),
            chunk({}, finish="stop", usage={"total_tokens": 3}),
            b"[DONE]",
        ],
    )
    assert texts(chunks) == MAIL
    assert arguments(chunks, 3) == f'"{MAIL}'
    finishes = [c["choices"][0]["finish_reason"] for c in chunks[:-1]]
    assert finishes.index("stop") == len(finishes) - 1
    assert chunks[0]["choices"][0]["delta"] == {"role": "assistant", "content": ""}


def test_an_event_whose_text_is_all_held_is_not_shown():
    stream = ChatStream(factory(an_exchange(MAIL)))
    assert stream.event(chunk({"content": MARKS[Style.TAG][:5]})) == []
    assert stream.event(chunk({"content": "x"}, usage={"total_tokens": 1})) != []


def test_choices_do_not_mix():
    stream = ChatStream(factory(an_exchange(MAIL)))
    mark = MARKS[Style.TAG]
    chunks, _ = run(
        stream,
        [
            chunk({"content": mark[:4]}, index=0),
            chunk({"content": "other "}, index=1),
            chunk({"content": mark[4:] + " "}, index=0),
            chunk({}, index=0, finish="stop"),
            chunk({}, index=1, finish="stop"),
            b"[DONE]",
        ],
    )
    assert (texts(chunks, 0), texts(chunks, 1)) == (MAIL + " ", "other ")


@pytest.mark.parametrize(
    "events",
    [
        [],
        [b"[DONE]"],
        [chunk({"content": "x "})],
        [chunk({"content": "x "}), b"[DONE]"],
        [chunk({"content": "x "}), chunk({}, finish="stop")],
        [chunk({}, finish="stop"), chunk({}, index=1), b"[DONE]"],
    ],
)
def test_an_answer_without_its_end_is_not_complete(events):
    stream = ChatStream(factory(an_exchange()))
    for event in events:
        stream.event(event)
    assert not stream.complete
    assert stream.finish() == []


def test_success_is_told_once():
    stream = ChatStream(factory(an_exchange()))
    stream.event(chunk({}, finish="stop"))
    assert stream.event(b"[DONE]") == []
    assert (stream.finish(), stream.finish()) == ([b"data: [DONE]\n\n"], [])
    assert stream.event(chunk({"content": "late"})) == []


def test_what_is_held_when_an_unfinished_stream_ends_is_still_shown():
    stream = ChatStream(factory(an_exchange(MAIL)))
    stream.event(chunk({"content": MARKS[Style.TAG]}))
    (frame,) = stream.event(b"[DONE]")
    assert json.loads(frame[6:])["choices"][0]["delta"] == {"content": MAIL}
    assert not stream.complete


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            {"message": "busy", "type": "server_error", "code": 503, "param": None},
            {"message": "busy", "code": 503},
        ),
        ("just words", {"message": "just words"}),
        ({"message": f"no key {SECRET} for you", "x": SECRET}, {"message": "the upstream reported an error"}),
        (7, {"message": "7"}),
        ({"message": None, "code": True}, {"message": "the upstream reported an error"}),
    ],
)
def test_an_error_of_the_upstream_is_told_as_an_error(error, told):
    stream = ChatStream(factory(an_exchange(MAIL)))
    stream.event(chunk({"content": "held " + MARKS[Style.TAG][:4]}))
    (frame,) = stream.event(json.dumps({"error": error}).encode())
    shown = json.loads(frame[6:])["error"]
    assert told.items() <= shown.items()
    assert "tk-" not in frame.decode()
    assert (stream.failed, stream.complete, stream.finish()) == (True, False, [])
    assert stream.event(chunk({"content": "x"})) == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"5",
        b"\xff",
        b'{"choices":["x"]}',
        b'{"choices":[{"index":-1,"delta":{}}]}',
        b'{"choices":[{"index":128,"delta":{}}]}',
        b'{"choices":[{"index":"0","delta":{}}]}',
        b'{"choices":[{"index":0,"delta":"x"}]}',
        b'{"choices":{"a":1}}',
        b'{"choices":5}',
        b'{"choices":"x"}',
    ],
)
def test_garbage_is_told_as_garbage(data):
    with pytest.raises(InputError) as caught:
        ChatStream(factory(an_exchange())).event(data)
    assert caught.value.code == "upstream_garbage"


@given(values, values)
def test_no_event_makes_it_fail_otherwise(one, other):
    stream = ChatStream(factory(an_exchange(MAIL)))
    for event in ({"choices": [{"index": 0, "delta": one, "x": other}]}, {"choices": one, "y": other}, one):
        with suppress(InputError):
            stream.event(json.dumps(event).encode())


def test_padding_is_passed_and_not_remembered():
    stream = ChatStream(factory(an_exchange(quick=True)))
    for n in range(3):
        data = chunk({"content": "a "}, obfuscation=f"x{n}" * 10)
        assert stream.event(data) == [render(data)]
    data = chunk({"content": "a "}, obfuscation=SECRET)
    assert stream.event(data) == []
