"""Structures of numbers that have no check digits worth the name, or several forms at once.

Each takes the matched text and says whether it can be real. None raises.
"""

from __future__ import annotations

import re

from stockade.detectors.pii.checks import digits_of, is_varied, letters_and_digits, luhn, stdnum
from stockade.detectors.pii.checks_people import day_exists, icao_digit, icao_document, weighted

_DATE = re.compile(
    r"(?:(?:19|20)\d\d[-/. ](?:0?[1-9]|1[0-2])[-/. ](?:0?[1-9]|[12]\d|3[01])"
    r"|(?:0?[1-9]|[12]\d|3[01])[-/. ](?:0?[1-9]|[12]\d|3[01])[-/. ](?:19|20)?\d\d)"
)
_TIME = re.compile(r"\d{1,2}[.:]\d\d|(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?")


def identifier(value: str) -> bool:
    """Check a number of an unknown kind: enough digits, varied, no date, no year, no telephone."""
    plain = letters_and_digits(value)
    digits = digits_of(plain)
    if not 6 <= len(plain) <= 20 or len(digits) < 4 or _DATE.fullmatch(value):
        return False
    return is_varied(digits) or len(plain) > len(digits)


def record(value: str) -> bool:
    """Check a number that a house gives out itself: short ones too, but no date and no time."""
    digits = digits_of(value)
    return len(digits) >= 3 and not _DATE.fullmatch(value) and not _TIME.fullmatch(value)


def mixed(value: str) -> bool:
    """Check that letters and digits are both there, or digits alone that are varied."""
    digits = digits_of(value)
    return len(digits) >= 1 and (len(digits) < len(value) or is_varied(digits))


def uk_licence(value: str) -> bool:
    """Check the month and day inside a UK driving licence number (women's months are raised by 50)."""
    plain = letters_and_digits(value)
    month, day = int(plain[6:8]) % 50, int(plain[8:10])
    return 1 <= month <= 12 and 1 <= day <= 31


def electoral(value: str) -> bool:
    """Check a polling number: letters, then digits."""
    return any(char.isdigit() for char in value)


def register(value: str) -> bool:
    """Check an entry of a German commercial register: at least three digits."""
    return len(digits_of(value)) >= 3


def fr_nir(value: str) -> bool:
    """Check a French social security number: the key where it is written, the month where it is not."""
    plain = letters_and_digits(value)
    if len(plain) == 13:
        return plain[3:5] <= "12" or plain[3:5] >= "20"
    return len(plain) == 15 and stdnum("fr.nir")(plain)


def fr_cni(value: str) -> bool:
    """Check a French identity card number: old (department inside) or new."""
    plain = letters_and_digits(value)
    if len(plain) == 12:
        return is_varied(digits_of(plain))
    return any(char.isdigit() for char in plain)


def fr_siren(value: str) -> bool:
    """Check a French company number, with or without its establishment."""
    plain = digits_of(value)
    return stdnum("fr.siret" if len(plain) == 14 else "fr.siren")(plain)


def de_document(value: str) -> bool:
    """Check a German document number: its check digit where it is written, a digit where it is not."""
    plain = letters_and_digits(value).removesuffix("D")
    if len(plain) == 10:
        return icao_document(plain)
    return len(plain) == 9 and any(char.isdigit() for char in plain)


def nl_document(value: str) -> bool:
    """Check a Dutch document number: no letter O, digit last."""
    plain = letters_and_digits(value)
    return "O" not in plain and plain[-1].isdigit()


def pl_id_card(value: str) -> bool:
    """Check a Polish identity card number (weights over letters and digits)."""
    plain = letters_and_digits(value)
    numbers = [int(char, 36) for char in plain]
    rest = sum(number * weight for number, weight in zip(numbers[:3], (7, 3, 1), strict=True))
    return (rest + weighted(plain[4:], (7, 3, 1, 7, 3))) % 10 == numbers[3]


def es_nif(value: str) -> bool:
    """Check the letter of a Spanish identity number."""
    plain = letters_and_digits(value)
    number = int(plain[:-1])
    return number > 9999 and "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23] == plain[-1]


def dk_cpr(value: str) -> bool:
    """Check the date of a Danish personal number (its check digit is not used since 2007)."""
    digits = digits_of(value)
    return day_exists(2000 + int(digits[4:6]), int(digits[2:4]), int(digits[:2])) and is_varied(digits)


def kr_rrn(value: str) -> bool:
    """Check the date of a Korean number (its check digit is not used since 2020)."""
    digits = digits_of(value)
    return "01" <= digits[2:4] <= "12" and "01" <= digits[4:6] <= "31" and is_varied(digits)


def lk_nic(value: str) -> bool:
    """Check the day of the year in a Sri Lankan number (women's are raised by 500)."""
    digits = digits_of(value)
    day = int(digits[4:7] if len(digits) == 12 else digits[2:5])
    return 1 <= day % 500 <= 366


def br_pis(value: str) -> bool:
    """Check a Brazilian social integration number."""
    digits = digits_of(value)
    rest = weighted(digits, (3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) % 11
    return len(digits) == 11 and int(digits[10]) == (0 if rest < 2 else 11 - rest) and is_varied(digits)


def br_voter(value: str) -> bool:
    """Check a Brazilian voter's title: state and two check digits."""
    digits = digits_of(value)
    first = weighted(digits[:8], (2, 3, 4, 5, 6, 7, 8, 9)) % 11 % 10
    second = weighted(digits[8:10] + str(first), (7, 8, 9)) % 11 % 10
    return 1 <= int(digits[8:10]) <= 28 and digits[10:] == f"{first}{second}"


def sv_dui(value: str) -> bool:
    """Check a Salvadoran identity number."""
    digits = digits_of(value)
    return -weighted(digits, (9, 8, 7, 6, 5, 4, 3, 2)) % 10 == int(digits[8]) and is_varied(digits)


def md_idnp(value: str) -> bool:
    """Check a Moldovan personal number."""
    digits = digits_of(value)
    return weighted(digits, (7, 3, 1) * 4) % 10 == int(digits[12])


def kw_civil(value: str) -> bool:
    """Check a Kuwaiti civil number: date of birth and check digit."""
    digits = digits_of(value)
    rest = 11 - weighted(digits, (2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)) % 11
    return 1 <= int(digits[3:5]) <= 12 and 1 <= int(digits[5:7]) <= 31 and rest == int(digits[11])


def ir_code(value: str) -> bool:
    """Check an Iranian national code."""
    digits = digits_of(value)
    rest = weighted(digits, (10, 9, 8, 7, 6, 5, 4, 3, 2)) % 11
    return int(digits[9]) == (rest if rest < 2 else 11 - rest) and is_varied(digits)


def lu_matricule(value: str) -> bool:
    """Check the date of birth inside a Luxembourg number, and its Luhn digit."""
    digits = digits_of(value)
    born = day_exists(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    return len(digits) == 13 and born and luhn(digits[:12])


def mrz(value: str) -> bool:
    """Check the second line of a machine-readable passport (ICAO Doc 9303, part 4)."""
    line = value.upper()
    checked = ((0, 9), (13, 19), (21, 27))
    if len(line) != 44 or not all(line[end].isdigit() for _, end in checked):
        return False
    return all(icao_digit(line[start:end]) == int(line[end]) for start, end in checked)


def us_license(value: str) -> bool:
    """Check a number of a US state's licence: six to fourteen characters, varied."""
    plain = letters_and_digits(value)
    return 6 <= len(plain) <= 14 and is_varied(digits_of(plain))


def mixed_short(value: str) -> bool:
    """Check a document number of capital letters and digits (or both small, where all text is)."""
    if value != value.upper() and value != value.lower():
        return False
    return mixed(value) and len(value) >= 7


def licence(value: str) -> bool:
    """Check a driving licence number: five to twenty characters, four digits, no date."""
    plain = letters_and_digits(value)
    return 5 <= len(plain) <= 20 and len(digits_of(plain)) >= 4 and not _DATE.fullmatch(value)


def vin_shape(value: str) -> bool:
    """Check a vehicle identification number beside its word: letters and digits."""
    return not value.isdigit() and not value.isalpha()


def plate(value: str) -> bool:
    """Check a number plate: a digit, four to ten characters, no date and no time."""
    plain = letters_and_digits(value)
    digits = digits_of(plain)
    if not digits or not 4 <= len(plain) <= 10 or _DATE.fullmatch(value) or _TIME.fullmatch(value):
        return False
    return len(plain) > len(digits) or len(digits) >= 5


def uk_plate(value: str) -> bool:
    """Check the letters that British plates leave out."""
    plain = letters_and_digits(value)
    return value == value.upper() and not set(plain[:2]) & set("IQZ") and not set(plain[4:]) & set("IQ")
