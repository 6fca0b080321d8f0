from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, labels

from stockade.detectors.pii import asia


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(asia.specs)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Aadhaar 2341 2341 2346", "IN_AADHAAR"),
        ("ACUPA7085R", "IN_PAN"),
        ("身份证 360426199101010071", "CN_RIC"),
        ("360426199101010071", "CN_RIC"),
        ("S1234567D", "SG_NRIC_FIN"),
        ("マイナンバー 6214 9832 0257", "JP_MY_NUMBER"),
        ("CNIC 54303-5561118-5", "PK_CNIC"),
        ("เลขบัตรประชาชน 1-2345-45678-78-1", "TH_TNIN"),
    ],
)
def test_what_it_is_for_is_found(text, label):
    assert labels(asia.specs, text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "S1234567E",
        "360426199101010072",
        "2341 2341 2347",
    ],
)
def test_what_only_looks_alike_is_left_alone(text):
    assert labels(asia.specs, text) == []
