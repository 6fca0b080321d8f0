"""Cards and accounts."""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii import checks, words
from stockade.detectors.pii.rows import financial


def iban_pattern() -> bytes:
    """Return one pattern of every country's IBAN, in fours or unbroken."""
    parts = []
    for length, countries in checks.IBAN_LENGTHS.items():
        fours, rest = divmod(length - 4, 4)
        tail = f"[ -]?[A-Za-z0-9]{{{rest}}}" if rest else ""
        names = countries.replace(" ", "|")
        parts.append(rf"(?:{names}|{names.lower()})\d\d(?:[ -]?[A-Za-z0-9]{{4}}){{{fours}}}{tail}")
    return rb"\b(?:" + "|".join(parts).encode() + rb")\b"


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    card = financial(
        "CREDIT_CARD",
        "Payment card number",
        "card 4012 8888 8888 1881",
        "A card number of a known issuer range with a valid Luhn digit.",
    )
    iban = financial(
        "IBAN_CODE",
        "IBAN",
        "GB29 NWBK 6016 1331 9268 19",
        "An international bank account number with valid check digits.",
    )
    near = words.context("card", words.CARD)
    thing = words.context("thing", words.THING, 24)
    return (
        Spec(
            card,
            rb"\b(?:\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{1,7}|\d{4}[ -]\d{6}[ -]\d{4,5})\b",
            shapes=(rb"\d{4}[ -]\d{4}[ -]\d{4}[ -]\d", rb"\d{4}[ -]\d{6}[ -]\d{4}"),
            check=checks.card_number,
            near=near,
            left=b"-.+",
            right=b"-",
        ),
        Spec(
            card,
            rb"\b[2-6]\d{13,18}\b",
            shapes=(rb"\d{14}",),
            check=checks.card_number,
            near=near,
            veto=thing,
            left=b"-._+/",
            right=b"-_",
            alone=0.7,
        ),
        Spec(
            iban,
            iban_pattern(),
            shapes=(rb"[a-z]{2}\d\d[ -]?[a-z0-9]{4}[ -]?[a-z0-9]{4}",),
            check=checks.mod97,
            alone=0.99,
        ),
    )
