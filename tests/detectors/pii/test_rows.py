from __future__ import annotations

import pytest

from stockade.core.finding import Severity
from stockade.detectors.pii import rows


@pytest.mark.parametrize(
    ("make", "family"), [(rows.pii, "pii"), (rows.phi, "phi"), (rows.financial, "financial")]
)
def test_a_row_becomes_a_rule_of_its_family_with_its_manual(make, family):
    rule = make("A_LABEL", "A title", "a probe", "What is looked for.", Severity.LOW)
    assert rule.id == f"{family}.a_label"
    assert rule.data_class == family
    assert rule.severity is Severity.LOW
    assert "What is looked for." in rule.manual
    assert rule.probe in rule.manual


def test_a_health_identifier_refers_to_the_law_that_names_it():
    assert "hipaa:164.514" in rows.phi("A_LABEL", "A title", "a probe").references
