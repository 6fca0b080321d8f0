"""The rights table, cell by cell, and what the classes start out with."""

from __future__ import annotations

import pytest

from stockade.access.key import GatewayKey, KeyClass, KeyRequest
from stockade.access.limits import Limits
from stockade.access.rights import (
    DAY_MS,
    DEVELOPMENT_DAYS,
    DEVELOPMENT_LIMITS,
    DEVELOPMENT_REQUESTS_PER_MINUTE,
    RIGHTS,
    ROUTES,
    may_call,
    right_of,
    templated,
)
from stockade.core.errors import ConfigError

NOW = 1_800_000_000_000
READ = {"GET /v1/models"}
ALL = {
    "POST /v1/chat/completions", "POST /v1/responses", "POST /v1/completions", "POST /v1/embeddings",
    "POST /v1/moderations",
    "POST /v1/messages", "POST /v1/messages/count_tokens", "POST /stockade/v1/screen",
    "POST /stockade/v1/anonymize", "POST /stockade/v1/restore", *READ,
}  # fmt: skip
# Written out here a second time: whoever changes the table changes the promise.
TABLE = {
    KeyClass.PRODUCTION: ALL,
    KeyClass.DEVELOPMENT: ALL,
    KeyClass.READ_ONLY: READ,
    KeyClass.SCOPED: ALL,
}


@pytest.mark.parametrize("key_class", KeyClass)
def test_every_cell_of_the_table_is_as_promised(key_class):
    key = GatewayKey("abcdefghij", key_class)
    routes = {f"{method} {path}" for path, (method, _) in ROUTES.items()}
    assert {route for route in routes if may_call(key, route)} == TABLE[key_class]
    assert routes == ALL
    assert set(RIGHTS) == set(KeyClass)


@pytest.mark.parametrize(
    "route",
    ["", "/", "POST", "/v1", "GET /v1/chat/completions", "POST /v1/models", "/v1/models/", "/V1/models",
     "/admin/v1/keys", "POST /v1/chat/completions/x", "POST  /v1/models", "/v1//models", "/metrics"],
)  # fmt: skip
def test_a_route_without_a_row_may_be_called_by_no_key(route):
    assert right_of(route) is None
    assert not any(may_call(GatewayKey("abcdefghij", key_class), route) for key_class in KeyClass)


def test_a_route_may_be_named_without_its_method():
    assert all(right_of(path) is right for path, (_, right) in ROUTES.items())


def test_every_wire_has_its_row():
    from stockade.wires import WIRES

    assert set(WIRES) <= set(ROUTES)


def test_a_development_key_has_models_low_limits_and_an_end():
    request = templated(KeyRequest(KeyClass.DEVELOPMENT, models=("gpt-*",)), now_ms=NOW)
    assert request.expires_at_ms == NOW + DEVELOPMENT_DAYS * DAY_MS
    assert (request.requests_per_minute, request.limits) == (
        DEVELOPMENT_REQUESTS_PER_MINUTE,
        DEVELOPMENT_LIMITS,
    )


def test_what_was_asked_for_stays():
    wish = KeyRequest(
        KeyClass.DEVELOPMENT, models=("a",), expires_at_ms=NOW + DAY_MS, requests_per_minute=7,
        limits=Limits(concurrency=1),
    )  # fmt: skip
    request = templated(wish, now_ms=NOW)
    assert (request.expires_at_ms, request.requests_per_minute) == (NOW + DAY_MS, 7)
    assert request.limits == Limits(DEVELOPMENT_LIMITS.tokens_per_minute, 1)


@pytest.mark.parametrize(
    "wish",
    [
        KeyRequest(KeyClass.DEVELOPMENT),
        KeyRequest(KeyClass.SCOPED),
        KeyRequest(KeyClass.DEVELOPMENT, models=("*",), expires_at_ms=NOW + 91 * DAY_MS),
    ],
)
def test_a_class_refuses_what_it_does_not_allow(wish):
    with pytest.raises(ConfigError) as refused:
        templated(wish, now_ms=NOW)
    assert refused.value.hint


@pytest.mark.parametrize("key_class", [KeyClass.PRODUCTION, KeyClass.READ_ONLY])
def test_other_classes_are_as_they_were_asked_for(key_class):
    assert templated(KeyRequest(key_class), now_ms=NOW) == KeyRequest(key_class)
