"""What the tests of the key tables share: every row fires on its probe, alone and among all others."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from stockade.detectors.catalogue import structured_specs
from stockade.detectors.engine.scan import Scanner
from stockade.detectors.engine.spec import Spec
from stockade.detectors.structured import StructuredDetector


@cache
def everything() -> StructuredDetector:
    """Return the detector with all tables."""
    return StructuredDetector(structured_specs())


def found(specs: Sequence[Spec], text: str) -> set[str]:
    """Return the names of the rules of *specs* that fire on *text*."""
    return {hit.rule.id.partition(".")[2] for hit in Scanner(specs).scan(text.encode())}


def check_rows(specs: Sequence[Spec]) -> None:
    """Check every row of a table alone: it fires, with a title, a manual and references."""
    for spec in specs:
        rule = spec.rule
        assert rule.id.startswith("secret."), rule.id
        assert rule.data_class == "credentials", rule.id
        assert {"cwe:798", "owasp:LLM02"} <= set(rule.references), rule.id
        assert "## Not found" in rule.manual, rule.id
        assert rule.probe not in rule.manual, rule.id
        hits = Scanner((spec,)).scan(rule.probe.encode())
        assert hits, f"{rule.id} is silent on its probe"
        plain = Scanner((spec,), linear=False).scan(rule.probe.encode())
        assert hits == plain, f"{rule.id}: the two engines disagree"
        assert not Scanner((spec,)).scan(b"nothing to see here = 12 " * 3), rule.id


def check_table(specs: Sequence[Spec]) -> None:
    """Check a table that is in the catalogue: each row, and that none yields to another on its own probe."""
    assert len({spec.rule.id for spec in specs}) == len({spec.rule.title for spec in specs})
    check_rows(specs)
    for spec in specs:
        ids = {finding.rule.id for finding in everything().detect(spec.rule.probe)}
        assert spec.rule.id in ids, f"{spec.rule.id} yields to {ids} on its own probe"
