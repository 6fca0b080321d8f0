from __future__ import annotations

import pytest

from stockade.detectors.pii import checks_care


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (checks_care.de_kvnr, "A123456780"),
        (checks_care.us_npi, "1234567893"),
        (checks_care.us_dea, "AB1234563"),
        (checks_care.nz_nhi, "ZZZ0016"),
        (checks_care.mx_clabe, "032180000118359719"),
        (checks_care.aba_routing, "111000025"),
        (checks_care.imei, "490154203237518"),
        (checks_care.iccid, "89014103211118510720"),
        (checks_care.br_cns, "898000000043208"),
        (checks_care.pl_nrb, "61109010140000071219812874"),
    ],
)
def test_a_right_check_digit_is_taken_and_a_wrong_one_refused(check, value):
    assert check(value)
    for digit in "0123456789":
        if digit != value[-1]:
            assert not check(value[:-1] + digit)


def test_the_new_form_of_a_health_index_ends_in_a_letter():
    assert checks_care.nz_nhi("ZBN77VL")
    assert not checks_care.nz_nhi("ZBN77VM")
    assert not checks_care.nz_nhi("ZIN77VL")


def test_the_structure_of_a_beneficiary_identifier_is_checked():
    assert checks_care.us_mbi("1EG4-TE5-MK73")
    assert not checks_care.us_mbi("1SG4-TE5-MK73")


def test_a_vehicle_of_north_america_needs_its_check_digit():
    assert checks_care.vin("1HGCM82633A004352")
    assert not checks_care.vin("1HGCM82643A004352")
    assert checks_care.vin("WVWZZZ1JZ3W386752")
    assert not checks_care.vin("12345678901234567")


@pytest.mark.parametrize("value", ["DEUTDEFF", "deutdeff500", "BNPAFRPPXXX"])
def test_a_bank_identifier_names_a_country(value):
    assert checks_care.swift(value) == (value.isupper() or any(char.isdigit() for char in value))
    assert not checks_care.swift("ABCDXXFF")


def test_a_secret_number_is_no_year():
    assert checks_care.pin("4711")
    assert not checks_care.pin("2024")


def test_an_account_is_no_date():
    assert checks_care.account("532013000")
    assert not checks_care.account("12/04/2019")
    assert not checks_care.account("111111111")
