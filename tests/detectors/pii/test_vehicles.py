from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, labels

from stockade.detectors.pii import vehicles


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(vehicles.specs)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("VIN 1HGCM82633A004352", "VIN"),
        ("1HGCM82633A004352", "VIN"),
        ("Kennzeichen BL-529 122", "LICENSE_PLATE"),
        ("matrícula BI 9552 EF", "LICENSE_PLATE"),
        ("plate QS85 ZCJ", "LICENSE_PLATE"),
        ("XJ-262-AA", "FR_LICENSE_PLATE"),
    ],
)
def test_what_it_is_for_is_found(text, label):
    assert labels(vehicles.specs, text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "1HGCM82633A004353",
        "plate of food",
        "BL-529 122",
    ],
)
def test_what_only_looks_alike_is_left_alone(text):
    assert labels(vehicles.specs, text) == []
