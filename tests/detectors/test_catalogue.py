from __future__ import annotations

import re
from collections import Counter

import pytest

from stockade.detectors.catalogue import TABLES, structured_specs
from stockade.detectors.engine.matching import compile_pattern
from stockade.detectors.engine.spec import SEPARATOR
from stockade.detectors.engine.syntax import parse
from stockade.detectors.structured import StructuredDetector

SPECS = structured_specs()
PATTERNS = [spec for spec in SPECS if spec.pattern]


def ids(spec):
    return spec.rule.id


def test_every_table_brings_something():
    assert [table for table in TABLES if not table()] == []


def test_every_rule_has_an_id_of_its_family_a_manual_and_a_probe():
    families = {"pii", "phi", "financial", "secret"}
    for rule in {spec.rule.id: spec.rule for spec in SPECS}.values():
        assert rule.id.partition(".")[0] in families
        assert rule.manual
        assert rule.probe
        assert rule.label
        assert rule.references


def test_one_id_means_one_rule():
    meant = {(spec.rule.id, spec.rule) for spec in SPECS}
    assert [name for name, count in Counter(name for name, _ in meant).items() if count > 1] == []


@pytest.mark.parametrize("spec", PATTERNS, ids=ids)
def test_every_pattern_compiles_in_the_linear_engine_and_in_the_standard_one(spec):
    pattern = (b"(?i)" if spec.fold else b"") + spec.pattern
    compile_pattern(pattern, linear=True)
    compile_pattern(pattern, linear=False)


@pytest.mark.parametrize("spec", PATTERNS, ids=ids)
def test_no_pattern_matches_nothing_and_none_joins_texts(spec):
    tree = parse(spec.pattern, fold=spec.fold)
    assert compile_pattern(spec.pattern).find(b"", 0, 0) is None
    if tree.members >> SEPARATOR[0] & 1:
        # What stands beside the group in "(value)(?:[^A-Za-z]|$)" is looked at, not claimed.
        claimed = parse(group(spec.pattern), fold=spec.fold)
        assert not claimed.members >> SEPARATOR[0] & 1, "what parts texts may stand only outside the group"


TOKEN = re.compile(rb"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\??|\)|[^\\\[()]", re.DOTALL)


def group(pattern):
    """Return what the first capturing group of *pattern* holds."""
    depth, begin = 0, -1
    for token in TOKEN.finditer(pattern):
        if begin < 0 and token[0] == b"(":
            begin = token.end()
        elif begin >= 0:
            depth += token[0].startswith(b"(") - (token[0] == b")")
            if depth < 0:
                return pattern[begin : token.start()]
    return pattern


def test_all_specs_together_make_a_detector():
    detector = StructuredDetector(SPECS)
    assert {rule.id for rule in detector.rules} == {spec.rule.id for spec in SPECS}
