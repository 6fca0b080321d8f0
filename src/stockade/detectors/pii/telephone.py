"""Telephone and fax numbers: with a country code, in national form, or any digits after a word for them.

Whether a number is in service is not asked, and plans of single countries are not consulted: they change
faster than releases do.
"""

from __future__ import annotations

import re

from stockade.core.finding import Rule, Severity
from stockade.detectors.engine.spec import Context, Spec
from stockade.detectors.pii import checks, words, words_people
from stockade.detectors.pii.rows import pii

# Country codes that ITU-T E.164 gives out begin with these.
_COUNTRY = re.compile(
    r"1|7|2(?:0|7|[1-689]\d)|3(?:[0-469]|[578]\d)|4(?:[013-9]|2\d)|5(?:[1-8]|[09]\d)|6(?:[0-6]|[789]\d)"
    r"|8(?:[1246]|[0578]\d)|9(?:[0-58]|[67]\d|9[2-68])"
)
_DATE = re.compile(
    r"(?:(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])"
    r"|(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:19|20)?\d\d)(?:[ ,T]+\d{1,2}.{0,6})?"
)
# Words after which digits in groups are no telephone number.
_THINGS = """
order, orders, order no, order number, order id, invoice, invoice no, invoice number,
tracking, tracking number, ticket, ticket no, part no, part number, sku, isbn, issn, doi,
upc, ean, gtin, bestellung, bestellnummer, rechnung, rechnungsnummer, commande, facture,
pedido, factura, ordine, fattura, bestelling, factuur, zamówienie, faktura, заказ,
накладная, 订单号, 注文番号, 주문번호
"""
_ALNUM = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_EXTENSION = rb"(?:,? ?(?:x|ext\.?|extension|durchwahl|poste|anexo) ?\d{1,6})?"
# Between groups of digits: one or two of these, or brackets.
_GAP = rb"(?:[ .\-/(]|[ ]-[ ]|\)[ .\-/]?| \()"
# One digit after the other: a run of digits has one reading, which keeps the automaton small.
_ON = rb"(?:" + _GAP + rb"?\d)"


# Digits as they are written, the first few in brackets or not.
_PLAIN = rb"(?:\(\d{1,5}\)[ .\-/]?\d" + _ON + rb"{3,12}|\d" + _ON + rb"{6,13})"
# What follows the first digit of a country code.
_REST = _ON + rb"{6,16}" + _EXTENSION + rb")\b"


def international(value: str) -> bool:
    """Check a number with its country code: a code that exists, the length of E.164, no filler."""
    digits = checks.digits_of(value.partition("x")[0])
    digits = digits.removeprefix("00")
    return 8 <= len(digits) <= 17 and len(set(digits)) > 2 and _COUNTRY.match(digits) is not None


def national(value: str) -> bool:
    """Check a number without its country code: length, no filler, no date."""
    digits = checks.digits_of(re.split(r"[xe]", value, maxsplit=1, flags=re.IGNORECASE)[0])
    return 7 <= len(digits) <= 14 and len(set(digits)) > 2 and not _is_date(value)


def dialled(value: str) -> bool:
    """Check a number with 00 before its country code, which stands apart: ten digits behind 00, or more."""
    return international(value) and len(checks.digits_of(value.partition("x")[0])) >= 12


def grouped(value: str) -> bool:
    """Check a national number that stands alone: trunk zero, nine to eleven digits, no decimal fraction."""
    digits = checks.digits_of(value)
    if value.count(".") == 1 or not 9 <= len(digits) <= 11:
        return False
    return digits[1] != "0" and checks.is_varied(digits) and not _is_date(value)


def _is_date(value: str) -> bool:
    return _DATE.fullmatch(value) is not None


def phone_rule() -> Rule:
    """Return the rule of telephone numbers."""
    return pii(
        "PHONE_NUMBER",
        "Telephone number",
        "call +44 20 7946 0958",
        "A telephone or fax number: with a country code, in North American form, in groups after a trunk "
        "zero, or any digits after a word for it.",
        Severity.MEDIUM,
    )


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    phone = phone_rule()
    near = words.context("phone", words_people.PHONE, 44)
    return (*abroad(phone, near), *at_home(phone, near), *beside_words(phone, near))


def abroad(phone: Rule, near: Context) -> tuple[Spec, ...]:
    """Return the patterns of numbers with a country code."""
    thing = words.context("thing numbers", _THINGS, 24)
    return (
        Spec(
            phone,
            rb"(\+[ ]?[1-9]" + _REST,
            shapes=(rb"\+ ?[1-9][\d .\-(]",),
            check=international,
            left=b"+0123456789." + _ALNUM,
            right=b"_=",
            alone=0.85,
        ),
        Spec(
            phone,
            rb"(\b(?:00|011 )[1-9]\d{0,2}[ .\-(]\(?\d" + _REST,
            shapes=(rb"\b00[1-9]\d{0,2}[ .\-(]", rb"\b011 [1-9]\d"),
            check=dialled,
            near=near,
            veto=thing,
            left=b"-+/." + _ALNUM,
            right=b"_=%",
            alone=0.7,
        ),
    )


def at_home(phone: Rule, near: Context) -> tuple[Spec, ...]:
    """Return the patterns of national forms that are known by their groups."""
    thing = words.context("thing numbers", _THINGS, 24)
    return (
        Spec(
            phone,
            rb"(?:\b1[ .\-])?(?:\([2-9]\d{2}\) ?|\b[2-9]\d{2}[.\- ])\d{3}[.\- ]\d{4}" + _EXTENSION + rb"\b",
            shapes=(rb"\d\d\d[.\- )]{1,2}\d\d\d[.\- ]\d\d\d\d",),
            check=national,
            near=near,
            veto=thing,
            left=b"-./0123456789",
            right=b"-=_/",
            alone=0.65,
        ),
        Spec(
            phone,
            rb"(?:\(0\d{1,5}\)[ .\-/]?|\b0\d{1,5}"
            + _GAP
            + rb")\d{2,8}(?:[ .\-/]\d{2,6}){0,4}"
            + _EXTENSION
            + rb"\b",
            shapes=(rb"\b0[1-9]\d{0,4}[ .\-/)]{1,2}\d\d",),
            check=grouped,
            near=near,
            veto=thing,
            left=b"-./+:" + _ALNUM,
            right=b"-=_/:",
            alone=0.6,
        ),
    )


def beside_words(phone: Rule, near: Context) -> tuple[Spec, ...]:
    """Return the patterns of digits after a word for them, or after the letter of a signature."""
    return (
        Spec(
            phone,
            rb"\n(?:T|M|P|F|Ph|Cell|Fon)[.:]? ?(" + _PLAIN + _EXTENSION + rb")(?:[^0-9A-Za-z_@%=\-]|$)",
            shapes=(rb"\n(?:t|m|p|f|ph|cell|fon)[.:]? ?[(\d]",),
            check=national,
            alone=0.65,
            fold=True,
        ),
        Spec(
            phone,
            rb"(?:^|[^0-9A-Za-z_.@$+=/&(\-]|[A-Za-z]\.|[^0-9]-|[A-Z]\b)"
            rb"(" + _PLAIN + _EXTENSION + rb")"
            rb"(?:[^0-9A-Za-z_@%=\-]|-[^0-9A-Za-z]|$)",
            check=national,
            near=near,
            alone=0.0,
            strong=0.7,
            digits=7,
        ),
    )
