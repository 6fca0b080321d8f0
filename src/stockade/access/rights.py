"""The rights table: which class of key may call which route, and what a class starts out with.

A route without a row may be called by no key at all. It does not look at models, hours or limits.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType

from stockade.access.key import GatewayKey, KeyClass, KeyRequest
from stockade.access.limits import Limits
from stockade.core.errors import ConfigError

DAY_MS = 86_400_000


class Right(StrEnum):
    """What a route does."""

    CALL = "call"
    CHECK = "check"
    READ = "read"


# Path -> the method it is called with, and what it does.
ROUTES = MappingProxyType(
    {
        "/v1/chat/completions": ("POST", Right.CALL),
        "/v1/responses": ("POST", Right.CALL),
        "/v1/completions": ("POST", Right.CALL),
        "/v1/embeddings": ("POST", Right.CALL),
        "/v1/moderations": ("POST", Right.CALL),
        "/v1/messages": ("POST", Right.CALL),
        "/v1/messages/count_tokens": ("POST", Right.CALL),
        "/stockade/v1/screen": ("POST", Right.CHECK),
        "/stockade/v1/anonymize": ("POST", Right.CHECK),
        "/stockade/v1/restore": ("POST", Right.CHECK),
        "/v1/models": ("GET", Right.READ),
    }
)

RIGHTS = MappingProxyType(
    {
        KeyClass.PRODUCTION: frozenset({Right.CALL, Right.CHECK, Right.READ}),
        KeyClass.DEVELOPMENT: frozenset({Right.CALL, Right.CHECK, Right.READ}),
        KeyClass.READ_ONLY: frozenset({Right.READ}),
        KeyClass.SCOPED: frozenset({Right.CALL, Right.CHECK, Right.READ}),
    }
)

# What a development key gets where nothing else is asked for; more of it has to be asked for by name.
DEVELOPMENT_REQUESTS_PER_MINUTE = 60
DEVELOPMENT_LIMITS = Limits(tokens_per_minute=100_000, concurrency=4)
DEVELOPMENT_DAYS = 30
DEVELOPMENT_DAYS_MAX = 90


def right_of(route: str) -> Right | None:
    """Return what *route* (a path, or method and path) does; ``None`` where it has no row."""
    method, _, path = route.rpartition(" ")
    row = ROUTES.get(path)
    if row is None or (method and method != row[0]):
        return None
    return row[1]


def may_call(key: GatewayKey, route: str) -> bool:
    """Say whether the class of *key* may call *route*."""
    right = right_of(route)
    return right is not None and right in RIGHTS[key.key_class]


def templated(request: KeyRequest, *, now_ms: int) -> KeyRequest:
    """Return *request* with what its class demands and starts out with.

    Raises:
        ConfigError: the class demands what the request does not say.
    """
    if request.key_class in {KeyClass.SCOPED, KeyClass.DEVELOPMENT} and not request.models:
        raise ConfigError(
            f"a {request.key_class.value} key needs the models that it may call",
            hint="list them; * means all",
        )
    if request.key_class is not KeyClass.DEVELOPMENT:
        return request
    expires_at_ms = request.expires_at_ms or now_ms + DEVELOPMENT_DAYS * DAY_MS
    if expires_at_ms > now_ms + DEVELOPMENT_DAYS_MAX * DAY_MS:
        raise ConfigError(
            f"a development key lives {DEVELOPMENT_DAYS_MAX} days at the most", hint="let it expire earlier"
        )
    return replace(
        request,
        expires_at_ms=expires_at_ms,
        requests_per_minute=request.requests_per_minute or DEVELOPMENT_REQUESTS_PER_MINUTE,
        limits=request.limits.or_else(DEVELOPMENT_LIMITS),
    )
