from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, found, labels

from stockade.detectors.pii import contact


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(contact.specs)


@pytest.mark.parametrize(
    "text",
    [
        "write to jane.roe@example.org, please",
        "<mailto:j.o'neil+list@mail.example.co.uk>",
        "author='bob@corp.eu'",
        "x@y.io",
        "ＪＡＮＥ@example.org",
    ],
)
def test_an_address_for_mail_is_found(text):
    assert labels(contact.specs, text) == ["EMAIL_ADDRESS"]


@pytest.mark.parametrize(
    "text",
    [
        "git@github.com:a/b.git",
        "logo@2x.png",
        "@handle",
        "a@b",
        "user@host.internal",
        "pip install x @ https",
    ],
)
def test_what_only_has_an_at_sign_is_no_address(text):
    assert labels(contact.specs, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "+44 20 7946 0958",
        "+1-872-236-2271",
        "+61 461 689 564",
        "+49 (0)30 901820",
        "0049 30 901820",
        "(415) 555-2671",
        "415-555-2671 x22",
        "téléphone : 01 42 68 53 00",
        "Handy 0171 2345678",
        "携帯 090-1234-5678",
        "mobile: 07700 900123",
    ],
)
def test_a_telephone_number_is_found(text):
    assert labels(contact.specs, text) == ["PHONE_NUMBER"]


@pytest.mark.parametrize(
    "text",
    ["2024-01-02 10:11:12", "1.2.3.4", "pi is 3.14159265", "+1 for that", "page 12 of 345", "07700 900123"],
)
def test_plain_numbers_are_no_telephone_numbers(text):
    assert labels(contact.specs, text) == []


def test_the_place_is_that_of_the_text_as_given():
    assert found(contact.specs, "é😀 mail: jane@example.org!") == [("EMAIL_ADDRESS", "jane@example.org")]
