"""Policies as they are written: one clause or several, families that exist, words that exist."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from stockade.config.rules import PolicyRules

FLAG = {"action": "flag"}


def test_one_clause_is_a_list_of_one():
    rules = PolicyRules.model_validate({"rules": {"pii.*": FLAG, "phi.*": [FLAG, FLAG]}}).rules
    assert [len(clauses) for clauses in rules.values()] == [1, 2]
    assert rules["pii.*"][0].action == "flag"


def test_a_rule_is_switched_off_without_an_action():
    assert PolicyRules.model_validate({"rules": {"pii.email": {"mode": "off"}}})


@pytest.mark.parametrize("glob", ["core.*", "*", "p?i.*", "secret.openai", "[ps]*.x", "injection.a-b"])
def test_globs_over_families_are_taken(glob):
    assert PolicyRules.model_validate({"rules": {glob: FLAG}})


@pytest.mark.parametrize(
    "rules",
    [
        {"pi.*": FLAG},
        {"email": FLAG},
        {"PII.*": FLAG},
        {"": FLAG},
        {"pii.*" * 40: FLAG},
        {"pii.*": []},
        {"pii.*": {}},
        {"pii.*": "flag"},
        {"pii.*": {"action": "blok"}},
        {"pii.*": {"action": "flag", "transform": "mask"}},
        {"pii.*": {"action": "transform", "transform": "maks"}},
        {"pii.*": {"action": "flag", "origins": ["users"]}},
        {"pii.*": {"action": "flag", "origins": []}},
        {"pii.*": {"action": "flag", "confidence_min": 1.1}},
        {"pii.*": {"action": "flag", "confidence_min": -0.1}},
        {"pii.*": {"action": "flag", "confidence_min": float("nan")}},
        {"pii.*": {"action": "flag", "mode": "on"}},
        {"pii.*": {"action": "flag", "actoin": "flag"}},
    ],
)
def test_what_means_nothing_is_refused(rules):
    with pytest.raises(ValidationError):
        PolicyRules.model_validate({"rules": rules})
