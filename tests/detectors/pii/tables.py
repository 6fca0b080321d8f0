"""What the tests of the tables share: a table on its own, asked for the labels and the places it finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from stockade.detectors.engine.spec import Spec
from stockade.detectors.structured import StructuredDetector

HEADINGS = ("## What it finds", "## Why it matters", "## Example", "## Not found", "## References")
FAMILIES = {"pii": "pii", "phi": "phi", "financial": "financial"}


@cache
def detector(specs: Callable[[], Sequence[Spec]]) -> StructuredDetector:
    return StructuredDetector(specs())


def labels(specs: Callable[[], Sequence[Spec]], text: str) -> list[str]:
    """Return the labels the table finds in *text*, by place."""
    return [finding.rule.label for finding in detector(specs).detect(text)]


def found(specs: Callable[[], Sequence[Spec]], text: str) -> list[tuple[str, str]]:
    """Return label and matched text of every finding."""
    return [(f.rule.label, text[f.span.start : f.span.end]) for f in detector(specs).detect(text)]


def check_table(specs: Callable[[], Sequence[Spec]]) -> None:
    """Every rule of the table fires on its probe, is explained, classed, referenced and graded."""
    rules = {spec.rule.id: spec.rule for spec in specs()}
    for rule in rules.values():
        assert rule.id == f"{FAMILIES[rule.data_class]}.{rule.label.lower()}"
        assert rule.label in labels(specs, rule.probe), f"{rule.id} is silent on its probe"
        assert all(heading in rule.manual for heading in HEADINGS), rule.id
        assert rule.references, rule.id
        assert rule.title, rule.id
