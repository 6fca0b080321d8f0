from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, labels

from stockade.detectors.pii import devices


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(devices.specs)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("IMEI 490154203237518", "IMEI"),
        ("iccid 89014103211118510720", "ICCID"),
        ("S/N: C02XK1ABJG5H", "SERIAL_NUMBER"),
        ("idfa 6D92078A-8246-4BA4-AE5B-76104861E7DC", "ADVERTISING_ID"),
    ],
)
def test_what_it_is_for_is_found(text, label):
    assert labels(devices.specs, text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "490154203237518",
        "IMEI 490154203237519",
        "6D92078A-8246-4BA4-AE5B-76104861E7DC",
    ],
)
def test_what_only_looks_alike_is_left_alone(text):
    assert labels(devices.specs, text) == []
