from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, labels

from stockade.detectors.pii import north_europe


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(north_europe.specs)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("CPR 211062-5629", "DK_CPR"),
        ("hetu 131052-308T", "FI_PERSONAL_IDENTITY_CODE"),
        ("131052-308T", "FI_PERSONAL_IDENTITY_CODE"),
        ("fødselsnummer 151086 95088", "NO_FODSELSNUMMER"),
        ("kennitala 450401-3150", "IS_KENNITALA"),
        ("isikukood 36805280109", "EE_ISIKUKOOD"),
    ],
)
def test_what_it_is_for_is_found(text, label):
    assert labels(north_europe.specs, text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "131052-308U",
        "211062-5629",
        "15108695088",
    ],
)
def test_what_only_looks_alike_is_left_alone(text):
    assert labels(north_europe.specs, text) == []
