"""What looks like personal data and is none: nothing is found in any line, nor in lines put together."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.corpus.pii.made import MAKERS, lines
from tests.detectors.pii.tables import detector

from stockade.detectors.pii.tables import identifier_specs

WRITTEN = [
    line
    for line in Path(__file__).with_name("lookalikes.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("# ")
]
MADE = list(lines(60))


def rules_in(text: str) -> list[str]:
    return [f"{finding.rule.id} in: {text[:80]}" for finding in detector(identifier_specs).detect(text)]


def test_there_are_many_lines_of_many_kinds():
    assert len(set(WRITTEN)) == len(WRITTEN) >= 240
    assert len(set(MADE)) >= 1000
    assert len(MAKERS) >= 18


def test_nothing_is_found_in_a_line_written_by_hand():
    assert [rule for line in WRITTEN for rule in rules_in(line)] == []


def test_nothing_is_found_in_a_line_made_by_rule():
    assert [rule for line in MADE for rule in rules_in(line)] == []


@pytest.mark.parametrize("of", [WRITTEN, MADE], ids=["written", "made"])
def test_nothing_is_found_where_lines_stand_together(of):
    pages = ["\n".join(of[start : start + 25]) for start in range(0, len(of), 25)]
    assert [rule for page in pages for rule in rules_in(page)] == []
