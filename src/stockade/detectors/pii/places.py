"""Codes of places: postal codes and coordinates, the geographic units that HIPAA wants removed.

Addresses and names of towns are not looked for here.
"""

from __future__ import annotations

from stockade.core.finding import Severity
from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii import words, words_papers, words_people
from stockade.detectors.pii.rows import LEFT, RIGHT, labelled, pii

_UK = (
    rb"(?:GIR 0AA|[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9](?:[0-9]|[ABEHMNPRV-Y])?|[0-9][A-HJKPS-UW])"
    rb" ?[0-9][ABD-HJLNP-UW-Z]{2})"
)
_ZIP = (
    rb"\d{5}(?:-\d{4})?|\d{4} ?[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{2}-\d{3}|\d{3} \d{2}"
    rb"|\d{4}|\d{3}-\d{4}|\d{6}|\d{3} \d{3}"
)
_POINT = rb"[-+]?\d{1,3}\.\d{3,8}"


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    uk = pii(
        "UK_POSTCODE",
        "UK postcode",
        "London SW1A 1AA",
        "A British postcode: a dozen houses.",
        Severity.LOW,
    )
    code = pii(
        "ZIP_CODE",
        "Postal code",
        "zip code 02139",
        "A postal code of any country, after a word for it.",
        Severity.LOW,
    )
    point = pii(
        "GEO_COORDINATES",
        "Geographic coordinates",
        "coordinates 52.520008, 13.404954",
        "Latitude and longitude to three decimals or more, after a word for them: a house or less.",
        Severity.MEDIUM,
    )
    near = words.context("postcode", words_people.POSTCODE, 20)
    where = words.context("coordinates", words_papers.COORDINATES, 32)
    return (
        Spec(
            uk,
            LEFT + b"(" + _UK + b")" + RIGHT,
            shapes=(rb"\d[0-9a-z]? \d[a-z]{2}\b",),
            near=near,
            alone=0.6,
        ),
        labelled(uk, _UK, near, None, 0.85),
        labelled(code, _ZIP, near, None, 0.75),
        labelled(
            point,
            _POINT + rb"\xc2?\xb0? ?[NS]?(?:, ?| )" + _POINT + rb"(?:\xc2\xb0)? ?[EWO]?",
            where,
            None,
            0.8,
        ),
    )
