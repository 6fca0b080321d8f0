from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, found, labels

from stockade.detectors.pii import telephone


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(telephone.specs)


@pytest.mark.parametrize(
    "text",
    [
        "+44 20 7946 0958",
        "+1-872-236-2271x07883",
        "+61461689564",
        "+49 (0)30 901820",
        "0049 30 901820",
        "+41 (0)44 668 18 00",
        "(415) 555-2671",
        "415-555-2671 x22",
        "415.555.2671",
        "020 7946 0958",
        "089/2949968",
        "(08) 9267 4512",
        "téléphone : 01 42 68 53 00",
        "Handy 0171 2345678",
        "携帯 090-1234-5678",
        "mobile: 07700900123",
        "Tfno. 914 90 66 60",
        "тел. 8 (495) 123-45-67",
        "my number is 5551234567",
        "电话13812345678",
    ],
)
def test_a_telephone_number_is_found(text):
    assert labels(telephone.specs, text) == ["PHONE_NUMBER"]


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-02 10:11:12",
        "1.2.3.4",
        "pi is 3.14159265",
        "+1 for that",
        "page 12 of 345",
        "call at 10:30",
        "called on 2024-01-02",
        "order no 415-555-2671",
        "0.0712345678",
        "+999 12 345 678",
        "+11111111111",
        "2^10+1024 4096",
    ],
)
def test_plain_numbers_are_no_telephone_numbers(text):
    assert labels(telephone.specs, text) == []


def test_the_whole_number_is_covered_and_nothing_else():
    assert found(telephone.specs, "ring (415) 555-2671, or +44 20 7946 0958.") == [
        ("PHONE_NUMBER", "(415) 555-2671"),
        ("PHONE_NUMBER", "+44 20 7946 0958"),
    ]
