from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, labels

from stockade.detectors.pii import east_europe


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(east_europe.specs)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("PESEL 44051401359", "PL_PESEL"),
        ("rodné číslo 710319/2745", "CZ_RODNE_CISLO"),
        ("CNP 1630615123457", "RO_CNP"),
        ("ЕГН 7523169263", "BG_EGN"),
        ("ИНН 500100732259", "RU_INN"),
        ("СНИЛС 112-233-445 95", "RU_SNILS"),
        ("TC Kimlik 17291716060", "TR_NATIONAL_ID"),
        ("OIB 33392005961", "HR_OIB"),
    ],
)
def test_what_it_is_for_is_found(text, label):
    assert labels(east_europe.specs, text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "PESEL 44051401358",
        "33392005961",
        "ИНН 500100732258",
    ],
)
def test_what_only_looks_alike_is_left_alone(text):
    assert labels(east_europe.specs, text) == []
