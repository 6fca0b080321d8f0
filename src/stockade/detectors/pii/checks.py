"""Checksums and structures that do not need a library: the ones asked most often, as plain functions.

Each takes the matched text and says whether it can be real. None raises. Rarer identifiers are checked by
python-stdnum, imported when the first candidate of its kind turns up.
"""

from __future__ import annotations

import importlib
import ipaddress
from collections.abc import Callable
from functools import cache
from types import MappingProxyType

_LUHN_DOUBLE = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def digits_of(value: str) -> str:
    """Return the ASCII digits of *value*."""
    return "".join(char for char in value if char in "0123456789")


def letters_and_digits(value: str) -> str:
    """Return *value* without separators, in upper case."""
    return "".join(char for char in value if char.isascii() and char.isalnum()).upper()


def is_varied(digits: str) -> bool:
    """Say whether *digits* are not one repeated. Plain counting passes: a word says that it is meant."""
    return len(set(digits)) > 1


def luhn(value: str) -> bool:
    """Check the Luhn digit (ISO/IEC 7812)."""
    total = 0
    for place, char in enumerate(reversed(digits_of(value))):
        digit = ord(char) - 48
        total += _LUHN_DOUBLE[digit] if place % 2 else digit
    return total % 10 == 0


def card_number(value: str) -> bool:
    """Check length and issuer range, then Luhn."""
    digits = digits_of(value)
    return _issued(digits) and luhn(digits)


def _issued(digits: str) -> bool:
    length, two, four = len(digits), int(digits[:2] or 0), int(digits[:4] or 0)
    if digits[:1] == "4":
        return length in (13, 16, 19)
    if two in (34, 37):
        return length == 15
    if two in (36, 38, 39) or 300 <= four // 10 <= 305:
        return 14 <= length <= 19
    if 51 <= two <= 55 or 2221 <= four <= 2720:
        return length == 16
    if 3528 <= four <= 3589 or four == 6011 or two in (62, 64, 65, 81):
        return 16 <= length <= 19
    return two in (50, 56, 57, 58, 60, 61, 63, 66, 67, 68, 69) and 12 <= length <= 19


def mod97(value: str) -> bool:
    """Check ISO 7064 mod 97-10 over letters and digits, the first four moved behind (IBAN)."""
    plain = letters_and_digits(value)
    moved = plain[4:] + plain[:4]
    return int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


def us_ssn(value: str) -> bool:
    """Check the ranges that the Social Security Administration never issues, and the numbers of manuals."""
    digits = digits_of(value)
    if not us_ssn_range(digits):
        return False
    # Printed on sample cards and in every manual: never anyone's.
    return digits not in ("123456789", "111111111", "333333333", "555555555", "777777777", "888888888")


def us_ssn_range(value: str) -> bool:
    """Check the ranges alone: beside its word even a number of a manual is meant as one."""
    digits = digits_of(value)
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    return not (area in ("000", "666") or area >= "900" or group == "00" or serial == "0000")


def ip_v4(value: str) -> bool:
    """Check for an address of a host: not this machine, not nowhere, not a mask."""
    parts = [int(part) for part in value.split(".")]
    return 0 < parts[0] < 255 and parts[0] != 127 and parts != [1, 1, 1, 1] and sum(parts[1:]) > 0


def ip_v6(value: str) -> bool:
    """Check for an address of a host; single letters between colons are code, eight pairs are a dump."""
    if len(value) == 23 and value[2::3] == ":::::::":
        return False
    if sum(char != ":" for char in value) < 4 or not any(char.isdigit() for char in value):
        return False
    try:
        address = ipaddress.IPv6Address(value)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified)


def stdnum(name: str) -> Callable[[str], bool]:
    """Return the check of python-stdnum's module *name*, imported when first asked."""

    def check(value: str) -> bool:
        try:
            return _stdnum_check(name)(value)
        # It stumbles over some numbers (cn.ric over places dissolved since): that does not refute them.
        except (LookupError, ValueError, TypeError, AttributeError):
            return True

    return check


@cache
def _stdnum_check(name: str) -> Callable[[str], bool]:
    check: Callable[[str], bool] = importlib.import_module(f"stdnum.{name}").is_valid
    return check


# ISO 13616 registry: length of the IBAN of each country.
IBAN_LENGTHS = MappingProxyType(
    {
        15: "NO",
        16: "BE",
        18: "DK FO FI GL NL SD",
        19: "MK SI",
        20: "AT BA EE KZ XK LT LU MN",
        21: "CR HR LV LI CH",
        22: "BH BG DE GB GE IE ME RS VA",
        23: "IL AE GI IQ TL OM SO",
        24: "AD CZ MD PK RO SA SK ES SE TN VG",
        25: "LY PT ST",
        26: "IS TR",
        27: "BI DJ FR GR IT MC MR SM",
        28: "AL AZ BY CY DO GT HU LB NI PL SV",
        29: "BR EG PS QA UA",
        30: "JO KW MU YE",
        31: "MT SC",
        32: "LC",
        33: "RU",
    }
)
