"""Decisions: the strictest clause wins, whatever the order; monitored clauses never act."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.core.errors import ConfigError
from stockade.core.finding import DETECTOR_FAILED, Finding, Span
from stockade.core.message import Origin
from stockade.core.policy import Action, Clause, Decision, Mode, Policy
from tests.core.sketch import MAIL, TOKEN

FOUND = (Finding(MAIL, 0.8, Span(0, 3)), Finding(TOKEN, 0.4, Span(4, 9)))

clauses = st.lists(
    st.builds(
        Clause,
        st.sampled_from([("pii.*",), ("*",), ("secret.token",), ("phi.*",)]),
        st.sampled_from(list(Action)),
        st.sampled_from(["redact", "mask", "pseudonymize", "delimit"]),
        st.sampled_from([frozenset(Origin), frozenset({Origin.USER}), frozenset({Origin.TOOL})]),
        st.sampled_from([0.0, 0.5, 0.9]),
        st.sampled_from(list(Mode)),
    ),
    min_size=1,
    max_size=6,
)


def test_an_empty_policy_is_refused() -> None:
    with pytest.raises(ConfigError, match="no clause"):
        Policy("empty", ())


def test_letting_everything_through_has_an_unsafe_name() -> None:
    failed = Finding(DETECTOR_FAILED, 1.0)
    assert Policy.unsafe_allow_all().decide((*FOUND, failed), Origin.USER).action is Action.ALLOW


@given(clauses.flatmap(lambda c: st.tuples(st.just(c), st.permutations(c))))
def test_the_order_of_clauses_does_not_matter(pair: tuple[list[Clause], list[Clause]]) -> None:
    one, other = (Policy("p", tuple(c)).decide(FOUND, Origin.USER) for c in pair)
    assert one.action is other.action
    assert [(r.action, r.transform, r.mode) for r in one.reasons] == [
        (r.action, r.transform, r.mode) for r in other.reasons
    ]


@given(clauses, clauses)
def test_adding_clauses_only_tightens(some: list[Clause], more: list[Clause]) -> None:
    before = Policy("p", tuple(some)).decide(FOUND, Origin.USER).action
    after = Policy("p", (*some, *more)).decide(FOUND, Origin.USER).action
    assert after >= before


def test_a_monitored_clause_keeps_the_true_verdict_and_does_not_act() -> None:
    policy = Policy("p", (Clause(("secret.*",), Action.BLOCK, mode=Mode.MONITOR),))
    decision = policy.decide(FOUND, Origin.USER)
    assert decision.action is Action.ALLOW
    assert decision.would_be is Action.BLOCK


def test_a_failed_check_blocks_unless_a_clause_names_it() -> None:
    policy = Policy("p", (Clause(("pii.*",), Action.FLAG),))
    assert policy.decide([Finding(DETECTOR_FAILED, 1.0)], Origin.USER).action is Action.BLOCK


def test_a_default_speaks_for_what_no_clause_names() -> None:
    policy = Policy("p", (Clause(("phi.*",), Action.BLOCK),), default=Action.FLAG)
    assert policy.decide(FOUND, Origin.USER).action is Action.FLAG
    assert Policy("p", policy.clauses).decide(FOUND, Origin.USER) == Decision()
    assert Decision().would_be is Action.ALLOW


def test_a_clause_may_leave_rules_out() -> None:
    clause = Clause(("*",), Action.BLOCK, unless=("secret.*",))
    reasons = Policy("p", (clause,)).decide(FOUND, Origin.USER).reasons
    assert [r.finding.rule for r in reasons] == [MAIL]
    assert clause.matches(FOUND[0], Origin.TOOL)
    assert not clause.matches(FOUND[1], Origin.TOOL)


def test_a_clause_that_rests_does_nothing() -> None:
    assert (
        Policy("p", (Clause(("*",), Action.BLOCK, mode=Mode.OFF),)).decide(FOUND, Origin.USER) == Decision()
    )


def test_what_a_monitored_clause_would_do_is_kept_beside_what_is_done() -> None:
    allow, watch = Clause(("*",), Action.ALLOW), Clause(("*",), Action.BLOCK, mode=Mode.MONITOR)
    decision = Policy("p", (allow, watch)).decide(FOUND, Origin.USER)
    assert (decision.action, decision.would_be) == (Action.ALLOW, Action.BLOCK)
    flag = Clause(("*",), Action.FLAG)
    decision = Policy("p", (flag, watch)).decide(FOUND, Origin.USER)
    assert (decision.action, decision.would_be) == (Action.FLAG, Action.BLOCK)
    assert [r.mode for r in decision.reasons] == [Mode.ENFORCE, Mode.MONITOR] * 2
    weaker = Clause(("*",), Action.FLAG, mode=Mode.MONITOR)
    decision = Policy("p", (flag, weaker)).decide(FOUND, Origin.USER)
    assert [r.mode for r in decision.reasons] == [Mode.ENFORCE] * 2


def test_an_unknown_transform_is_the_strictest() -> None:
    some = [Clause(("*",), Action.TRANSFORM, name) for name in ("delimit", "redact", "of_mine")]
    assert {r.transform for r in Policy("p", tuple(some)).decide(FOUND, Origin.USER).reasons} == {"of_mine"}


def test_an_action_is_written_as_its_word() -> None:
    assert [a.word for a in Action] == ["allow", "flag", "transform", "route_local", "block"]


def test_confidence_below_the_bound_does_not_match() -> None:
    policy = Policy("p", (Clause(("secret.*",), Action.BLOCK, confidence_min=0.5),))
    assert policy.decide(FOUND, Origin.USER).action is Action.ALLOW
