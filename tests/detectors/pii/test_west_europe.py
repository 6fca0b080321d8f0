from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, labels

from stockade.detectors.pii import west_europe


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(west_europe.specs)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("NIR 2 55 08 14 168 025 38", "FR_NIR"),
        ("255081416802538", "FR_NIR"),
        ("Steuer-ID 36 574 261 809", "DE_TAX_ID"),
        ("756.1234.5678.97", "CH_AHV"),
        ("BSN 111222333", "NL_BSN"),
        ("Rentenversicherungsnummer 15070649C103", "DE_SOCIAL_SECURITY"),
    ],
)
def test_what_it_is_for_is_found(text, label):
    assert labels(west_europe.specs, text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "2 55 08 14 168 025 39",
        "36 574 261 809",
        "BSN 111222334",
    ],
)
def test_what_only_looks_alike_is_left_alone(text):
    assert labels(west_europe.specs, text) == []
