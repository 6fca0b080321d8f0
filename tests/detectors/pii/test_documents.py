from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, labels

from stockade.detectors.pii import documents


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(documents.specs)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Reisepass C5PGNZ503", "PASSPORT"),
        ("passport number 286033405", "PASSPORT"),
        ("Passeport n° 07MT72481", "PASSPORT"),
        ("driver's licence ZTFPR393252TG9ZO", "DRIVER_LICENSE"),
        ("DNI: 61812772996", "NATIONAL_ID"),
        ("Steuer-ID: 5028250477", "TAX_ID"),
    ],
)
def test_what_it_is_for_is_found(text, label):
    assert labels(documents.specs, text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "286033405",
        "passport control opens at 10:30",
        "licence under the MIT terms",
    ],
)
def test_what_only_looks_alike_is_left_alone(text):
    assert labels(documents.specs, text) == []
