from __future__ import annotations

import pytest

from stockade.detectors.injection.rules import injection_rules
from stockade.detectors.injection.signal import Family

RULES = injection_rules()


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_a_manual_under_its_headings_and_references(name):
    rule = RULES[name]
    assert rule.id == f"injection.{name}"
    assert rule.data_class == "injection"
    assert rule.probe
    assert any(reference.startswith("owasp:LLM") for reference in rule.references)
    for heading in ("## What it finds", "## Why it matters", "## Not found", "## References"):
        assert heading in rule.manual


def test_every_kind_of_evidence_but_hints_leads_to_a_rule():
    assert {family.value for family in Family} - set(RULES) == {"hint"}
