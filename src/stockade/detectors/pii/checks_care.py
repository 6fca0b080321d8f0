"""Checksums and structures of care, money, vehicles and devices that python-stdnum does not know.

Each takes the matched text and says whether it can be real. None raises.
"""

from __future__ import annotations

import re

from stockade.detectors.pii.checks import digits_of, is_varied, letters_and_digits, luhn, mod97
from stockade.detectors.pii.checks_people import weighted

# ISO 3166-1, and Kosovo as banks write it.
_COUNTRIES = frozenset(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT "
    "BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH "
    "ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT "
    "HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS "
    "LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI "
    "NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG "
    "SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG "
    "UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW".split()
)
_DATE = re.compile(r"\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}")
# CMS: letters of a Medicare Beneficiary Identifier leave out S, L, O, I, B and Z.
_MBI_LETTER = "[AC-HJKMNP-RT-Y]"
_MBI = re.compile(rf"[1-9]{_MBI_LETTER}[A-Z0-9]\d{_MBI_LETTER}[A-Z0-9]\d{_MBI_LETTER}{{2}}\d\d")
_NHI_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_VIN_VALUES = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True)
)
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def us_npi(value: str) -> bool:
    """Check a provider number (CMS: Luhn over 80840 and the number)."""
    return luhn("80840" + digits_of(value))


def us_dea(value: str) -> bool:
    """Check a number of the Drug Enforcement Administration."""
    digits = digits_of(value)[-7:]
    total = sum(map(int, digits[0:5:2])) + 2 * sum(map(int, digits[1:6:2]))
    return total % 10 == int(digits[6])


def us_mbi(value: str) -> bool:
    """Check the structure of a Medicare Beneficiary Identifier."""
    return _MBI.fullmatch(letters_and_digits(value)) is not None


def uk_chi(value: str) -> bool:
    """Check a Scottish health number: date of birth, modulus 11."""
    digits = digits_of(value)
    dated = "01" <= digits[:2] <= "31" and "01" <= digits[2:4] <= "12"
    rest = -weighted(digits, (10, 9, 8, 7, 6, 5, 4, 3, 2)) % 11
    return dated and rest == int(digits[9])


def au_medicare(value: str) -> bool:
    """Check an Australian Medicare card number."""
    digits = digits_of(value)
    total = weighted(digits, (1, 3, 7, 9, 1, 3, 7, 9))
    return digits[0] in "23456" and total % 10 == int(digits[8])


def nz_nhi(value: str) -> bool:
    """Check a New Zealand health index number, in the old form or the new one."""
    plain = letters_and_digits(value)
    if any(char in "IO" for char in plain):
        return False
    numbers = [int(char) if char.isdigit() else _NHI_LETTERS.index(char) + 1 for char in plain]
    total = sum(number * weight for number, weight in zip(numbers[:6], (7, 6, 5, 4, 3, 2), strict=True))
    if plain[6].isdigit():
        return total % 11 != 0 and (11 - total % 11) % 10 == numbers[6]
    return _NHI_LETTERS[22 - total % 23] == plain[6]


def de_kvnr(value: str) -> bool:
    """Check a German health insurance number (GKV): the letter as two digits, weights 1 and 2."""
    plain = letters_and_digits(value)
    digits = f"{ord(plain[0]) - 64:02d}{plain[1:9]}"
    total = sum(sum(divmod(int(digit) * (1 + place % 2), 10)) for place, digit in enumerate(digits))
    return total % 10 == int(plain[9])


def br_cns(value: str) -> bool:
    """Check a Brazilian health card number."""
    digits = digits_of(value)
    return len(digits) == 15 and digits[0] in "12789" and weighted(digits, tuple(range(15, 0, -1))) % 11 == 0


def aba_routing(value: str) -> bool:
    """Check a US routing number: Federal Reserve district and weights 3, 7, 1."""
    digits = digits_of(value)
    district = int(digits[:2])
    known = 1 <= district <= 12 or 21 <= district <= 32 or 61 <= district <= 72 or district == 80
    return known and aba_digit(value)


def aba_digit(value: str) -> bool:
    """Check the digits of a US routing number alone (test data has districts that do not exist)."""
    digits = digits_of(value)
    return weighted(digits, (3, 7, 1, 3, 7, 1, 3, 7, 1)) % 10 == 0 and is_varied(digits)


def mx_clabe(value: str) -> bool:
    """Check a Mexican account number (CLABE)."""
    digits = digits_of(value)
    total = sum(int(digit) * (3, 7, 1)[place % 3] % 10 for place, digit in enumerate(digits[:17]))
    return len(digits) == 18 and -total % 10 == int(digits[17]) and is_varied(digits)


def vin(value: str) -> bool:
    """Check the letters and, for North America, the check digit (ISO 3779, 49 CFR 565)."""
    plain = letters_and_digits(value)
    if len(plain) != 17 or set(plain) & set("IOQ") or plain.isdigit() or plain.isalpha():
        return False
    return plain[0] not in "12345" or vin_digit(plain)


def vin_digit(plain: str) -> bool:
    """Check the ninth character of a vehicle identification number."""
    numbers = (int(char) if char.isdigit() else _VIN_VALUES.get(char, 0) for char in plain.upper())
    total = sum(number * weight for number, weight in zip(numbers, _VIN_WEIGHTS, strict=True))
    return plain[8] == "0123456789X"[total % 11]


def imei(value: str) -> bool:
    """Check the Luhn digit of a phone's equipment number."""
    digits = digits_of(value)
    return len(digits) == 15 and luhn(digits) and is_varied(digits)


def iccid(value: str) -> bool:
    """Check the number of a SIM card: telecom prefix and Luhn (ITU-T E.118)."""
    digits = digits_of(value)
    return digits.startswith("89") and len(digits) in {19, 20} and luhn(digits)


def varied_short(value: str) -> bool:
    """Check six digits or so: not one digit repeated."""
    return len(set(digits_of(value))) > 1


def account(value: str) -> bool:
    """Check an account number of an unknown bank: length, variety, no date."""
    digits = digits_of(value)
    return 6 <= len(digits) <= 24 and is_varied(digits) and not _DATE.fullmatch(value)


def swift(value: str) -> bool:
    """Check a bank identifier: a country of ISO 3166 at its place, capitals throughout or none."""
    return value.upper()[4:6] in _COUNTRIES and (value.isupper() or any(char.isdigit() for char in value))


def fr_rib(value: str) -> bool:
    """Check the key of a French account number."""
    plain = letters_and_digits(value)
    digits = "".join(
        char if char.isdigit() else "12345678912345678923456789"[ord(char) - 65] for char in plain
    )
    bank, branch, number, key = (int(digits[a:b]) for a, b in ((0, 5), (5, 10), (10, 21), (21, 23)))
    return (89 * bank + 15 * branch + 3 * number + key) % 97 == 0


def pl_nrb(value: str) -> bool:
    """Check a Polish account number: the IBAN without its country."""
    return mod97("PL" + digits_of(value))


def pin(value: str) -> bool:
    """Check a secret number: no year."""
    return not (len(value) == 4 and "1900" <= value <= "2039")
