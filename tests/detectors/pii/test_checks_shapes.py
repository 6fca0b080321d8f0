from __future__ import annotations

import pytest

from stockade.detectors.pii import checks_shapes


@pytest.mark.parametrize("value", ["12345678Z", "54362315K"])
def test_the_letter_of_a_spanish_number_is_checked(value):
    assert checks_shapes.es_nif(value)
    assert not checks_shapes.es_nif(value[:-1] + "A")


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (checks_shapes.pl_id_card, "ABA300000"),
        (checks_shapes.br_pis, "46154062152"),
        (checks_shapes.sv_dui, "00016297-5"),
        (checks_shapes.ir_code, "0084575948"),
        (checks_shapes.fr_nir, "255081416802538"),
        (checks_shapes.fr_siren, "73282932000074"),
        (checks_shapes.dk_cpr, "211062-5629"),
        (checks_shapes.uk_licence, "MORGA657054SM9IJ"),
        (checks_shapes.lk_nic, "911042754V"),
        (checks_shapes.kr_rrn, "971013-1019902"),
        (checks_shapes.us_license, "D3486646"),
        (checks_shapes.de_document, "C01X00T478"),
    ],
)
def test_a_right_number_is_taken(check, value):
    assert check(value)


@pytest.mark.parametrize("value", ["2024-01-02", "12/04/2019", "1/4/91", "04.11.2020"])
def test_a_date_is_no_number_of_any_kind(value):
    assert not checks_shapes.identifier(value)
    assert not checks_shapes.record(value)
    assert not checks_shapes.licence(value)
    assert not checks_shapes.plate(value)


@pytest.mark.parametrize("value", ["10:30", "2019", "2019/20"])
def test_a_time_and_a_year_are_no_record(value):
    assert not checks_shapes.record(value)


def test_a_plate_has_letters_or_at_least_five_digits():
    assert checks_shapes.plate("BL-529 122")
    assert checks_shapes.plate("4-63135")
    assert not checks_shapes.plate("food")
    assert not checks_shapes.plate("1234")


def test_the_second_line_of_a_passport_is_checked():
    line = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
    assert checks_shapes.mrz(line)
    assert not checks_shapes.mrz(line.replace("7408122", "7408123"))
    assert not checks_shapes.mrz(line[:-1])
