"""Scopes: each part narrows, and a part that cannot be judged refuses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockade.access.refusal import AccessRefusedError
from stockade.access.scope import ENTRIES_MAX, Asked, Scope, check_scope, refuse_outside
from stockade.core.errors import ConfigError

CHAT = "POST /v1/chat/completions"
MONDAY_NOON = 1_795_435_200_000  # 2026-11-23 12:00 UTC


def code_of(scope, route=CHAT, tools=(), address="", at_ms=MONDAY_NOON):
    try:
        refuse_outside(scope, Asked(route, at_ms, tools, address))
    except AccessRefusedError as refused:
        return refused.code if refused.status == 403 and refused.hint else "malformed refusal"
    return ""


@pytest.mark.parametrize(
    ("scope", "asked", "code"),
    [
        (Scope(), {}, ""),
        (Scope(routes=("/v1/chat/completions",)), {}, ""),
        (Scope(routes=("/v1/messages",)), {}, "route_not_allowed"),
        (Scope(routes=("/v1/chat/completions",)), {"route": "/v1/chat/completions/"}, "route_not_allowed"),
        (Scope(tools=("search_*", "read")), {"tools": ("search_web", "read")}, ""),
        (Scope(tools=("search_*",)), {"tools": ()}, ""),
        (Scope(tools=("search_*",)), {"tools": ("search_web", "delete")}, "tool_not_allowed"),
        (Scope(tools=("*",)), {"tools": ("x" * 201,)}, "tool_not_allowed"),
        (Scope(hours=("tue 00:00-24:00", "mon 08:00-18:00")), {}, ""),
        (Scope(hours=("tue 00:00-24:00",)), {}, "outside_hours"),
        (Scope(networks=("10.0.0.0/8",)), {"address": "10.1.2.3"}, ""),
        (Scope(networks=("10.0.0.0/8",)), {"address": "::ffff:10.1.2.3"}, ""),
        (Scope(networks=("10.0.0.0/8",)), {"address": "11.1.2.3"}, "network_not_allowed"),
        (Scope(networks=("10.0.0.0/8",)), {"address": ""}, "network_not_allowed"),
        (Scope(networks=("10.0.0.0/8",)), {"address": "10.1.2.3, 11.0.0.1"}, "network_not_allowed"),
        (Scope(networks=("10.0.0.0/8",)), {"address": "2001:db8::1"}, "network_not_allowed"),
        (Scope(networks=("2001:db8::/32", "192.0.2.7/32")), {"address": "2001:db8::1"}, ""),
    ],
)
def test_a_scope_narrows(scope, asked, code):
    assert code_of(scope, **asked) == code


@pytest.mark.parametrize(
    "scope",
    [
        Scope(routes=("v1",)), Scope(routes=("/v1/\u00e9",)), Scope(tools=("",)), Scope(tools=("x" * 201,)),
        Scope(tools=("t",) * (ENTRIES_MAX + 1)), Scope(hours=("noon",)), Scope(networks=("10.0.0.1/8",)),
        Scope(networks=("localhost",)), Scope(networks=("10.0.0.0/33",)),
    ],
)  # fmt: skip
def test_an_entry_that_could_never_match_is_refused(scope):
    with pytest.raises(ConfigError) as refused:
        check_scope(scope)
    assert refused.value.hint


ENTRIES = st.lists(st.text(max_size=9), max_size=3).map(tuple)


@given(ENTRIES, ENTRIES, ENTRIES, ENTRIES)
@settings(deadline=None)
def test_what_is_written_is_read_back(routes, tools, hours, networks):
    scope = Scope(routes, tools, hours, networks)
    assert Scope.of_dict(scope.as_dict()) == scope
    assert scope.empty is (scope == Scope())


@pytest.mark.parametrize("stored", [{"routes": None}, {"tools": "x"}, {"hours": [5]}, {"networks": {}}])
def test_what_no_release_wrote_does_not_read_as_not_narrowed(stored):
    with pytest.raises(ValueError):
        Scope.of_dict(stored)
