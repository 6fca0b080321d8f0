from __future__ import annotations

from tests.reports.samples import CLEAN, FULL, KEY

from stockade.core.finding import Severity
from stockade.reports import Place, in_order


def test_a_place_reads_as_editors_write_it():
    assert str(Place("a.py", 3, 7)) == "a.py:3:7"
    assert str(Place("a.py")) == "a.py"
    assert str(Place("a.py", 3, 7, commit="0123456789abcdef")) == "a.py:3:7 @0123456789ab"


def test_severities_are_counted_the_worst_first():
    assert list(FULL.by_severity.items()) == [(Severity.CRITICAL, 2), (Severity.LOW, 1)]
    assert CLEAN.by_severity == {}


def test_results_are_ordered_by_place():
    ordered = in_order(list(reversed(FULL.results)))
    assert [r.place.path for r in ordered] == sorted(r.place.path for r in FULL.results)


def test_a_result_knows_its_rule_and_hides_what_is_shown():
    assert FULL.results[0].rule is KEY
    assert "acme…" not in repr(FULL.results[0])
