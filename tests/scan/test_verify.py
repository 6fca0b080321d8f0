from __future__ import annotations

import http.client
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from tests.scan.planted import GENERIC, PROVIDER

from stockade.core.finding import Finding, Rule
from stockade.reports import Place, Result
from stockade.scan import verify
from stockade.scan.blob import Blob
from stockade.scan.checker import Checker, Found
from stockade.scan.settings import Settings
from stockade.scan.verify import PAUSE_SECONDS, QUESTIONS, QUESTIONS_MAX, Verifier
from stockade.testing import FakeClock

LIVE = "/live"


class Provider(BaseHTTPRequestHandler):
    """Says yes to one key, no to others; remembers what it was asked."""

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        key = self.headers.get("x-api-key", "") or self.path
        status = self.server.status or (200 if key.endswith("AA") else 401)
        self.send_response(status)
        self.send_header("Location", "http://elsewhere.example/")
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_):
        pass


@pytest.fixture
def provider():
    server = HTTPServer(("127.0.0.1", 0), Provider)
    server.asked, server.status, server.body = [], 0, b"{}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def found(rule: str, value: str) -> Found:
    return Found(
        Result(Finding(Rule(f"secret.{rule}", rule), 1.0), Place("a")), f"{rule}{value}".encode(), value=value
    )


def asker(provider, hosts=None, clock=None) -> Verifier:
    hosts = [] if hosts is None else hosts
    clock = clock or FakeClock(0)

    def connect(host):
        hosts.append(host)
        return http.client.HTTPConnection("127.0.0.1", provider.server_port, timeout=5)

    return Verifier(connect, clock=lambda: clock() / 1000, sleep=lambda s: clock.advance(int(s * 1000) + 1))


def notes(verifier: Verifier, *asked: Found) -> list[str]:
    return [one.result.note for one in verifier.verified(asked)]


def test_a_live_key_and_a_revoked_one_are_told_apart(provider):
    hosts: list[str] = []
    live, dead = found("anthropic_api", PROVIDER), found("anthropic_api", PROVIDER[:-1] + "B")
    assert notes(asker(provider, hosts), live, dead) == ["still active", "no longer active"]
    assert hosts == ["api.anthropic.com"] * 2
    assert provider.asked[0][0] == "/v1/models"


def test_what_has_no_question_is_not_asked_about(provider):
    assert notes(asker(provider), found("password", GENERIC)) == [""]
    assert provider.asked == []


@pytest.mark.parametrize("status", [302, 404, 429, 500])
def test_any_other_answer_is_unknown_and_no_redirect_is_followed(provider, status):
    provider.status = status
    hosts: list[str] = []
    assert notes(asker(provider, hosts), found("groq", "k" * 20)) == ["could not be verified"]
    assert hosts == ["api.groq.com"]


def test_a_positive_status_needs_its_proof_where_there_is_one(provider):
    provider.status, provider.body = 200, b'{"ok": false}'
    assert notes(asker(provider), found("slack_bot", "x" * 20)) == ["no longer active"]
    provider.body = b'{"ok": true}'
    assert notes(asker(provider), found("slack_bot", "x" * 20)) == ["still active"]


def test_a_value_cannot_change_where_the_question_goes(provider):
    hosts: list[str] = []
    evil = ["../../x y", "a\r\nHost: evil.example", "short", "@evil.example/" + "x" * 20, "a?b=c#" + "x" * 20]
    asked = [found("telegram", value) for value in evil]
    assert notes(asker(provider, hosts), *asked) == ["could not be verified"] * len(evil)
    assert provider.asked == []


def test_the_key_may_be_in_the_path_or_a_user_name(provider):
    provider.status = 200
    notes(asker(provider), found("telegram", "123456:" + "A" * 30), found("mailgun", "key-" + "1" * 32))
    assert provider.asked[0][0] == "/bot123456:" + "A" * 30 + "/getMe"
    assert provider.asked[1][1]["Authorization"].startswith("Basic ")


def test_each_key_is_asked_about_once_and_a_host_once_a_second(provider):
    clock = FakeClock(0)
    asked = [
        found("anthropic_api", PROVIDER),
        found("anthropic_api", PROVIDER),
        found("anthropic_api", PROVIDER + "x"),
    ]
    notes(asker(provider, clock=clock), *asked)
    assert len(provider.asked) == 2
    assert clock() >= PAUSE_SECONDS * 1000


def test_a_run_has_a_bound(provider, monkeypatch):
    monkeypatch.setattr(verify, "QUESTIONS_MAX", 3)
    told = notes(asker(provider), *(found("groq", f"{n:020}") for n in range(5)))
    assert len(provider.asked) == 3
    assert told[3:] == ["could not be verified"] * 2
    assert QUESTIONS_MAX <= 100


def test_a_provider_that_does_not_answer_is_unknown(provider):
    verifier = asker(provider)
    provider.shutdown()
    provider.server_close()
    assert notes(verifier, found("groq", "k" * 20)) == ["could not be verified"]


def test_every_question_is_about_a_rule_that_exists_and_asks_over_tls():
    rules = {rule.id.partition(".")[2] for rule in Checker(Settings()).rules}
    assert set(QUESTIONS) <= rules
    connection = verify.connect("api.example.com")
    assert isinstance(connection, http.client.HTTPSConnection)
    assert (connection.host, connection._tunnel_host) == ("api.example.com", None)
    for question in QUESTIONS.values():
        assert question.path.startswith("/")
        assert "{" not in question.host


def test_no_environment_variable_puts_a_proxy_between(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:1")
    assert verify.connect("api.example.com").host == "api.example.com"


def test_a_checked_value_is_kept_only_for_verification():
    blob = Blob("a", f"key = '{PROVIDER}'".encode())
    (kept,) = Checker(Settings(keep_values=True)).check([blob]).found
    assert kept.value == PROVIDER
