"""Payment cards and what is printed on them, and IBANs.

Does not ask an issuer: a number that passes may never have been given out.
"""

from __future__ import annotations

from stockade.core.finding import Severity
from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii import checks, checks_care, words, words_care, words_papers
from stockade.detectors.pii.rows import financial, labelled


def expiry(value: str) -> bool:
    """Check a month and a year in which a card can expire."""
    digits = checks.digits_of(value)
    month, year = (digits[:2], digits[-2:]) if len(digits) != 6 or digits[:2] <= "12" else ("00", "00")
    return "01" <= month <= "12" and "15" <= year <= "50"


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
    return (*card_specs(), *printed_specs(), *iban_specs(), *bank_specs())


def card_specs() -> tuple[Spec, ...]:
    """Return the patterns of card numbers."""
    card = financial(
        "CREDIT_CARD",
        "Payment card number",
        "card 4012 8888 8888 1881",
        "A card number of a known issuer range with a valid Luhn digit.",
    )
    near = words.context("card", words_care.CARD)
    thing = words.context("thing", words_papers.THING, 24)
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
            shapes=(rb"\b[2-6]\d{13}",),
            check=checks.card_number,
            near=near,
            veto=thing,
            left=b"-._+/",
            right=b"-_",
            alone=0.7,
        ),
    )


def printed_specs() -> tuple[Spec, ...]:
    """Return the patterns of what else is printed on a card."""
    code = financial(
        "CVV",
        "Card security code",
        "cvv 426",
        "The three or four digits that prove a card is at hand, after a word for them. PCI DSS forbids to "
        "keep them.",
        Severity.CRITICAL,
    )
    until = financial(
        "CARD_EXPIRY",
        "Card expiry date",
        "card exp 05/29",
        "The month and year in which a card expires, after a word for it.",
        Severity.MEDIUM,
    )
    return (
        labelled(code, rb"\d{3,4}", words.context("cvv", words_care.CVV, 16), None, 0.85),
        labelled(
            until,
            rb"\d{2} ?[/.-] ?(?:20)?\d{2}",
            words.context("expiry", words_care.EXPIRY, 20),
            expiry,
            0.8,
        ),
    )


def iban_specs() -> tuple[Spec, ...]:
    """Return the pattern of international account numbers."""
    iban = financial(
        "IBAN_CODE",
        "IBAN",
        "GB29 NWBK 6016 1331 9268 19",
        "An international bank account number with valid check digits and the length of its country.",
    )
    return (
        Spec(
            iban,
            iban_pattern(),
            shapes=(rb"[a-z]\d\d[ -]?[a-z0-9]{4}[ -]?\d",),
            check=checks.mod97,
            alone=0.99,
        ),
    )


def bank_specs() -> tuple[Spec, ...]:
    """Return the patterns of what names a bank or an account without digits."""
    bank = financial(
        "SWIFT_CODE",
        "Bank identifier (BIC, SWIFT)",
        "BIC DEUTDEFF500",
        "A bank identifier (ISO 9362) with a country that exists, after a word for it.",
        Severity.MEDIUM,
    )
    payment = financial(
        "IN_UPI_ID",
        "Indian payment address (UPI)",
        "pay jane.roe@okicici",
        "A payment address of an Indian bank or application.",
    )
    return (
        Spec(
            bank,
            rb"(?:^|[^0-9A-Za-z_.@$+/\-])([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)"
            rb"(?:[^0-9A-Za-z_@-]|$)",
            shapes=(rb"swift", rb"\bbic\b", "свифт".encode()),
            check=checks_care.swift,
            near=words.context("swift", words_care.SWIFT, 24),
            alone=0.0,
            strong=0.9,
        ),
        Spec(
            bank,
            rb"\b(?:bic|swift)(?:[ /-](?:code|bic|swift))?[^0-9a-z]{1,3}"
            rb"([a-z]{6}[a-z0-9]{2}(?:[a-z0-9]{3})?)(?:[^0-9a-z_@-]|$)",
            shapes=(rb"swift", rb"\bbic\b"),
            check=checks_care.swift,
            alone=0.9,
            fold=True,
        ),
        Spec(
            payment,
            rb"\b[a-z0-9][a-z0-9.\-]{1,48}@(?:ok(?:axis|hdfcbank|icici|sbi)|ybl|ibl|axl|upi|paytm|apl|yapl|sbi"
            rb"|hdfcbank|icici|kotak|barodampay|freecharge|jupiteraxis)\b",
            words=tuple(
                "@okaxis @okhdfc @okicici @oksbi @ybl @ibl @axl @upi @paytm @apl @yapl @sbi @hdfcbank "
                "@icici @kotak @barodampay @freecharge @jupiteraxis".split()
            ),
            right=b".-",
            alone=0.8,
            fold=True,
        ),
    )
