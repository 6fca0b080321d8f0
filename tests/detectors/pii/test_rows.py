from __future__ import annotations

import pytest

from stockade.core.finding import Severity
from stockade.detectors.pii import rows
from stockade.detectors.structured import StructuredDetector


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


def test_a_row_of_the_words_kind_needs_a_word_beside_it():
    (spec,) = rows.by_words(rows.pii, r"XX_ID | An identifier | \d{6} | varied | 482913 | xx id, кодекс")
    detector = StructuredDetector([spec])
    assert [f.rule.label for f in detector.detect("XX id: 482913.")] == ["XX_ID"]
    assert [f.rule.label for f in detector.detect("кодекс 482913")] == ["XX_ID"]
    assert detector.detect("482913") == ()


@pytest.mark.parametrize(
    "text",
    [
        "xx id 4829131",
        "xx id a482913",
        "xx id 482913-1",
        "xx id 482913.5",
        "xx id x-482913",
        "xx id 0.482913",
    ],
)
def test_a_value_is_never_a_part_of_a_longer_one(text):
    (spec,) = rows.by_words(rows.pii, r"XX_ID | An identifier | \d{6} | varied | 482913 | xx id")
    assert StructuredDetector([spec]).detect(text) == ()


@pytest.mark.parametrize(
    "text", ["xx id No.482913", "xx id nr.482913", "xx id №482913", "xx id=482913;", "xx id:482913"]
)
def test_a_value_may_stand_close_to_its_word(text):
    (spec,) = rows.by_words(rows.pii, r"XX_ID | An identifier | \d{6} | varied | 482913 | xx id")
    assert len(StructuredDetector([spec]).detect(text)) == 1


def test_a_row_of_the_shape_kind_stands_alone_and_is_surer_beside_a_word():
    table = r"XX_ID | An identifier | \d{2}-\d{4} | \d\d-\d{4} | varied | 48-2913 | xx id | 0.6"
    detector = StructuredDetector(rows.by_shape(rows.pii, table))
    (alone,) = detector.detect("it is 48-2913")
    (beside,) = detector.detect("XX id: 48-2913")
    assert alone.confidence == 0.6
    assert beside.confidence > alone.confidence


def test_a_backslash_continues_a_row_and_a_list_is_named_by_its_sign():
    table = "XX_ID | An identifier | \\d{6} | - | 482913 | \\\n    @PASSPORT, xx id"
    (spec,) = rows.by_words(rows.pii, table)
    assert "reisepass" in spec.near.words
    assert "xx id" in spec.near.words


def test_checks_are_joined_and_a_hyphen_is_none():
    assert rows.check_of("-") is None
    assert rows.check_of("luhn varied")("4012888888881881")
    assert not rows.check_of("luhn varied")("0000000000000000")
    assert rows.check_of("es.dni")("54362315K")
