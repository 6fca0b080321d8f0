"""Surrogates that look like the real thing and can never be one.

Every generator stays inside a range that a standard reserves for examples, so a surrogate cannot reach or
name a living person: RFC 2606/6761 domains, RFC 5737/3849 addresses, 555-01xx and the drama numbers of
national regulators, card test ranges, social-security areas that are never assigned. A label without such
a range, or a value of no known shape, gets no realistic surrogate (the caller falls back to a tag). Nothing
here is random: every choice comes from the seed handed in.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

from stockade.core.dates import move

_FIRST = (
    "Avery Blake Casey Dana Ellis Frankie Harper Indigo Jamie Kendall Logan Marlow Noor Oakley Parker "
    "Quinn Robin Sasha Taylor Umber Vesper Wren Yael Zephyr"
).split()
# Surnames made up for this list; none is among the 40,000 most frequent ones of the US census.
_LAST = (
    "Ashquill Brindlemark Corvenholt Dunmerrow Elmsgarth Fernsquill Gorsewick Hollinmere Ivorstead "
    "Juniperholt Kestlebrook Larkenfeld Mosswether Nettlequist Orchanmere Pellingarth Quillhaven "
    "Rookswather Silverquist Thornemarsh Umberlyn Valewether Willowquist Yarrowmere"
).split()
_WORDS = (
    "amber basil cedar delta ember fjord grove hazel inlet jade krill lotus maple nova onyx pearl".split()
)
_DOMAINS = ("example.com", "example.org", "example.net")
# Numbers the regulators keep for drama, and how many of their digits are free: Ofcom 07700 900xxx,
# ARCEP 01 99 00 xx xx, Bundesnetzagentur (030) 23125 xxx, ACMA (02) 5550 xxxx.
_PHONES: Mapping[str, tuple[str, int]] = {
    "44": ("7700900", 3),
    "33": ("19900", 4),
    "49": ("3023125", 3),
    "61": ("25550", 4),
}
# Test ranges published by the card schemes' processors for sandbox use.
_CARD_PREFIX = {"3": "37828224", "4": "41111111", "5": "55555555", "6": "60111111", "2": "22230000"}

# Dates move by up to a year either way: the season is hidden, an age is nearly right.
_DAYS_MAX = 700


class _Dice:
    """Deterministic choices drawn from a seed: a big integer that is divided down."""

    __slots__ = ("_left",)

    def __init__(self, seed: bytes) -> None:
        self._left = int.from_bytes(seed, "big")

    def below(self, bound: int) -> int:
        self._left, drawn = divmod(self._left, bound)
        return drawn

    def digits(self, count: int) -> str:
        return f"{self.below(10**count):0{count}d}"


def make(label: str, value: str, *, seed: bytes, shift: bytes) -> str:
    """Return a stand-in for *value* of the kind *label*, or an empty string if none is safe.

    Args:
        label: the entity label.
        value: the real value; its length, grouping and country are imitated, never its content.
        seed: 32 bytes that fix every choice.
        shift: 32 bytes, the same for a whole conversation, that fix by how many days dates move.
    """
    # A value stands here as it was found: full width, or with invisible characters in it.
    folded = unicodedata.normalize("NFKC", value)
    plain = "".join(c for c in folded if unicodedata.category(c) != "Cf").strip()
    if not plain.isascii() and label not in _FREE:
        return ""
    if label in _DATES:
        return move(plain, int.from_bytes(shift[:4], "big") % _DAYS_MAX - _DAYS_MAX // 2 or 77)
    maker = _MAKERS.get(label)
    return maker(plain, _Dice(seed)) if maker else ""


def _email(value: str, dice: _Dice) -> str:
    del value
    return f"{_WORDS[dice.below(16)]}.{_WORDS[dice.below(16)]}{dice.digits(4)}@{_DOMAINS[dice.below(3)]}"


def _person(value: str, dice: _Dice) -> str:
    first, last = _FIRST[dice.below(len(_FIRST))], _LAST[dice.below(len(_LAST))]
    return f"{first} {last}" if " " in value.strip() else last


def _phone(value: str, dice: _Dice) -> str:
    digits = "".join(c for c in value if c.isdigit())
    written = len(digits)
    international = value.lstrip(" (").startswith(("+", "00"))
    if international:
        digits = digits.removeprefix("00")
        for country, (prefix, free) in _PHONES.items():
            if digits.startswith(country):
                made = country + prefix + dice.digits(free)
                # A zero in brackets is not dialled from abroad, 00 is: with them, the grouping says nothing.
                fits = written == len(made) and "(0)" not in value
                return _regroup(value, made) if fits else f"+{country} {prefix}{made[-free:]}"
    # NANPA keeps 555-0100 to 555-0199 of every area code for fiction.
    area, line = 201 + dice.below(700), f"01{dice.digits(2)}"
    if area % 100 == 11:  # N11 codes are services (911), not area codes
        area += 1
    if len(digits) == 10 and not international and digits[0] != "0":
        return _regroup(value, f"{area}555{line}")
    if len(digits) == 11 and digits[0] == "1":
        return _regroup(value, f"1{area}555{line}")
    return f"+1 {area}-555-{line}" if international else f"{area}-555-{line}"


def _ssn(value: str, dice: _Dice) -> str:
    # Areas 900-999 are never assigned (SSA POMS RM 10201.030); groups 01-49 keep clear of taxpayer numbers.
    parts = (f"9{dice.digits(2)}", f"{1 + dice.below(49):02d}", f"{1 + dice.below(9999):04d}")
    separator = next((c for c in value if c in "- "), "")
    return separator.join(parts)


def _card(value: str, dice: _Dice) -> str:
    digits = [c for c in value if c.isdigit()]
    prefix = _CARD_PREFIX.get(digits[0] if digits else "4", _CARD_PREFIX["4"])
    body = (prefix + dice.digits(len(digits)))[: len(digits) - 1]
    return _regroup(value, body + _luhn(body))


def _luhn(body: str) -> str:
    """Return the check digit of ISO/IEC 7812-1 for *body*."""
    total = 0
    for index, char in enumerate(reversed(body)):
        digit = int(char) * (2 if index % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return str(-total % 10)


def _iban(value: str, dice: _Dice) -> str:
    # The bank code is all zeros (or TEST), which no registry assigns; ISO 13616 check digits are right.
    compact = "".join(c for c in value if c.isalnum()).upper()
    country, account = compact[:2], compact[4:]
    free = min(10, max(1, len(account) - 8))
    head = "".join("TEST"[i % 4] if c.isalpha() else "0" for i, c in enumerate(account[:-free]))
    made = head + dice.digits(free)
    numeric = "".join(str(int(c, 36)) for c in made + country + "00")
    check = f"{98 - int(numeric) % 97:02d}"
    return _regroup(value, country + check + made)


def _ip(value: str, dice: _Dice) -> str:
    if ":" in value:
        return "2001:db8::" + ":".join(f"{dice.below(65536):x}" for _ in range(3))
    # RFC 5737: three blocks kept for documentation.
    block = ("192.0.2", "198.51.100", "203.0.113")[dice.below(3)]
    return f"{block}.{1 + dice.below(254)}"


def _mac(value: str, dice: _Dice) -> str:
    # RFC 9542 §2.1.2: 256 addresses kept for documentation.
    made = f"00005e0053{dice.below(256):02x}"
    return _regroup(value, made.upper() if value.isupper() else made)


def _regroup(like: str, compact: str) -> str:
    """Lay *compact* out with the separators of *like*."""
    rest = iter(compact)
    return "".join(next(rest, "") if c.isalnum() else c for c in like)


# Their stand-ins take nothing from the value, so it may be written in any script.
_FREE = frozenset({"EMAIL_ADDRESS", "PERSON"})
_DATES = frozenset({"DATE_TIME", "DATE_OF_BIRTH", "DATE"})
_MAKERS: Mapping[str, Callable[[str, _Dice], str]] = {
    "EMAIL_ADDRESS": _email,
    "PERSON": _person,
    "PHONE_NUMBER": _phone,
    "US_SSN": _ssn,
    "CREDIT_CARD": _card,
    "IBAN_CODE": _iban,
    "IP_ADDRESS": _ip,
    "MAC_ADDRESS": _mac,
}
