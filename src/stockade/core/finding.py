"""What a detector reports: which rule, where, how sure. Never what it read."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple, Protocol, runtime_checkable

from stockade.core.message import ALL_ORIGINS, Origin


class Severity(IntEnum):
    """How bad it is if the finding is true (SARIF and OCSF levels map onto it)."""

    INFO = 1
    LOW = 2
    MEDIUM = 3
    HIGH = 4
    CRITICAL = 5


class Span(NamedTuple):
    """A half-open range of code points of the text as it was given."""

    start: int
    end: int


# A claim on the whole text, whatever its length.
WHOLE = Span(0, sys.maxsize)


@dataclass(frozen=True, slots=True)
class Rule:
    """What is looked for.

    Attributes:
        id: ``family.name``, also the path of its manual page.
        title: one line for people.
        severity: how bad a true finding is.
        references: ``"owasp:LLM02"``, ``"cwe:798"``, ``"atlas:AML.T0051"``.
        label: the entity label (Presidio's where Presidio has one); empty for rules that name no entity.
        data_class: one of the guide's six classes, or the family for rules that are not about data.
        manual: the rule's page, Markdown under fixed headings; empty where the family's page says it.
        probe: a string on which the rule must fire; the gateway tries it at start.
    """

    id: str
    title: str
    severity: Severity = Severity.MEDIUM
    references: tuple[str, ...] = ()
    label: str = ""
    data_class: str = ""
    manual: str = field(default="", repr=False, compare=False)
    probe: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """One detector's claim on one span.

    Attributes:
        rule: which rule claims it.
        confidence: 0 to 1, calibrated where a model gave it.
        span: where, in code points of the text as given.
        subject: an opaque key that joins findings about the same person or secret; empty if unknown.
    """

    rule: Rule
    confidence: float
    span: Span = WHOLE
    subject: str = ""

    def as_dict(self) -> dict[str, object]:
        """Return the JSON form of the contract (no inspected text in it)."""
        rule = self.rule
        return {
            "rule": rule.id,
            "label": rule.label,
            "class": rule.data_class,
            "start": self.span.start,
            "end": self.span.end,
            "confidence": round(self.confidence, 4),
            "severity": rule.severity.name.lower(),
        }


@runtime_checkable
class Detector(Protocol):
    """Something that finds. Pure: no clock, no network, no disk.

    Attributes:
        name: the check's name in ``x-stockade-checks``.
        rules: every rule this detector may report.
        origins: whose texts it looks at.
        reach: how many characters to either side can change whether a finding exists; no finding is
            longer. ``None``: the whole text matters, so a stream has to hold everything.
    """

    name: str
    rules: tuple[Rule, ...]
    origins: frozenset[Origin]
    reach: int | None

    def detect(self, text: str) -> Sequence[Finding]:
        """Return the findings in *text*, in any order."""
        ...


@runtime_checkable
class BatchDetector(Protocol):
    """A detector that is faster on many texts at once."""

    def detect_many(self, texts: Sequence[str]) -> Sequence[Sequence[Finding]]:
        """Return the findings of each text, in the order given."""
        ...


@runtime_checkable
class SettlingDetector(Protocol):
    """A detector that can say more exactly than ``reach`` how far a growing text is settled.

    The law it must keep: for every continuation of *text*, the findings that start before the returned
    offset are the same, none of them crosses it, and detection that starts at the offset (with ``reach``
    characters of context kept to its left) finds the same things to the right of it.
    """

    def settled(self, text: str, start: int) -> int:
        """Return the offset (at least *start*) up to which *text* is settled."""
        ...


DETECTOR_FAILED = Rule(
    "core.detector-failed",
    "A check could not run",
    Severity.CRITICAL,
    ("owasp:LLM01",),
    data_class="core",
    manual="""## What it finds
A detector that raised, answered with the wrong type, ran past its deadline or reported an impossible place.

## Why it matters
A check that did not run has not said "clean". The default is to refuse (HTTP 503, `check_unavailable`).

## Not found
A detector that answers, wrongly: that is what the start-up probes are for.
""",
)

__all__ = [
    "ALL_ORIGINS",
    "DETECTOR_FAILED",
    "WHOLE",
    "BatchDetector",
    "Detector",
    "Finding",
    "Rule",
    "SettlingDetector",
    "Severity",
    "Span",
]
