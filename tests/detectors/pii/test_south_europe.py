from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, labels

from stockade.detectors.pii import south_europe


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(south_europe.specs)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("DNI 54362315K", "ES_NIF"),
        ("54362315K", "ES_NIF"),
        ("NIE X2482300W", "ES_NIE"),
        ("RCCMNL83S18D969H", "IT_FISCAL_CODE"),
        ("NIF 501964843", "PT_NIF"),
        ("NASS: 28 12345678 40", "ES_NSS"),
    ],
)
def test_what_it_is_for_is_found(text, label):
    assert labels(south_europe.specs, text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "54362315Z",
        "501964843",
        "RCCMNL83S18D969X",
    ],
)
def test_what_only_looks_alike_is_left_alone(text):
    assert labels(south_europe.specs, text) == []
