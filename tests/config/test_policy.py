"""Extending and overriding: exactly what is named changes, and the shipped policies do what they promise."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.config.policy import compile_policy, describe_policy, idle_globs, surrogate_style
from stockade.config.rules import PolicyRules
from stockade.config.settings import Settings
from stockade.core.errors import ConfigError
from stockade.core.finding import DETECTOR_FAILED, Finding, Rule
from stockade.core.message import Origin
from stockade.core.policy import Action, Mode
from stockade.core.surrogate import Style

RULES = [
    "core.odd",
    "secret.openai",
    "injection.override",
    "pii.email",
    "pii.phone",
    "phi.mrn",
    "financial.iban",
]
RULES += ["ip.source", "legal.memo", "leak.prompt", "exfil.link"]
ORIGINS = list(Origin)


def settings(**policies) -> Settings:
    rules = {name: PolicyRules.model_validate(written) for name, written in policies.items()}
    return Settings(home=Path("/nowhere"), policies=rules)


def decided(policy, rule_id, origin, confidence=1.0):
    finding = Finding(Rule(rule_id, rule_id), confidence)
    decision = policy.decide([finding], origin)
    transform = next((r.transform for r in decision.reasons), "")
    return decision.action, transform, decision.would_be


def table(policy):
    return {
        (rule, origin, confidence): decided(policy, rule, origin, confidence)
        for rule in RULES
        for origin in ORIGINS
        for confidence in (0.3, 0.6, 0.95)
    }


# --- the shipped ones ------------------------------------------------------------------------------------

T, R = Action.TRANSFORM, Action.ROUTE_LOCAL


@pytest.mark.parametrize(
    ("rule", "origin", "confidence", "action", "transform"),
    [
        *[("secret.openai", origin, 0.1, T, "redact") for origin in ORIGINS],
        *[("pii.email", origin, 0.1, T, "pseudonymize") for origin in ORIGINS],
        ("phi.mrn", Origin.USER, 0.1, T, "pseudonymize"),
        ("financial.iban", Origin.TOOL, 0.1, T, "pseudonymize"),
        ("injection.x", Origin.DOCUMENT, 0.5, T, "redact"),
        ("injection.x", Origin.TOOL, 0.9, T, "redact"),
        ("injection.x", Origin.TOOL, 0.4, Action.ALLOW, ""),
        ("injection.x", Origin.USER, 0.4, Action.ALLOW, ""),
        ("injection.x", Origin.USER, 0.5, Action.FLAG, ""),
        ("injection.x", Origin.USER, 0.9, Action.BLOCK, ""),
        ("injection.x", Origin.SYSTEM, 0.9, Action.FLAG, ""),
        ("ip.source", Origin.USER, 0.1, R, ""),
        ("legal.memo", Origin.DOCUMENT, 0.1, R, ""),
        ("core.detector-failed", Origin.USER, 1.0, Action.BLOCK, ""),
    ],
)
def test_balanced_does_what_it_promises(rule, origin, confidence, action, transform):
    assert decided(compile_policy(settings(), "balanced"), rule, origin, confidence)[:2] == (
        action,
        transform,
    )


def test_strict_never_does_less_than_balanced():
    strict, balanced = (table(compile_policy(settings(), name)) for name in ("strict", "balanced"))
    assert all(strict[key][0] >= balanced[key][0] for key in balanced)
    assert decided(compile_policy(settings(), "strict"), "injection.x", Origin.USER, 0.5)[0] is Action.BLOCK
    assert decided(compile_policy(settings(), "strict"), "secret.x", Origin.MODEL)[0] is Action.BLOCK


def test_monitor_acts_on_nothing_and_records_what_balanced_would_do():
    monitor, balanced = (table(compile_policy(settings(), name)) for name in ("monitor", "balanced"))
    for key, (action, _, would_be) in monitor.items():
        assert action is (Action.BLOCK if key[0].startswith("core.") else Action.ALLOW)
        assert would_be is balanced[key][0]


# --- names and lineage -----------------------------------------------------------------------------------


def test_without_a_word_the_default_is_balanced():
    assert compile_policy(settings()).clauses == compile_policy(settings(), "balanced").clauses
    assert compile_policy(settings()).name == "default"


def test_an_unknown_policy_is_refused_with_what_there_is():
    with pytest.raises(ConfigError) as refused:
        compile_policy(settings(mine={"extends": "strict"}), "other")
    assert refused.value.hint == "there are balanced, mine, monitor, strict"


def test_a_policy_that_extends_itself_is_refused():
    with pytest.raises(ConfigError, match="extends itself"):
        compile_policy(settings(a={"extends": "b"}, b={"extends": "a"}), "a")


def test_an_empty_policy_is_refused():
    with pytest.raises(ConfigError, match="no clause"):
        compile_policy(settings(a={"surrogates": {"style": "tag"}}), "a")


def test_letting_everything_through_is_spelled_out():
    policy = compile_policy(settings(a={"extends": "unsafe-allow-all"}), "a")
    assert policy.decide([Finding(DETECTOR_FAILED, 1.0)], Origin.USER).action is Action.ALLOW


def test_one_exception_to_letting_everything_through_counts():
    policy = compile_policy(
        settings(a={"extends": "unsafe-allow-all", "rules": {"core.*": {"action": "block"}}}), "a"
    )
    assert policy.decide([Finding(DETECTOR_FAILED, 1.0)], Origin.USER).action is Action.BLOCK
    assert decided(policy, "secret.x", Origin.USER)[0] is Action.ALLOW


@pytest.mark.parametrize("mode", ["enforce", "monitor"])
def test_a_clause_about_everything_does_not_excuse_a_failed_check(mode):
    policy = compile_policy(settings(a={"mode": mode, "rules": {"*": {"action": "flag"}}}), "a")
    assert policy.decide([Finding(DETECTOR_FAILED, 1.0)], Origin.USER).action is Action.BLOCK


# --- overriding ------------------------------------------------------------------------------------------


def test_a_narrow_rule_can_be_switched_off():
    policy = compile_policy(settings(a={"extends": "balanced", "rules": {"pii.email": {"mode": "off"}}}), "a")
    assert decided(policy, "pii.email", Origin.USER)[0] is Action.ALLOW
    assert decided(policy, "pii.phone", Origin.USER)[0] is T


def test_authors_that_are_not_named_keep_their_protection():
    written = {"extends": "balanced", "rules": {"secret.*": {"action": "block", "origins": ["tool"]}}}
    policy = compile_policy(settings(a=written), "a")
    assert decided(policy, "secret.x", Origin.TOOL)[0] is Action.BLOCK
    assert decided(policy, "secret.x", Origin.DOCUMENT)[:2] == (T, "redact")


def test_a_wide_glob_replaces_narrow_ones():
    written = {"extends": "balanced", "rules": {"*": {"action": "flag"}}}
    policy = compile_policy(settings(a=written), "a")
    assert decided(policy, "pii.email", Origin.USER)[0] is Action.FLAG


def test_a_monitored_override_replaces_the_enforced_clause():
    written = {"extends": "balanced", "rules": {"pii.email": {"action": "block", "mode": "monitor"}}}
    action, _, would_be = decided(compile_policy(settings(a=written), "a"), "pii.email", Origin.USER)
    assert (action, would_be) == (Action.ALLOW, Action.BLOCK)


GLOBS = st.sampled_from(
    ["*", "pii.*", "pii.email", "pii.p*", "secret.*", "injection.*", "core.*", "?ii.email", "legal.memo"]
)
CLAUSES = st.fixed_dictionaries(
    {"action": st.sampled_from(["allow", "flag", "block"])},
    optional={
        "mode": st.sampled_from(["enforce", "monitor", "off"]),
        "confidence_min": st.sampled_from([0.0, 0.5]),
        "origins": st.lists(st.sampled_from([o.value for o in Origin]), min_size=1, max_size=3, unique=True),
    },
)
WRITTEN = st.dictionaries(GLOBS, CLAUSES | st.lists(CLAUSES, min_size=1, max_size=2), min_size=1, max_size=3)


@given(st.sampled_from(["strict", "balanced", "monitor"]), WRITTEN)
def test_what_is_not_named_is_decided_as_before(parent, written):
    child = PolicyRules.model_validate({"extends": parent, "rules": written})
    alone = PolicyRules.model_validate({"rules": {**written, "financial.none": {"action": "flag"}}})
    config = settings(child={"extends": parent, "rules": written})
    old, new = table(compile_policy(config, parent)), table(compile_policy(config, "child"))
    own = compile_policy(Settings(home=Path("/nowhere"), policies={"own": alone}), "own")
    from fnmatch import fnmatchcase

    for (rule, origin, confidence), decision in new.items():
        said = [c for g, clauses in child.rules.items() if fnmatchcase(rule, g) for c in clauses]
        if any(origin.value in clause.origins for clause in said):
            # What is said anew is all that counts, as if nothing had been inherited.
            if not rule.startswith("core."):
                assert decision == decided(own, rule, origin, confidence)
        else:
            assert decision == old[rule, origin, confidence]


# --- default, surrogates, digest -------------------------------------------------------------------------


def test_what_no_clause_speaks_of_falls_under_the_default():
    config = settings(a={"extends": "balanced", "default": "flag"}, b={"extends": "a"})
    assert decided(compile_policy(config, "b"), "exfil.x", Origin.USER)[0] is Action.FLAG
    assert decided(compile_policy(config, "balanced"), "exfil.x", Origin.USER)[0] is Action.ALLOW


def test_a_glob_that_no_rule_answers_to_is_named():
    policy = compile_policy(settings(a={"extends": "strict", "rules": {"leak.*": {"action": "block"}}}), "a")
    assert "leak.*" in idle_globs(policy, ["pii.email", "secret.openai"])
    assert "leak.*" not in idle_globs(policy, ["leak.prompt"])
    assert not {"core.*", "secret.*"} & set(idle_globs(policy, ["pii.email", "secret.openai"]))


def test_the_style_of_surrogates_is_inherited():
    config = settings(a={"extends": "balanced", "surrogates": {"style": "realistic"}}, b={"extends": "a"})
    assert surrogate_style(config, "b") is Style.REALISTIC
    assert surrogate_style(config, "balanced") is Style.TAG


def test_the_digest_tells_policies_apart_and_not_their_names():
    config = settings(
        a={"extends": "balanced"},
        b={"extends": "balanced", "rules": {"pii.email": {"mode": "off"}}},
        c={"extends": "balanced", "surrogates": {"style": "numbered"}},
        d={"extends": "balanced", "default": "flag"},
    )
    digests = {name: compile_policy(config, name).digest for name in (*"abcd", "balanced", "strict")}
    assert digests["a"] == digests["balanced"]
    assert len(set(digests.values())) == 5
    assert all(len(digest) == 12 and int(digest, 16) >= 0 for digest in digests.values())


def test_a_policy_is_described_in_plain_values():
    written = {
        "rules": {
            "pii.*": {"action": "transform", "mode": "monitor", "origins": ["user"], "confidence_min": 0.5}
        }
    }
    described = describe_policy(compile_policy(settings(a=written), "a"))
    assert described["clauses"][0] == {
        "rules": ["pii.*"],
        "action": "transform",
        "transform": "redact",
        "origins": ["user"],
        "confidence_min": 0.5,
        "mode": Mode.MONITOR.value,
    }
    narrowed = settings(a={"extends": "balanced", "rules": {"pii.email": {"mode": "off"}}})
    clauses = describe_policy(compile_policy(narrowed, "a"))["clauses"]
    assert {
        "rules": ["pii.*"],
        "action": "transform",
        "unless": ["pii.email"],
        "transform": "pseudonymize",
    } in clauses
