"""An upstream that fails in every way it can: the client is told the truth, and it is recorded."""

from __future__ import annotations

import json
import socket
import time
from urllib.parse import urlsplit

import pytest

from tests.doors.gateway import CONFIG, PROVIDER_KEY, door
from tests.doors.upstream import Answer, RecordingUpstream, completion, delta, head, sse, stream, whole

TEXT = "All is well with you."


def plain_stream(text: str) -> bytes:
    """A recorded answer without transfer coding, so that a cut at any byte is a cut of the stream."""
    events = [
        delta(role="assistant", content=""),
        *(delta(content=c) for c in text),
        delta(finish_reason="stop"),
    ]
    return head(kind="text/event-stream", length=0).replace(
        b"content-length: 0\r\n", b"connection: close\r\n"
    ) + sse(*events, "[DONE]")


def test_a_stream_cut_at_any_byte_is_never_shown_as_complete(gate):
    raw = plain_stream("Hi.")
    begin = raw.index(b"\r\n\r\n") + 4
    complete = raw.index(b"data: [DONE]") + len(b"data: [DONE]\n\n")
    for cut in range(begin, len(raw)):
        gate.upstream.script = lambda _, cut=cut: Answer([raw[:cut]], ending="close")
        answer = gate.say("hello", stream=True)
        if cut < complete:
            assert not answer.done, cut
            assert json.loads(answer.events[-1])["error"]["code"] == "upstream_truncated", cut
        assert "Hi.".startswith(answer.streamed)


def test_a_stream_reset_at_any_byte_gives_an_error_and_no_success(gate):
    raw = plain_stream("Hi.")
    for cut in range(0, len(raw) - 20, 7):
        gate.upstream.script = lambda _, cut=cut: Answer([raw[:cut]], ending="reset")
        answer = gate.say("hello", stream=True)
        assert not answer.done
        error = answer.json["error"] if answer.status != 200 else json.loads(answer.events[-1])["error"]
        assert error["code"] in {"upstream_failed", "upstream_truncated"}, cut
        assert answer.status in {200, 502}


@pytest.mark.parametrize(
    "garbage", [b"data: {not json\n\n", b"data: []\n\n", b'data: {"choices": 7}\n\n', b"\x00\xff" * 50]
)
def test_garbage_in_a_stream_ends_it_with_an_error(gate, garbage):
    good = sse(delta(role="assistant", content="ok"))
    top = head(kind="text/event-stream", length=0).replace(b"content-length: 0\r\n", b"connection: close\r\n")
    gate.upstream.script = lambda _: Answer([top + good + garbage], ending="close")
    answer = gate.say("hello", stream=True)
    assert not answer.done
    assert "error" in json.loads(answer.events[-1])


@pytest.mark.parametrize(
    ("status", "seen", "code"),
    [
        (500, 502, "upstream_failed"), (503, 502, "upstream_failed"), (401, 502, "upstream_failed"),
        (429, 429, "upstream_rate_limited"), (400, 400, "upstream_refused"), (302, 502, "upstream_failed"),
    ],
)  # fmt: skip
def test_a_refusal_of_the_upstream_is_wrapped_and_its_key_is_not_in_it(gate, status, seen, code):
    said = {"error": {"message": f"bad key {PROVIDER_KEY}", "type": "x", "code": "y"}}
    gate.upstream.script = lambda _: whole(said, status, location="http://127.0.0.1:1/elsewhere")
    answer = gate.say("hello")
    assert (answer.status, answer.json["error"]["code"]) == (seen, code)
    assert PROVIDER_KEY not in answer.raw.decode() + str(answer.headers)


def test_the_words_of_a_refusal_are_passed_on_inspected(gate):
    secret = "sk-proj-" + "Zk3vN8qT1xWb7LmR2cYd" + "T3BlbkFJ" + "Hs6pQ9uEa4gJ0fKiVo5z"
    gate.upstream.script = lambda _: whole({"error": {"message": f"too long, {secret}"}}, 400)
    answer = gate.say("hello")
    assert "too long" in answer.json["error"]["message"]
    assert secret not in answer.raw.decode()


@pytest.mark.parametrize(
    "body", [b"", b"not json", b"[]", b'{"choices": 1}', b'{"choices": [{"message": 7}]}', b"{" * 100_000]
)
def test_an_answer_that_is_none_is_a_bad_gateway(gate, body):
    gate.upstream.script = lambda _: Answer([head(length=len(body)) + body])
    answer = gate.say("hello")
    assert answer.status == 502


def test_a_compressed_bomb_is_refused_in_bounded_memory(gate):
    import gzip

    bomb = gzip.compress(b"0" * 200_000_000, 9)
    gate.upstream.script = lambda _: Answer([head(length=len(bomb), content_encoding="gzip") + bomb])
    answer = gate.say("hello")
    assert answer.status == 502


def test_an_upstream_that_is_not_there_is_a_bad_gateway(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        with door(tmp_path, config=CONFIG.replace("{base_url}", nobody)) as gate:
            answer = gate.say("hello")
            assert (answer.status, answer.json["error"]["code"]) == (502, "upstream_failed")
            assert gate.record[-1].body["outcome"] == "upstream_failed"


def test_an_upstream_that_says_nothing_is_a_timeout(tmp_path):
    slow = RecordingUpstream(script=lambda _: Answer([whole(completion("late")).pieces[0]], pause_s=5))
    config = CONFIG.replace(
        "boundary: cloud}}", "boundary: cloud, timeouts: {{answer_s: 0.3, idle_s: 0.3}}}}"
    )
    with door(tmp_path, upstream=slow, config=config) as gate:
        answer = gate.say("hello")
        assert (answer.status, answer.json["error"]["code"]) == (504, "upstream_timeout")


@pytest.mark.parametrize("streamed", [False, True])
def test_the_upstream_is_cancelled_when_the_client_leaves(gate, streamed):
    gate.upstream.gone_at.clear()
    gate.upstream.script = lambda body: (
        stream(list(TEXT) * 100, pause_s=0.02)
        if body.get("stream")
        else Answer([b"HTTP/1.1 200 X\r\n"] * 500, pause_s=0.02)
    )
    where = urlsplit(gate.address)
    body = json.dumps(
        {"model": "m", "stream": streamed, "messages": [{"role": "user", "content": "hi"}]}
    ).encode()
    connection = socket.create_connection((where.hostname, where.port), timeout=10)
    head_ = f"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {gate.key}\r\n"
    connection.sendall(head_.encode() + f"content-length: {len(body)}\r\n\r\n".encode() + body)
    until = time.monotonic() + 5
    while not gate.upstream.bodies and time.monotonic() < until:
        time.sleep(0.01)
    if streamed:
        connection.recv(100)
    left = time.monotonic()
    connection.close()
    while not gate.upstream.gone_at and time.monotonic() < left + 3:
        time.sleep(0.01)
    assert gate.upstream.gone_at
    assert gate.upstream.gone_at[0] - left < 1.0
    while gate.record[-1].kind == "request" and time.monotonic() < left + 3:
        time.sleep(0.01)
    assert gate.record[-1].body["outcome"] == "client_gone"


def test_a_client_that_does_not_read_stops_the_upstream(gate):
    import psutil

    endless = stream(["x" * 60_000] * 2_000)
    gate.upstream.script = lambda _: endless
    where = urlsplit(gate.address)
    body = json.dumps(
        {"model": "m", "stream": True, "messages": [{"role": "user", "content": "hi"}]}
    ).encode()
    connection = socket.create_connection((where.hostname, where.port), timeout=10)
    try:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        head_ = f"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {gate.key}\r\n"
        before = psutil.Process().memory_info().rss
        gate.upstream.written = 0
        connection.sendall(head_.encode() + f"content-length: {len(body)}\r\n\r\n".encode() + body)
        seen = -1
        until = time.monotonic() + 20
        while gate.upstream.written != seen and time.monotonic() < until:
            seen = gate.upstream.written
            time.sleep(0.7)
        assert gate.upstream.written < 30_000_000  # of 120 MB: it was stopped
        assert psutil.Process().memory_info().rss - before < 30_000_000
    finally:
        connection.close()
