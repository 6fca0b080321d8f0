from __future__ import annotations

import pytest

from stockade.detectors.pii import checks_people


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (checks_people.de_pension, "15070649C103"),
        (checks_people.icao_document, "L898902C36"),
        (checks_people.hk_id, "A123456(3)"),
        (checks_people.hk_id, "G123456(A)"),
        (checks_people.tw_id, "A123456789"),
        (checks_people.sg_nric, "S1234567D"),
        (checks_people.sg_nric, "T1234567J"),
        (checks_people.sg_nric, "F1234567N"),
        (checks_people.sg_nric, "G1234567X"),
        (checks_people.es_nss, "281234567840"),
        (checks_people.hu_tax, "8071592153"),
        (checks_people.hu_taj, "123456788"),
        (checks_people.ru_snils, "112-233-445 95"),
        (checks_people.uy_ci, "12345672"),
        (checks_people.mx_nss, "72795608040"),
    ],
)
def test_a_right_check_digit_is_taken_and_a_wrong_one_refused(check, value):
    assert check(value)
    place = max(index for index, char in enumerate(value) if char.isdigit())
    for digit in "0123456789":
        if digit != value[place]:
            assert not check(value[:place] + digit + value[place + 1 :])


@pytest.mark.parametrize("value", ["BG123456C", "DA123456C", "AO123456C", "ZZ123456C", "AB123456E"])
def test_prefixes_that_are_never_given_out_are_refused(value):
    assert not checks_people.uk_nino(value)
    assert checks_people.uk_nino("AB123456C")


def test_dates_inside_numbers_have_to_exist():
    assert checks_people.eg_nid("29001011234567")
    assert not checks_people.eg_nid("29002301234567")
    assert checks_people.id_nik("3171234567890123"[:6] + "410190" + "0001")
    assert not checks_people.id_nik("3171234513900001")


def test_ranges_of_taxpayer_numbers_are_known():
    assert checks_people.us_itin("912-78-1234")
    assert not checks_people.us_itin("912-67-1234")
    assert checks_people.us_ein("12-3456780")
    assert not checks_people.us_ein("07-3456780")
