"""Checksums and structures of national and tax identifiers that python-stdnum does not know.

Each takes the matched text and says whether it can be real. None raises.
"""

from __future__ import annotations

import datetime
import re

from stockade.detectors.pii.checks import digits_of, is_varied, letters_and_digits, luhn

_NINO = re.compile(r"[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z]\d{6}[A-D]?")
_NINO_UNUSED = frozenset(("BG", "GB", "KN", "NK", "NT", "TN", "ZZ"))
_DE_PENSION_WEIGHTS = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
_HK_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TW_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
_SG_LETTERS = {"S": "ABCDEFGHIZJ", "T": "ABCDEFGHIZJ", "F": "KLMNPQRTUWX", "G": "KLMNPQRTUWX"}
_SG_WEIGHTS = (2, 7, 6, 5, 4, 3, 2)
# ICAO Doc 9303, part 3: weights of a check digit in travel documents.
_ICAO_WEIGHTS = (7, 3, 1)


def varied(value: str) -> bool:
    """Check that the digits are not one repeated."""
    return is_varied(digits_of(value))


def day_exists(year: int, month: int, day: int) -> bool:
    """Say whether the calendar has the day."""
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def weighted(digits: str, weights: tuple[int, ...]) -> int:
    """Return the weighted sum of *digits*."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def uk_nino(value: str) -> bool:
    """Check the prefixes that HMRC gives out."""
    plain = letters_and_digits(value)
    return _NINO.fullmatch(plain) is not None and plain[:2] not in _NINO_UNUSED


def us_itin(value: str) -> bool:
    """Check the ranges of the Internal Revenue Service."""
    digits = digits_of(value)
    group = int(digits[3:5])
    return digits[0] == "9" and (50 <= group <= 65 or 70 <= group <= 88 or 90 <= group <= 92 or group >= 94)


def us_ein(value: str) -> bool:
    """Check the prefixes of the campuses of the Internal Revenue Service."""
    unused = {0, 7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97}
    return int(digits_of(value)[:2]) not in unused and is_varied(digits_of(value))


def de_pension(value: str) -> bool:
    """Check a German pension number (VKVV): area, date, letter, serial, check digit."""
    plain = letters_and_digits(value)
    number = f"{plain[:8]}{ord(plain[8]) - 64:02d}{plain[9:11]}"
    total = sum(
        sum(divmod(int(digit) * weight, 10))
        for digit, weight in zip(number, _DE_PENSION_WEIGHTS, strict=True)
    )
    return total % 10 == int(plain[11]) and 1 <= int(plain[4:6]) <= 12


def icao_document(value: str) -> bool:
    """Check the last character as the check digit of the others (passports and identity cards)."""
    plain = letters_and_digits(value)
    return plain[-1].isdigit() and icao_digit(plain[:-1]) == int(plain[-1])


def icao_digit(value: str) -> int:
    """Return the check digit of ICAO Doc 9303 over letters, digits and fillers."""
    numbers = (0 if char == "<" else int(char, 36) for char in value)
    return sum(number * _ICAO_WEIGHTS[place % 3] for place, number in enumerate(numbers)) % 10


def es_nss(value: str) -> bool:
    """Check a Spanish social security number: province, serial, modulus 97."""
    digits = digits_of(value)
    serial = int(digits[2:10])
    joined = int(digits[:2] + str(serial)) if serial < 10_000_000 else int(digits[:10])
    return len(digits) == 12 and joined % 97 == int(digits[10:])


def pt_niss(value: str) -> bool:
    """Check a Portuguese social security number (primes as weights)."""
    digits = digits_of(value)
    total = weighted(digits, (29, 23, 19, 17, 13, 11, 7, 5, 3, 2))
    return len(digits) == 11 and digits[0] in "12" and 9 - total % 10 == int(digits[10])


def hu_tax(value: str) -> bool:
    """Check a Hungarian tax identification number."""
    digits = digits_of(value)
    total = sum(int(digit) * place for place, digit in enumerate(digits[:9], 1))
    return len(digits) == 10 and digits[0] == "8" and total % 11 == int(digits[9])


def hu_taj(value: str) -> bool:
    """Check a Hungarian social security number."""
    digits = digits_of(value)
    total = weighted(digits, (3, 7, 3, 7, 3, 7, 3, 7))
    return len(digits) == 9 and total % 10 == int(digits[8]) and is_varied(digits)


def ru_snils(value: str) -> bool:
    """Check a Russian pension insurance number."""
    digits = digits_of(value)
    total = weighted(digits, (9, 8, 7, 6, 5, 4, 3, 2, 1)) % 101
    return len(digits) == 11 and total % 100 == int(digits[9:]) and is_varied(digits[:9])


def kz_iin(value: str) -> bool:
    """Check a Kazakh individual number: date of birth, then two rounds of weights."""
    digits = digits_of(value)
    total = weighted(digits, tuple(range(1, 12))) % 11
    if total == 10:
        total = weighted(digits, (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)) % 11
    return 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) <= 31 and total == int(digits[11])


def hk_id(value: str) -> bool:
    """Check a Hong Kong identity card number."""
    plain = letters_and_digits(value)
    head, body, last = plain[:-7], plain[-7:-1], plain[-1]
    padded = head.rjust(2, "$")
    total = sum(
        (36 if char == "$" else _HK_LETTERS.index(char) + 10) * weight
        for char, weight in zip(padded, (9, 8), strict=True)
    )
    total += weighted(body, (7, 6, 5, 4, 3, 2))
    return (total + (10 if last == "A" else int(last))) % 11 == 0


def tw_id(value: str) -> bool:
    """Check a Taiwanese identity number."""
    plain = letters_and_digits(value)
    tens, ones = divmod(_TW_LETTERS.index(plain[0]) + 10, 10)
    return (tens + ones * 9 + weighted(plain[1:], (8, 7, 6, 5, 4, 3, 2, 1, 1))) % 10 == 0


def sg_nric(value: str) -> bool:
    """Check the letter of a Singaporean identity or foreigner's number."""
    plain = letters_and_digits(value)
    total = weighted(plain[1:8], _SG_WEIGHTS) + (4 if plain[0] in "TG" else 0)
    if plain[0] == "M":
        return plain[8] == "KLJNPQRTUWX"[10 - (total + 3) % 11]
    return plain[8] == _SG_LETTERS[plain[0]][10 - total % 11]


def eg_nid(value: str) -> bool:
    """Check the date and governorate of an Egyptian national number."""
    digits = digits_of(value)
    century = 1700 + 100 * int(digits[0])
    return day_exists(century + int(digits[1:3]), int(digits[3:5]), int(digits[5:7])) and digits[7:9] <= "88"


def dated(value: str) -> bool:
    """Check that the first six digits are a date, years first (NIK, RRN and their like)."""
    digits = digits_of(value)
    return 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) <= 31


def id_nik(value: str) -> bool:
    """Check the date inside an Indonesian number (days of women are raised by 40)."""
    digits = digits_of(value)
    day = int(digits[6:8])
    return 1 <= int(digits[8:10]) <= 12 and (1 <= day <= 31 or 41 <= day <= 71) and digits[:2] >= "11"


def ae_id(value: str) -> bool:
    """Check an Emirates identity number: year of birth and Luhn."""
    digits = digits_of(value)
    return luhn(digits) and "1900" <= digits[3:7] <= "2030"


def co_nuip(value: str) -> bool:
    """Check the length of a Colombian citizen's number: no check digit exists."""
    digits = digits_of(value)
    return 7 <= len(digits) <= 10 and digits[0] != "0" and is_varied(digits)


def ve_cedula(value: str) -> bool:
    """Check the range of a Venezuelan identity number: no check digit exists."""
    return 100_000 < int(digits_of(value)) < 90_000_000


def uy_ci(value: str) -> bool:
    """Check a Uruguayan identity number."""
    digits = digits_of(value).rjust(8, "0")
    return -weighted(digits, (2, 9, 8, 7, 6, 3, 4)) % 10 == int(digits[7]) and is_varied(digits)


def mx_nss(value: str) -> bool:
    """Check a Mexican social security number (Luhn)."""
    digits = digits_of(value)
    return luhn(digits) and is_varied(digits)
