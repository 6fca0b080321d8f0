from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, labels

from stockade.detectors.pii import places


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(places.specs)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("London SW1A 1AA", "UK_POSTCODE"),
        ("ZIP 02139", "ZIP_CODE"),
        ("PLZ: 10115", "ZIP_CODE"),
        ("code postal 75008", "ZIP_CODE"),
        ("coordinates 52.520008, 13.404954", "GEO_COORDINATES"),
    ],
)
def test_what_it_is_for_is_found(text, label):
    assert labels(places.specs, text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "02139",
        "52.520008, 13.404954",
        "the 10115 bus",
    ],
)
def test_what_only_looks_alike_is_left_alone(text):
    assert labels(places.specs, text) == []
