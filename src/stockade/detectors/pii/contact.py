"""Ways to reach a person: e-mail and telephone."""

from __future__ import annotations

from stockade.core.finding import Severity
from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii import checks, words
from stockade.detectors.pii.rows import pii

# What follows a dot in the name of a file, and is no top-level domain that people have mail under.
_FILE_ENDINGS = frozenset(
    "png jpg jpeg gif svg webp ico bmp js jsx ts tsx css scss html htm json yaml yml toml xml py rb go rs "
    "java class jar c h cpp hpp sh txt log md pdf zip gz tar exe dll so internal lan svc".split()
)
_LEFT = b"./:=&?-_+ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def email(value: str) -> bool:
    """Check that the part after the last dot can be a domain and the address a person's."""
    local, _, domain = value.rpartition("@")
    ending = domain.rpartition(".")[2].lower()
    return ending not in _FILE_ENDINGS and ".." not in value and local.lower() != "git"


def international(value: str) -> bool:
    """Check a number with its country code: E.164 length, no filler."""
    digits = checks.digits_of(value)
    digits = digits.removeprefix("00")
    return 8 <= len(digits) <= 15 and digits[0] != "0" and len(set(digits)) > 2


def national(value: str) -> bool:
    """Check a number without its country code: length, no filler, no date."""
    digits = checks.digits_of(value)
    return 7 <= len(digits) <= 13 and len(set(digits)) > 2


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    mail = pii(
        "EMAIL_ADDRESS",
        "E-mail address",
        "write to jane.roe@example.org",
        "An e-mail address (RFC 5321), in text, markup or code.",
        Severity.MEDIUM,
    )
    phone = pii(
        "PHONE_NUMBER",
        "Telephone number",
        "call +44 20 7946 0958",
        "A telephone or fax number: with a country code, in North American form, or after a word for it.",
        Severity.MEDIUM,
    )
    near = words.context("phone", words.PHONE)
    return (
        Spec(
            mail,
            rb"[A-Za-z0-9_](?:[A-Za-z0-9._%+'-]{0,62}[A-Za-z0-9_+-])?"
            rb"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}\b",
            words=("@",),
            check=email,
        ),
        Spec(
            phone,
            rb"((?:\+|\b00)[ ]?[1-9]\d{0,2}[ .\-/]?(?:\(\d{1,4}\)[ .\-/]?)?\d{1,5}"
            rb"(?:[ .\-/]{1,2}\d{2,5}|\d{2,5}){1,5})\b",
            shapes=(rb"\+ ?\d", rb"\b00[1-9]\d"),
            check=international,
            left=b"+0123456789.",
            right=b"-_=/",
            alone=0.85,
        ),
        Spec(
            phone,
            rb"(?:\b1[ .\-])?(?:\([2-9]\d{2}\) ?|\b[2-9]\d{2}[.\- ])\d{3}[.\- ]\d{4}"
            rb"(?: ?(?:x|ext\.?) ?\d{1,5})?\b",
            shapes=(rb"\d\d\d[.\- ]\d\d\d\d",),
            check=national,
            near=near,
            left=b"-.0123456789",
            right=b"-=_",
            alone=0.65,
        ),
        Spec(
            phone,
            rb"(?:\(\d{2,5}\) ?)?\d{2,5}(?:[ .\-/]?\d{2,5}){1,5}(?: ?x ?\d{1,5})?\b",
            check=national,
            near=near,
            left=_LEFT,
            right=b"-=_",
            alone=0.0,
            strong=0.7,
        ),
    )
