"""What the tests of the key tables share: every row fires on its probe, alone and among all others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from stockade.detectors.catalogue import structured_specs
from stockade.detectors.engine.sample import sample
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
        check_triggers(spec)
        plain = Scanner((spec,), linear=False).scan(rule.probe.encode())
        assert hits == plain, f"{rule.id}: the two engines disagree"
        assert not Scanner((spec,)).scan(b"nothing to see here = 12 " * 3), rule.id


def check_triggers(spec: Spec) -> None:
    """Check that what wakes a pattern is in everything that it matches."""
    triggers = [re.escape(word.encode()) for word in spec.words] + list(spec.shapes)
    if not triggers or not spec.pattern or b"(?i:" in spec.pattern or b"[^" in spec.pattern:
        return
    wakes = re.compile(b"|".join(triggers), re.IGNORECASE)
    for number in range(8):
        match = sample("(?:)" * number + spec.pattern.decode())
        assert wakes.search(f"key {match} ".encode()), f"{spec.rule.id} sleeps through a match"


def check_table(specs: Sequence[Spec]) -> None:
    """Check a table that is in the catalogue: each row, and that none yields to another on its own probe."""
    assert len({spec.rule.id for spec in specs}) == len({spec.rule.title for spec in specs})
    check_rows(specs)
    for spec in specs:
        ids = {finding.rule.id for finding in everything().detect(spec.rule.probe)}
        assert spec.rule.id in ids, f"{spec.rule.id} yields to {ids} on its own probe"
