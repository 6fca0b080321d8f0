from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, labels

from stockade.detectors.pii import africa_oceania


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(africa_oceania.specs)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("TFN 123 456 782", "AU_TFN"),
        ("ABN 83 914 571 673", "AU_ABN"),
        ("South African ID 7503305044089", "ZA_ID_NUMBER"),
        ("ת.ז 039337423", "IL_ID_NUMBER"),
        ("BVN 22341785904", "NG_BVN"),
        ("الرقم القومي 29001011234567", "EG_NATIONAL_ID"),
    ],
)
def test_what_it_is_for_is_found(text, label):
    assert labels(africa_oceania.specs, text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "123 456 782",
        "TFN 123 456 783",
        "22341785904",
    ],
)
def test_what_only_looks_alike_is_left_alone(text):
    assert labels(africa_oceania.specs, text) == []
