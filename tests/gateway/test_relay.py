"""The order of the steps, seen from the record and the upstream; stories through a socket: tests/doors."""

from __future__ import annotations

import json

import pytest

from stockade.gateway.wiring import gateway_of
from tests.doors.gateway import CONFIG, door, installed
from tests.gateway.asgi import call

TALK = {"model": "m", "messages": [{"role": "user", "content": "hi"}]}


@pytest.fixture
def ask(services, key):
    app = gateway_of(services)

    def post(body, *headers, credential=key):
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = [("authorization", f"Bearer {credential}"), *headers]
        return call(app, "POST", "/v1/chat/completions", headers=sent, body=raw)

    return post


def test_a_refused_request_leaves_one_entry_that_says_why(ask, log):
    ask(b"{")
    ask(TALK, credential="nonsense")
    ask({**TALK, "model": 7})
    assert [(e.kind, e.body["status"], e.body["code"]) for e in log.entries] == [
        ("refused", 400, "invalid_json"),
        ("refused", 401, "invalid_api_key"),
        ("refused", 400, "invalid_type"),
    ]


def test_the_request_is_recorded_before_the_upstream_is_tried(ask, log):
    said = ask(TALK)  # nobody listens at the upstream's address
    assert said.status == 502
    assert [e.kind for e in log.entries] == ["request", "answer"]
    assert log.entries[1].body["outcome"] == "upstream_failed"


def test_a_model_without_an_upstream_is_told(tmp_path):
    with door(tmp_path, config=CONFIG.replace('"*"', '"only"')) as gate:
        answer = gate.say("hello")
        assert (answer.status, answer.json["error"]["code"]) == (404, "model_not_found")


def test_parts_nobody_can_read_go_on_only_where_the_settings_say_so(tmp_path):
    image = {"type": "image_url", "image_url": {"url": "https://x.example/a.png"}}
    message = {"role": "user", "content": [{"type": "text", "text": "look"}, image]}
    with door(tmp_path, config=CONFIG + "limits: {{uninspected: pass}}\n") as gate:
        from tests.doors.upstream import completion, whole

        gate.upstream.script = lambda _: whole(completion("seen"))
        assert gate.ask({"model": "m", "messages": [message]}).status == 200
    assert (
        installed(tmp_path, CONFIG.format(base_url="http://127.0.0.1:9")).settings.limits.uninspected
        == "block"
    )


def test_a_conversation_named_by_the_client_ties_its_surrogates_together(tmp_path):
    email = "jane.doe" + "@corp.example"
    with door(tmp_path) as gate:
        seen = []
        for name, text in (("a", "x"), ("a", "y"), ("b", "z")):
            body = {"model": "m", "messages": [{"role": "user", "content": f"{text} {email}"}]}
            gate.ask(body, x_stockade_conversation=name)
            seen.append(gate.left[2:])
        assert seen[0] == seen[1] != seen[2]
