from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, labels

from stockade.detectors.pii import america


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(america.specs)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("SIN 130 692 544", "CA_SIN"),
        ("CPF 529.982.247-25", "BR_CPF"),
        ("529.982.247-25", "BR_CPF"),
        ("RUT 12.345.678-5", "CL_RUT"),
        ("CUIT 20-12345678-6", "AR_CUIT"),
        ("CURP HEGG560427MVZRRL04", "MX_CURP"),
    ],
)
def test_what_it_is_for_is_found(text, label):
    assert labels(america.specs, text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "529.982.247-26",
        "046 454 286",
        "rut 12.345.678-4",
    ],
)
def test_what_only_looks_alike_is_left_alone(text):
    assert labels(america.specs, text) == []
