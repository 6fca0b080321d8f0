"""Findings say where, never what; their JSON form is the contract's."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.core.finding import (
    DETECTOR_FAILED,
    WHOLE,
    BatchDetector,
    Detector,
    Finding,
    Rule,
    SettlingDetector,
    Severity,
    Span,
)
from stockade.core.limits import TEXT_CHARS_MAX
from tests.core.sketch import MAIL, TOKEN, PatternDetector, WordDetector

RULE = Rule("pii.email", "E-mail", Severity.HIGH, label="EMAIL_ADDRESS", data_class="pii")


def test_the_json_form_has_the_fields_of_the_contract():
    assert Finding(RULE, 0.123456, Span(3, 9)).as_dict() == {
        "rule": "pii.email",
        "label": "EMAIL_ADDRESS",
        "class": "pii",
        "start": 3,
        "end": 9,
        "confidence": 0.1235,
        "severity": "high",
    }


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.floats(0, 1), st.sampled_from(list(Severity)))
def test_every_finding_can_be_written_as_json(start, end, confidence, severity):
    finding = Finding(Rule("a.b", "x", severity), confidence, Span(start, end))
    assert json.loads(json.dumps(finding.as_dict())) == finding.as_dict()


def test_a_claim_on_the_whole_text_covers_the_longest_there_can_be():
    assert Finding(RULE, 1.0).span is WHOLE
    assert WHOLE.end > TEXT_CHARS_MAX


def test_nobody_changes_a_rule_or_a_finding():
    with pytest.raises(AttributeError):
        RULE.severity = Severity.INFO
    with pytest.raises(AttributeError):
        Finding(RULE, 1.0).confidence = 0.0


def test_severities_are_ordered_like_their_words():
    assert max(Severity) is Severity.CRITICAL
    assert Severity.INFO < Severity.LOW < Severity.MEDIUM < Severity.HIGH < Severity.CRITICAL


def test_manual_and_probe_do_not_make_another_rule():
    assert Rule("a.b", "x", manual="one", probe="p") == Rule("a.b", "x", manual="two")
    assert "probe" not in repr(Rule("a.b", "x", probe="probe-text"))


def test_a_failed_check_is_a_critical_finding_with_a_manual():
    assert DETECTOR_FAILED.severity is Severity.CRITICAL
    assert "## What it finds" in DETECTOR_FAILED.manual


def test_the_protocols_tell_detectors_apart():
    plain, word = PatternDetector(MAIL, "a", 1), WordDetector(TOKEN, "a", 1)
    assert isinstance(plain, Detector)
    assert not isinstance(plain, SettlingDetector)
    assert isinstance(word, SettlingDetector)
    assert not isinstance(word, BatchDetector)
