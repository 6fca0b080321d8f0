from __future__ import annotations

import json

import pytest

from tests.doors.gateway import door
from tests.doors.upstream import LAST, Answer, chunk, delta, head, sse


@pytest.fixture(scope="module")
def gate(tmp_path_factory):
    with door(tmp_path_factory.mktemp("home")) as opened:
        yield opened


def events(*frames, ending="keep"):
    return Answer([head(kind="text/event-stream"), *(chunk(f) for f in frames), LAST], ending=ending)


def test_a_stream_that_the_upstream_ends_with_an_error_ends_with_that_error(gate):
    error = {"error": {"message": "overloaded", "type": "server_error", "code": "busy"}}
    gate.upstream.script = lambda _: events(sse(delta(role="assistant", content="a")), sse(error))
    answer = gate.say("hello", stream=True)
    assert not answer.done
    assert json.loads(answer.events[-1])["error"]["message"] == "overloaded"
    assert gate.record[-1].body["outcome"] == "upstream_failed"


def test_without_the_terminator_a_stream_is_not_complete(gate):
    gate.upstream.script = lambda _: events(
        sse(delta(role="assistant", content="a")), sse(delta(finish_reason="stop"))
    )
    answer = gate.say("hello", stream=True)
    assert not answer.done
    assert json.loads(answer.events[-1])["error"]["code"] == "upstream_truncated"


def test_without_a_finish_reason_a_terminator_is_not_success(gate):
    gate.upstream.script = lambda _: events(sse(delta(role="assistant", content="a"), "[DONE]"))
    answer = gate.say("hello", stream=True)
    assert not answer.done


def test_an_event_of_endless_length_is_refused(gate):
    gate.upstream.script = lambda _: events(*[b"data: " + b"x" * 100_000] * 15)
    answer = gate.say("hello", stream=True)
    assert json.loads(answer.events[-1])["error"]["code"] == "upstream_failed"


def test_what_comes_after_the_terminator_is_not_shown(gate):
    gate.upstream.script = lambda _: events(
        sse(delta(role="assistant", content="a")),
        sse(delta(finish_reason="stop"), "[DONE]", delta(content="more")),
    )
    answer = gate.say("hello", stream=True)
    assert (answer.streamed, answer.done) == ("a", True)


def test_the_head_of_a_stream_says_what_was_decided(gate):
    gate.upstream.script = lambda _: events(sse(delta(content="a"), delta(finish_reason="stop"), "[DONE]"))
    headers = gate.say("hello", stream=True).headers
    assert headers["content-type"].startswith("text/event-stream")
    assert headers["x-stockade-action"] == "allow"
    assert headers["cache-control"] == "no-store"
