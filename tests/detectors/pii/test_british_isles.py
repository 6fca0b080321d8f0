from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, labels

from stockade.detectors.pii import british_isles


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(british_isles.specs)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("national insurance AB123456C", "UK_NINO"),
        ("AB 12 34 56 C", "UK_NINO"),
        ("MORGA657054SM9IJ", "UK_DRIVING_LICENCE"),
        ("PPS 1234567T", "IE_PPS"),
    ],
)
def test_what_it_is_for_is_found(text, label):
    assert labels(british_isles.specs, text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "GB 12 34 56 C",
        "1234567T",
        "PPS 1234567A",
    ],
)
def test_what_only_looks_alike_is_left_alone(text):
    assert labels(british_isles.specs, text) == []
