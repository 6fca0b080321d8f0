from __future__ import annotations

import pytest

from stockade.gateway.connection import Head
from stockade.gateway.whole import is_stream
from tests.doors.gateway import door
from tests.doors.upstream import completion, whole


@pytest.mark.parametrize(
    ("status", "kind", "streamed"),
    [
        (200, "text/event-stream", True),
        (200, "Text/Event-Stream; charset=utf-8", True),
        (200, "application/json", False),
        (500, "text/event-stream", False),
        (200, "", False),
    ],
)
def test_a_stream_is_what_the_upstream_calls_one(status, kind, streamed):
    assert is_stream(Head(status, {"content-type": kind})) is streamed


def test_unknown_fields_of_an_answer_survive(tmp_path):
    with door(tmp_path) as gate:
        gate.upstream.script = lambda _: whole({**completion("ok"), "x_new": {"a": [1, "two"]}})
        assert gate.say("hello").json["x_new"] == {"a": [1, "two"]}


def test_a_whole_answer_to_a_request_for_a_stream_is_shown_as_it_came(tmp_path):
    with door(tmp_path) as gate:
        gate.upstream.script = lambda _: whole(completion("ok"))
        answer = gate.say("hello", stream=True)
        assert answer.headers["content-type"] == "application/json"
        assert answer.text == "ok"


def test_a_refusal_with_more_words_than_are_read_keeps_its_status_and_how_long_to_wait(tmp_path):
    with door(tmp_path) as gate:
        for status, told in ((429, 429), (400, 400), (500, 502)):
            gate.upstream.script = lambda _, status=status: whole(
                {"error": {"message": "x" * 100_000}}, status, retry_after="7"
            )
            answer = gate.say("hello")
            assert answer.status == told
            assert status != 429 or answer.headers["retry-after"] == "7"


def test_how_long_to_wait_is_passed_on_only_as_a_number(tmp_path):
    with door(tmp_path) as gate:
        for said, told in (("7", "7"), ("soon", "10"), ("99999999", "10")):
            gate.upstream.script = lambda _, said=said: whole(
                {"error": {"message": "slow down"}}, 429, retry_after=said
            )
            assert gate.say("hello").headers["retry-after"] == told
