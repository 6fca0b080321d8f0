from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, labels

from stockade.detectors.pii import accounts


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(accounts.specs)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Kontonummer 532013000", "BANK_ACCOUNT"),
        ("routing 111000025", "ABA_ROUTING_NUMBER"),
        ("sort code 20-00-00", "UK_SORT_CODE"),
        ("CLABE 032180000118359719", "MX_CLABE"),
        ("IFSC: HDFC0001234", "IN_IFSC"),
        ("BSB 062-000", "AU_BSB"),
    ],
)
def test_what_it_is_for_is_found(text, label):
    assert labels(accounts.specs, text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "routing 111000026",
        "account opened on 12/04/2019",
        "532013000",
        "the swift fox jumped",
        "pin 2024",
    ],
)
def test_what_only_looks_alike_is_left_alone(text):
    assert labels(accounts.specs, text) == []
