"""Whether a found key still works: one harmless question to its provider. Off unless asked for.

The host of each question stands in the table below, and nothing that was found can change it: no proxy, no
redirect, no address taken from the text. A host is asked at most once a second, a run asks a hundred times
at most, and no key is asked about twice. An answer that is neither yes nor no is "unknown".
"""

from __future__ import annotations

import base64
import http.client
import re
import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType

from stockade.scan.checker import Found

QUESTIONS_MAX = 100
PAUSE_SECONDS = 1.0
TIMEOUT_SECONDS = 10.0
ANSWER_BYTES_MAX = 64 * 1024
# What may stand in a header or a path without changing either.
_PLAIN = re.compile(r"[A-Za-z0-9_.:~+/=-]{8,1000}")


class State(Enum):
    """What a provider says of a key."""

    ACTIVE = "still active"
    REVOKED = "no longer active"
    UNKNOWN = "could not be verified"


@dataclass(frozen=True, slots=True)
class Question:
    """How a provider is asked about a key; ``{key}`` stands for it, ``{basic}`` for it as a user name.

    Attributes:
        host: that is asked, over TLS.
        path: of a call that only reads.
        headers: with the key in one of them, unless it is in the path.
        proof: what the body of a positive answer holds; empty if the status says it all.
    """

    host: str
    path: str
    headers: Mapping[str, str] = field(default_factory=lambda: {"Authorization": "Bearer {key}"})
    proof: bytes = b""


_OPENAI = Question("api.openai.com", "/v1/models")
_GITHUB = Question("api.github.com", "/user", {"Authorization": "token {key}"})
_SLACK = Question("slack.com", "/api/auth.test", proof=b'"ok":true')
_STRIPE = Question("api.stripe.com", "/v1/account")
# By rule, without its family.
QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        "openai_project": _OPENAI,
        "openai_project_other": _OPENAI,
        "openai_service": _OPENAI,
        "openai_admin": _OPENAI,
        "openai_user": _OPENAI,
        "openai_legacy": _OPENAI,
        "anthropic_api": Question(
            "api.anthropic.com", "/v1/models", {"x-api-key": "{key}", "anthropic-version": "2023-06-01"}
        ),
        "huggingface": Question("huggingface.co", "/api/whoami-v2"),
        "groq": Question("api.groq.com", "/openai/v1/models"),
        "mistral": Question("api.mistral.ai", "/v1/models"),
        "cohere": Question("api.cohere.com", "/v1/models"),
        "replicate": Question("api.replicate.com", "/v1/account"),
        "together": Question("api.together.xyz", "/v1/models"),
        "fireworks": Question("api.fireworks.ai", "/inference/v1/models"),
        "openrouter": Question("openrouter.ai", "/api/v1/key"),
        "xai": Question("api.x.ai", "/v1/api-key"),
        "elevenlabs": Question("api.elevenlabs.io", "/v1/user", {"xi-api-key": "{key}"}),
        "github_pat": _GITHUB,
        "github_oauth": _GITHUB,
        "github_user": _GITHUB,
        "github_fine_grained": _GITHUB,
        "gitlab_pat": Question("gitlab.com", "/api/v4/user", {"PRIVATE-TOKEN": "{key}"}),
        "figma": Question("api.figma.com", "/v1/me", {"X-Figma-Token": "{key}"}),
        "notion": Question(
            "api.notion.com",
            "/v1/users/me",
            {"Authorization": "Bearer {key}", "Notion-Version": "2022-06-28"},
        ),
        "airtable_pat": Question("api.airtable.com", "/v0/meta/whoami"),
        "postman": Question("api.getpostman.com", "/me", {"X-Api-Key": "{key}"}),
        "circleci": Question("circleci.com", "/api/v2/me", {"Circle-Token": "{key}"}),
        "slack_bot": _SLACK,
        "slack_user": _SLACK,
        "telegram": Question("api.telegram.org", "/bot{key}/getMe", {}),
        "sendgrid": Question("api.sendgrid.com", "/v3/scopes"),
        "mailgun": Question("api.mailgun.net", "/v3/domains", {"Authorization": "Basic {basic}"}),
        "stripe_secret": _STRIPE,
        "square_access": Question("connect.squareup.com", "/v2/locations"),
        "hubspot_pat": Question("api.hubapi.com", "/account-info/v3/details"),
        "digitalocean_token": Question("api.digitalocean.com", "/v2/account"),
        "cloudflare_token": Question("api.cloudflare.com", "/client/v4/user/tokens/verify"),
        "heroku_prefixed": Question(
            "api.heroku.com",
            "/account",
            {"Authorization": "Bearer {key}", "Accept": "application/vnd.heroku+json; version=3"},
        ),
        "vercel": Question("api.vercel.com", "/v2/user"),
        "netlify_prefixed": Question("api.netlify.com", "/api/v1/user"),
        "sentry_user": Question("sentry.io", "/api/0/organizations/"),
    }
)

Connect = Callable[[str], http.client.HTTPConnection]


def connect(host: str) -> http.client.HTTPConnection:
    """Return a connection to *host* and to nothing else; environment variables name no proxy for it."""
    return http.client.HTTPSConnection(host, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())


class Verifier:
    """Asks providers about keys.

    Args:
        connect: opens a connection to a host of the table.
        clock: seconds that only grow.
        sleep: waits so many seconds.
    """

    def __init__(
        self,
        connect: Connect = connect,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._connect = connect
        self._clock = clock
        self._sleep = sleep
        self._asked: dict[str, float] = {}
        self._known: dict[bytes, State] = {}

    def verified(self, found: Iterable[Found]) -> list[Found]:
        """Return *found* with a note on each key that was asked about."""
        return [self._noted(one) for one in found]

    def _noted(self, one: Found) -> Found:
        question = QUESTIONS.get(one.result.rule.id.partition(".")[2])
        if question is None or not one.value:
            return one
        state = self._known.get(one.digest)
        if state is None:
            state = self._known[one.digest] = self._state(question, one.value)
        note = ", ".join(part for part in (state.value, one.result.note) if part)
        return replace(one, result=replace(one.result, note=note))

    def _state(self, question: Question, key: str) -> State:
        if len(self._known) >= QUESTIONS_MAX or not _PLAIN.fullmatch(key):
            return State.UNKNOWN
        self._wait(question.host)
        try:
            status, body = self._ask(question, key)
        except (OSError, http.client.HTTPException):
            return State.UNKNOWN
        if status in {401, 403}:
            return State.REVOKED
        if status != http.client.OK:
            return State.UNKNOWN
        proven = question.proof in body.replace(b" ", b"")
        return State.ACTIVE if proven else State.REVOKED

    def _wait(self, host: str) -> None:
        now = self._clock()
        pause = self._asked.get(host, now - PAUSE_SECONDS) + PAUSE_SECONDS - now
        if pause > 0:
            self._sleep(pause)
        self._asked[host] = max(now, now + pause)

    def _ask(self, question: Question, key: str) -> tuple[int, bytes]:
        basic = base64.b64encode(f"api:{key}".encode()).decode()
        headers = {name: value.format(key=key, basic=basic) for name, value in question.headers.items()}
        connection = self._connect(question.host)
        try:
            path = question.path.replace("{key}", key)
            connection.request("GET", path, headers={"User-Agent": "stockade", **headers})
            answer = connection.getresponse()
            return answer.status, answer.read(ANSWER_BYTES_MAX)
        finally:
            connection.close()
