from __future__ import annotations

import pytest

from stockade.detectors.pii import checks


def test_luhn_takes_right_and_refuses_wrong_check_digits():
    assert checks.luhn("4012 8888 8888 1881")
    assert not checks.luhn("4012 8888 8888 1882")


@pytest.mark.parametrize(
    "number",
    [
        "4012888888881881", "378282246310005", "30569309025904", "5555555555554444", "2223000048400011",
        "3530111333300000", "6011111111111117", "6759649826438453", "36227206271667",
    ],
)  # fmt: skip
def test_a_card_of_a_known_issuer_is_taken(number):
    assert checks.card_number(number)


@pytest.mark.parametrize("number", ["1111111111111117", "4012888888881882", "0000000000000000", "401288", ""])
def test_what_no_issuer_gives_out_is_refused(number):
    assert not checks.card_number(number)


def test_the_check_digits_of_an_iban_are_verified():
    assert checks.mod97("GB29 NWBK 6016 1331 9268 19")
    assert not checks.mod97("GB28 NWBK 6016 1331 9268 19")


@pytest.mark.parametrize(
    "number", ["000-12-3456", "666-12-3456", "912-12-3456", "123-00-4567", "123-45-0000"]
)
def test_ranges_of_social_security_that_are_never_issued_are_refused(number):
    assert not checks.us_ssn(number)
    assert checks.us_ssn("536-90-4399")


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0", "255.255.255.0", "1.1.1.1", "10.0.0.0"])
def test_addresses_that_are_nobodys_are_refused(address):
    assert not checks.ip_v4(address)
    assert checks.ip_v4("10.20.30.40")


def test_colons_in_code_are_no_address():
    assert not checks.ip_v6("a::b")
    assert not checks.ip_v6("::1")
    assert not checks.ip_v6("12:34:56")
    assert checks.ip_v6("2001:db8:85a3::8a2e:370:7334")


def test_one_digit_repeated_is_not_varied():
    assert not checks.is_varied("11111111")
    assert checks.is_varied("123456789")


def test_a_number_of_every_manual_counts_only_beside_its_word():
    assert not checks.us_ssn("123-45-6789")
    assert checks.us_ssn_range("123-45-6789")
    assert not checks.us_ssn_range("666-45-6789")


def test_letters_and_digits_lose_their_separators():
    assert checks.letters_and_digits("ab-12 ç") == "AB12"
    assert checks.digits_of("+44 (20) ٣") == "4420"


def test_a_library_check_is_looked_up_when_asked():
    assert checks.stdnum("es.dni")("54362315K")
    assert not checks.stdnum("es.dni")("54362315Z")


def test_a_number_that_the_library_stumbles_over_is_not_refuted():
    assert checks.stdnum("cn.ric")("211485024301164976") in {True, False}


def test_no_country_has_two_iban_lengths():
    countries = [country for names in checks.IBAN_LENGTHS.values() for country in names.split()]
    assert len(countries) == len(set(countries)) > 80
