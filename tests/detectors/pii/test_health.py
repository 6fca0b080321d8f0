from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, labels

from stockade.detectors.pii import health


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(health.specs)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("MRN: 59664-9", "MEDICAL_RECORD_NUMBER"),
        ("NHC 7019287", "MEDICAL_RECORD_NUMBER"),
        ("NPI 1234567893", "US_NPI"),
        ("DEA AB1234563", "US_DEA"),
        ("1EG4-TE5-MK73", "US_MBI"),
        ("NHS number 943 476 5919", "UK_NHS"),
        ("Vers.-Nr. A123456780", "DE_HEALTH_INSURANCE"),
        ("member ID W702710911", "HEALTH_INSURANCE_ID"),
        ("NºCol: 28 28 57249", "MEDICAL_LICENSE"),
        ("pacemaker serial PM-4471239", "MEDICAL_DEVICE_ID"),
    ],
)
def test_what_it_is_for_is_found(text, label):
    assert labels(health.specs, text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "59664-9",
        "the patient took 500 mg",
        "chart of 2019",
    ],
)
def test_what_only_looks_alike_is_left_alone(text):
    assert labels(health.specs, text) == []
