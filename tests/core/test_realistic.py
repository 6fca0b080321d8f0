"""Realistic surrogates: they look like the real thing, and stay where a standard says nobody lives."""

from __future__ import annotations

import ipaddress
import re
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.core.realistic import make

LABELS = [
    "EMAIL_ADDRESS",
    "PERSON",
    "PHONE_NUMBER",
    "US_SSN",
    "CREDIT_CARD",
    "IBAN_CODE",
    "IP_ADDRESS",
    "MAC_ADDRESS",
    "DATE",
]
SHIFT = b"\x00\x00\x01\x00" + b"s" * 28
seeds = st.binary(min_size=32, max_size=32)


def made(label, value, seed=b"s" * 32):
    return make(label, value, seed=seed, shift=SHIFT)


@given(seeds, st.sampled_from(LABELS), st.text(max_size=40))
def test_no_value_makes_a_generator_fail(seed, label, value):
    assert isinstance(made(label, value, seed), str)


@given(seeds, st.sampled_from(LABELS), st.text("0123456789 +-()./:", max_size=30))
def test_the_seed_alone_decides(seed, label, value):
    assert made(label, value, seed) == made(label, value, seed)


@given(seeds)
def test_an_email_address_reaches_nobody(seed):
    shown = made("EMAIL_ADDRESS", "Jane.Roe@corp.eu", seed)
    assert re.fullmatch(r"[a-z]+\.[a-z]+\d{4}@example\.(com|org|net)", shown)  # RFC 2606


@given(seeds)
def test_an_ip_address_is_a_documentation_address(seed):
    four = ipaddress.ip_address(made("IP_ADDRESS", "8.8.8.8", seed))
    nets = ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")  # RFC 5737
    assert any(four in ipaddress.ip_network(net) for net in nets)
    six = ipaddress.ip_address(made("IP_ADDRESS", "2606:4700::1111", seed))
    assert six in ipaddress.ip_network("2001:db8::/32")  # RFC 3849


@given(seeds, st.sampled_from(["AA-BB-CC-11-22-3D", "aa:bb:cc:11:22:3d", "aabb.cc11.223d"]))
def test_a_hardware_address_is_a_documentation_address(seed, value):
    shown = made("MAC_ADDRESS", value, seed)
    assert re.sub(r"[^0-9a-f]", "", shown.lower()).startswith("00005e0053")
    assert [c for c in shown if not c.isalnum()] == [c for c in value if not c.isalnum()]


NANP = r"\d{3}55501\d\d"
DRAMA = rf"1?{NANP}|447700900\d{{3}}|3319900\d{{4}}|493023125\d{{3}}|6125550\d{{4}}"


@given(
    seeds,
    st.sampled_from(
        [
            "+44 20 7946 0958",
            "+1 (212) 555-7788",
            "1-212-555-7788",
            "(415) 555-2671",
            "415-555-2671 x22",
            "0049 30 901820",
            "+49 (0)30 901820",
            "+33 1 42 68 53 00",
            "+61 461 689 564",
            "+81 3 1234 5678",
            "0171 2345678",
            "+1 5417543010",
            "+15417543010",
            "7",
        ]
    ),
)
def test_a_phone_number_is_one_that_a_regulator_keeps_for_fiction(seed, value):
    digits = re.sub(r"\D", "", made("PHONE_NUMBER", value, seed))
    assert re.fullmatch(DRAMA, digits)
    assert digits[:3] not in {"911", "411", "211"}


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ("+44 20 7946 0958", "+## ## #### ####"),
        ("0044 20 7946 0958", "+## ##########"),
        ("+1 (212) 555-7788", "+# (###) ###-####"),
        ("415.555.2671", "###.###.####"),
        ("1-212-555-7788", "#-###-###-####"),
    ],
)
def test_the_grouping_of_a_phone_number_is_kept(value, shape):
    assert re.sub(r"\d", "#", made("PHONE_NUMBER", value)) == shape


@given(seeds, st.sampled_from(["078-05-1120", "078 05 1120", "078051120"]))
def test_a_social_security_number_has_an_area_that_is_never_assigned(seed, value):
    shown = made("US_SSN", value, seed)
    area, group, serial = re.fullmatch(r"(\d{3})\D?(\d\d)\D?(\d{4})", shown).groups()
    assert area[0] == "9"
    assert 1 <= int(group) <= 49  # taxpayer numbers begin at 50
    assert serial != "0000"
    assert len(shown) == len(value)


@given(
    seeds,
    st.sampled_from(["4012 8888 8888 1881", "5105-1051-0510-5100", "371449635398431", "6011000990139424"]),
)
def test_a_card_number_is_from_a_test_range_and_passes_luhn(seed, value):
    shown = made("CREDIT_CARD", value, seed)
    digits = [int(c) for c in shown if c.isdigit()]
    total = sum(d * f // 10 + d * f % 10 for d, f in zip(reversed(digits), cycle((1, 2)), strict=False))
    assert total % 10 == 0
    assert "".join(map(str, digits)).startswith(("41111111", "55555555", "37828224", "60111111"))
    assert re.sub(r"\d", "#", shown) == re.sub(r"\d", "#", value)


@given(seeds, st.sampled_from(["GB82 WEST 1234 5698 7654 32", "DE89370400440532013000", "NO9386011117947"]))
def test_an_iban_passes_its_check_and_names_no_bank(seed, value):
    shown = made("IBAN_CODE", value, seed)
    compact = shown.replace(" ", "")
    assert int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97 == 1
    assert compact[:2] == value[:2]
    assert compact[4:8] in {"TEST", "0000"}
    assert [len(g) for g in shown.split(" ")] == [len(g) for g in value.split(" ")]


def test_a_name_has_as_many_parts_as_it_is_called_by():
    assert len(made("PERSON", "Jane Doe").split()) == 2
    assert len(made("PERSON", "Müller").split()) == 1


def test_dates_move_by_one_offset_for_the_whole_conversation():
    one, other = made("DATE", "2024-01-05"), made("DATE_OF_BIRTH", "2024-01-08", b"x" * 32)
    assert (int(other[-2:]) - int(one[-2:])) % 28 == 3
    assert made("DATE_TIME", "05.01.2024") != "05.01.2024"


def test_no_offset_is_ever_zero():
    assert make("DATE", "2024-01-05", seed=b"", shift=(350).to_bytes(4, "big")) != "2024-01-05"


@pytest.mark.parametrize("label", ["US_PASSPORT", "", "PRIVATE_KEY"])
def test_a_kind_without_a_reserved_range_gets_none(label):
    assert made(label, "123456789") == ""


@pytest.mark.parametrize("value", ["ＧＢ82ＷＥＳＴ12345698765432", "GB82\u200bWEST12345698765432"])
def test_width_and_invisible_characters_do_not_matter(value):
    assert made("IBAN_CODE", value) == made("IBAN_CODE", "GB82WEST12345698765432")


def test_a_value_in_digits_of_another_script_gets_none():
    assert made("US_SSN", "٠٧٨-٠٥-١١٢٠") == ""
