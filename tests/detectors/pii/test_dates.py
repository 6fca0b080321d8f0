from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, labels

from stockade.detectors.pii import dates


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(dates.specs)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("born on 7 January 1995", "DATE_OF_BIRTH"),
        ("DOB: 1965-12-17", "DATE_OF_BIRTH"),
        ("geb. 26.05.1981", "DATE_OF_BIRTH"),
        ("né le 2 février 1986", "DATE_OF_BIRTH"),
        ("Fecha de nacimiento: 9 de junio de 1998", "DATE_OF_BIRTH"),
        ("дата рождения 5 мая 1990", "DATE_OF_BIRTH"),
        ("ur. 3 maja 1977", "DATE_OF_BIRTH"),
        ("admitted on 12/04/2019", "DATE_TIME"),
        ("a 47-year-old woman", "AGE"),
        ("Edad: 61 años", "AGE"),
    ],
)
def test_what_it_is_for_is_found(text, label):
    assert labels(dates.specs, text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "released 2024-01-02",
        "on 7 January 1995 the treaty was signed",
        "page 47",
        "5 years of support",
    ],
)
def test_what_only_looks_alike_is_left_alone(text):
    assert labels(dates.specs, text) == []
