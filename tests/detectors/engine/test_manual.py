from __future__ import annotations

import pytest

from stockade.core.finding import Severity
from stockade.detectors.engine.manual import manual_page, rule_row

HEADINGS = ["What it finds", "Why it matters", "Example", "Not found", "References"]


@pytest.mark.parametrize("data_class", ["pii", "phi", "financial", "credentials"])
def test_a_page_has_the_fixed_headings(data_class):
    page = manual_page(data_class, "A thing.", "an example")
    assert [line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")] == HEADINGS


def test_a_page_of_a_key_does_not_hold_its_example():
    example = "sk-" + "a1b2c3d4" * 4
    assert example not in manual_page("credentials", "A key.", example)
    assert example in manual_page("pii", "Not a key.", example)


def test_a_row_becomes_a_rule():
    rule = rule_row("phi", "MEDICAL_ID", "Medical id", "id 7", finds="An id.", severity=Severity.LOW)
    assert (rule.id, rule.label, rule.data_class) == ("phi.medical_id", "MEDICAL_ID", "phi")
    assert (rule.severity, rule.probe) == (Severity.LOW, "id 7")
    assert "An id." in rule.manual
    assert "hipaa:164.514" in rule.references


def test_a_row_that_says_no_more_is_of_high_severity():
    rule = rule_row("credentials", "SOME_KEY", "Some key", "k")
    assert (rule.id, rule.severity) == ("secret.some_key", Severity.HIGH)
    assert "Some key." in rule.manual
