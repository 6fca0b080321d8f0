"""What clients get for requests that cannot be served, and that nothing of them goes through."""

from __future__ import annotations

import json
import socket
from urllib.parse import urlsplit

import pytest

from stockade.core.limits import BODY_BYTES_MAX

TALK = {"model": "m", "messages": [{"role": "user", "content": "hi"}]}


def deep(levels: int) -> bytes:
    return (
        b'{"model":"m","messages":[{"role":"user","content":"hi"}],"x":'
        + b"[" * levels
        + b"]" * levels
        + b"}"
    )


def asked(start: str) -> bytes:
    return b"{" + start.encode() + b',"messages":[{"role":"user","content":"hi"}]}'


BODIES = {
    "empty": (b"", 400, "empty_body"),
    "blank": (b"  \n", 400, "empty_body"),
    "cut short": (b'{"model": "m", "messages": [', 400, "invalid_json"),
    "not UTF-8": (b'{"model": "m", "messages": [{"role": "user", "content": "\xff\xfe"}]}', 400, "not_utf8"),
    "an array": (b"[]", 400, "not_an_object"),
    "a repeated key": (asked('"model":"a","model":"b"'), 400, "duplicate_key"),
    "an escaped repeated key": (asked('"model":"a","m\\u006fdel":"b"'), 400, "duplicate_key"),
    "too deep": (deep(100), 400, "too_deep"),
    "very deep": (deep(200_000), 400, "too_deep"),
    "NaN": (asked('"model":"m","temperature":NaN'), 400, "invalid_json"),
    "a huge integer": (asked('"model":"m","seed":1' + "0" * 40), 400, ""),
    "a lone surrogate": (b'{"model":"m","messages":[{"role":"user","content":"\\ud800"}]}', 400, ""),
    "a byte order mark": (b"\xef\xbb\xbf" + json.dumps(TALK).encode(), 400, "invalid_json"),
    "no model": (b'{"messages":[{"role":"user","content":"hi"}]}', 400, "invalid_value"),
    "a model of another type": (asked('"model":7'), 400, "invalid_type"),
    "no messages": (b'{"model":"m","messages":[]}', 400, "invalid_value"),
    "a message that is a string": (b'{"model":"m","messages":["hi"]}', 400, "invalid_type"),
    "an image": (
        b'{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x.example/a.png"}}]}]}',
        400, "uninspected_content",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", BODIES)
def test_a_body_that_cannot_be_read_is_refused_with_its_reason(gate, what):
    raw, status, code = BODIES[what]
    answer = gate.ask(raw)
    assert answer.status == status
    error = answer.json["error"]
    assert error["code"] == code or not code
    assert error["message"]
    assert gate.upstream.bodies == []


def test_a_body_over_the_bound_is_refused_before_it_is_read(gate):
    where = urlsplit(gate.address)
    with socket.create_connection((where.hostname, where.port), timeout=10) as connection:
        head = f"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {gate.key}\r\n"
        connection.sendall((head + f"content-length: {BODY_BYTES_MAX + 1}\r\n\r\n").encode())
        assert b" 413 " in connection.recv(4096).split(b"\r\n")[0] + b" "


def test_a_compressed_body_is_refused(gate):
    assert gate.ask(TALK, content_encoding="gzip").status == 415


CREDENTIALS = {
    "none": [],
    "an empty one": [("authorization", "Bearer ")],
    "another scheme": [("authorization", "Basic YTpi")],
    "a malformed one": [("authorization", "Bearer nonsense")],
    "a huge one": [("authorization", "Bearer " + "x" * 30_000)],
    "SQL": [("authorization", "Bearer ' OR 1=1 --")],
    "not ASCII": [("authorization", "Bearer \u00e9\u00df")],
}


@pytest.mark.parametrize("what", CREDENTIALS)
def test_without_a_valid_key_nothing_is_done(gate, what):
    headers = [(name, value.encode("latin-1")) for name, value in CREDENTIALS[what]]
    answer = gate.send("POST", "/v1/chat/completions", json.dumps(TALK).encode(), headers)
    assert answer.status == 401
    assert answer.json["error"]["code"] == "invalid_api_key"
    assert gate.upstream.bodies == []


def test_a_wrong_secret_of_a_known_key_is_told_like_an_unknown_key(gate):
    body = json.dumps(TALK).encode()
    wrong = gate.key[:-12] + ("a" * 12)
    answers = [
        gate.send("POST", "/v1/chat/completions", body, [("authorization", f"Bearer {key}")])
        for key in (wrong, "sk-stk-production-aaaaaaaaaa-" + "b" * 48)
    ]
    assert answers[0].status == answers[1].status == 401
    assert answers[0].json["error"]["message"] == answers[1].json["error"]["message"]


@pytest.mark.parametrize("name", ["authorization", "x-api-key", "content-type", "x-stockade-conversation"])
def test_a_deciding_header_sent_twice_is_refused(gate, name):
    headers = [(name, "a"), (name, "b")]
    if name != "authorization":
        headers.append(("authorization", f"Bearer {gate.key}"))
    answer = gate.send("POST", "/v1/chat/completions", json.dumps(TALK).encode(), headers)
    assert answer.status == 400


def test_two_credentials_are_refused_even_if_both_are_right(gate):
    headers = [("authorization", f"Bearer {gate.key}"), ("x-api-key", gate.key)]
    answer = gate.send("POST", "/v1/chat/completions", json.dumps(TALK).encode(), headers)
    assert answer.status == 400
    assert answer.json["error"]["code"] == "two_credentials"


def test_the_key_may_come_in_either_header(gate):
    for headers in ([("authorization", f"Bearer {gate.key}")], [("x-api-key", gate.key)]):
        answer = gate.send("POST", "/v1/chat/completions", json.dumps(TALK).encode(), headers)
        assert answer.status == 200


PATHS = [
    "/v1/chat/completions/", "//v1/chat/completions", "/V1/chat/completions", "/v1/chat%2fcompletions",
    "/v1//chat/completions", "/v1/./chat/completions", "/v1/x/../chat/completions", "/v1/chat/completions;x",
    "/openai/v1/chat/completions", "/v1/chat/completion%73", "/v1/audio/speech", "/", "/v1", "/admin/v1/keys",
    "/v1/chat/completions%00",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_a_path_in_another_spelling_is_refused(gate, path):
    answer = gate.ask(TALK, path=path)
    assert answer.status in {400, 404}
    assert gate.upstream.bodies == []


def test_an_absolute_target_is_the_same_path_with_the_same_authorization(gate):
    target = "http://127.0.0.1/v1/chat/completions?x=/healthz"
    assert gate.ask(TALK, path=target, key="").status == 401
    assert gate.ask(TALK, path=target).status == 200
    assert gate.ask(TALK, path="http://internal/v1/other").status == 404


def test_an_unknown_path_says_so(gate):
    answer = gate.ask(TALK, path="/v1/audio/speech")
    assert (answer.status, answer.json["error"]["code"]) == (404, "uninspected_route")


def test_host_and_forwarding_headers_change_nothing(gate):
    tricks = {
        "host": "127.0.0.1/healthz", "x_forwarded_host": "internal", "x_original_url": "/healthz",
        "x_forwarded_for": "127.0.0.1", "x_http_method_override": "GET", "x_rewrite_url": "/metrics",
    }  # fmt: skip
    assert gate.ask(TALK, key="", **tricks).status == 401
    assert gate.ask(TALK, **tricks).status == 200


def test_another_method_on_a_known_path_is_refused(gate):
    answer = gate.send("GET", "/v1/chat/completions", b"", [("authorization", f"Bearer {gate.key}")])
    assert (answer.status, answer.json["error"]["code"]) == (405, "method_not_allowed")


def test_what_is_not_understood_is_recorded_without_its_words(gate):
    canary = "canary" + "-in-a-broken-body"
    before = len(gate.record)
    gate.ask(f'{{"model": "m", "messages": [{{"role": "user", "content": "{canary}"'.encode())
    entries = gate.record[before:]
    assert [(e.kind, e.body["code"]) for e in entries] == [("refused", "invalid_json")]
    assert canary.encode() not in gate.on_disk()
