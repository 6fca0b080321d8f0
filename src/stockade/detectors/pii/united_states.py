"""Identifiers of the United States."""

from __future__ import annotations

from stockade.core.finding import Severity
from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii import checks, words
from stockade.detectors.pii.rows import pii


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    ssn = pii(
        "US_SSN",
        "US social security number",
        "SSN 536-90-4399",
        "A social security number in a range that is issued.",
        Severity.CRITICAL,
    )
    near = words.context("ssn", words.SSN)
    return (
        Spec(
            ssn,
            rb"\b\d{3}-\d{2}-\d{4}\b",
            shapes=(rb"\d{3}-\d{2}-\d{4}",),
            check=checks.us_ssn,
            near=near,
            left=b"-./+",
            right=b"-/",
            alone=0.85,
        ),
        Spec(
            ssn,
            rb"\b\d{3}[ .]?\d{2}[ .]?\d{4}\b",
            check=checks.us_ssn,
            near=near,
            left=b"-./+",
            right=b"-/",
            alone=0.0,
            strong=0.9,
        ),
    )
