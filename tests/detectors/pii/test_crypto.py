from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, labels

from stockade.detectors.pii import crypto


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(crypto.specs)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "CRYPTO"),
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "CRYPTO"),
        ("0x52908400098527886E0F7030069857D2E4169EE7", "CRYPTO"),
    ],
)
def test_what_it_is_for_is_found(text, label):
    assert labels(crypto.specs, text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
        "0x0000000000000000000000000000000000000000",
        "d41d8cd98f00b204e9800998ecf8427e",
    ],
)
def test_what_only_looks_alike_is_left_alone(text):
    assert labels(crypto.specs, text) == []
