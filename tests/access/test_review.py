"""Which keys are worth a word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockade.access.key import GatewayKey, KeyClass, KeyState
from stockade.access.limits import Limits
from stockade.access.review import RULES, Ages, review
from stockade.access.rights import DAY_MS
from stockade.access.scope import Scope

NOW = 1_800_000_000_000
FINE = GatewayKey(
    "abcdefghij", KeyClass.PRODUCTION, created_at_ms=NOW - 30 * DAY_MS, last_used_at_ms=NOW - DAY_MS,
    owner="ml", limits=Limits(concurrency=5),
)  # fmt: skip


def rules_of(key, **ages):
    return {finding.rule.id for finding in review([key], now_ms=NOW, ages=Ages(**ages))}


def test_a_key_in_order_is_worth_no_word():
    assert review([FINE], now_ms=NOW) == ()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"last_used_at_ms": NOW - 90 * DAY_MS, "created_at_ms": NOW - 100 * DAY_MS}, "access.stale-key"),
        ({"last_used_at_ms": 0}, "access.unused-key"),
        ({"created_at_ms": NOW - 365 * DAY_MS}, "access.over-age-key"),
        ({"expires_at_ms": NOW + 6 * DAY_MS}, "access.ending-key"),
        ({"owner": ""}, "access.ownerless-key"),
        ({"limits": Limits()}, "access.unbounded-key"),
        ({"key_class": KeyClass.SCOPED, "models": ("*",)}, "access.wide-key"),
    ],
)
def test_each_fault_is_found_by_its_rule_and_no_other(change, rule):
    assert rules_of(replace(FINE, **change)) == {rule}


@pytest.mark.parametrize(
    "change",
    [
        {"last_used_at_ms": NOW - 90 * DAY_MS + 1, "created_at_ms": NOW - 100 * DAY_MS},
        {"last_used_at_ms": 0, "created_at_ms": NOW - 14 * DAY_MS + 1},
        {"expires_at_ms": NOW + 6 * DAY_MS, "replaced_by": "other"},
        {"limits": Limits(), "requests_per_minute": 60},
        {"limits": Limits(), "expires_at_ms": NOW + 30 * DAY_MS},
        {"limits": Limits(), "key_class": KeyClass.READ_ONLY},
        {"key_class": KeyClass.SCOPED, "models": ("*",), "scope": Scope(routes=("/v1/messages",))},
    ],
)
def test_what_is_not_a_fault_is_not_found(change):
    assert rules_of(replace(FINE, **change)) == set()


def test_keys_that_have_ended_are_nobodys_problem():
    for change in ({"state": KeyState.REVOKED}, {"expires_at_ms": NOW}):
        assert rules_of(replace(FINE, owner="", created_at_ms=1, **change)) == set()


def test_the_ages_can_be_chosen_and_the_subject_is_the_key():
    (finding,) = review([FINE], now_ms=NOW, ages=Ages(stale=1))
    assert (finding.rule.id, finding.subject) == ("access.stale-key", FINE.id)
    assert len({rule.id for rule in RULES}) == len(RULES)
