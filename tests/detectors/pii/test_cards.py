from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, found, labels

from stockade.detectors.pii import cards


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(cards.specs)


@pytest.mark.parametrize(
    "text",
    [
        "4012 8888 8888 1881",
        "card 4012888888881881",
        "3782-822463-10005",
        "4012-8888-8888-1881",
        "Ａ 4012 8888 8888 1881",
    ],
)
def test_a_card_number_is_found(text):
    assert labels(cards.specs, text) == ["CREDIT_CARD"]


@pytest.mark.parametrize(
    "text",
    ["4012 8888 8888 1882", "order number 4012888888881881", "9012 8888 8888 1881", "0.4012888888881881"],
)
def test_what_has_the_length_of_a_card_is_not_one(text):
    assert labels(cards.specs, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "GB29 NWBK 6016 1331 9268 19",
        "iban: de89370400440532013000",
        "NO93 8601 1117 947",
        "FR14 2004 1010 0505 0001 3M02 606",
    ],
)
def test_an_account_number_of_the_registry_is_found(text):
    assert labels(cards.specs, text) == ["IBAN_CODE"]


@pytest.mark.parametrize("text", ["GB28 NWBK 6016 1331 9268 19", "ZZ29 NWBK 6016 1331 9268 19"])
def test_wrong_check_digits_and_unknown_countries_are_no_account(text):
    assert labels(cards.specs, text) == []


def test_the_whole_of_a_card_number_is_covered():
    assert found(cards.specs, "pay 4012 8888 8888 1881.") == [("CREDIT_CARD", "4012 8888 8888 1881")]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("BIC DEUTDEFF500", "SWIFT_CODE"),
        ("swift: bnpafrpp123", "SWIFT_CODE"),
        ("pay jane.roe@okicici", "IN_UPI_ID"),
        ("card exp 05/29", "CARD_EXPIRY"),
        ("gültig bis 08/29", "CARD_EXPIRY"),
        ("cvv 426", "CVV"),
        ("Prüfziffer: 426", "CVV"),
    ],
)
def test_what_stands_on_a_card_or_names_a_bank_is_found(text, label):
    assert labels(cards.specs, text) == [label]


@pytest.mark.parametrize(
    "text", ["the swift fox jumped", "DEUTDEFF500", "expires 13/29", "05/29", "cvv is wrong"]
)
def test_without_its_word_or_its_country_it_is_not(text):
    assert labels(cards.specs, text) == []
