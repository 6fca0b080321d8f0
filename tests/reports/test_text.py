from __future__ import annotations

from tests.reports.samples import CLEAN, FULL

from stockade.reports import text


def test_a_finding_is_one_line_that_begins_with_its_place():
    lines = text.render(FULL).decode().splitlines()
    assert lines[0] == "src/a b.py:2:5: critical: Acme key [secret.acme] 0.95  acme…"
    assert lines[1] == "old.py:1:1 @c0ffeec0ffee: critical: Acme key [secret.acme]  (still active)"
    assert len(lines) == 5


def test_what_was_not_checked_is_said_loudly():
    assert "locked.bin: NOT CHECKED: permission denied" in text.render(FULL).decode()


def test_the_summary_counts_what_is_not_zero():
    assert text.summary(FULL) == "stockade scan: 3 found (2 critical, 1 low), 1 NOT CHECKED, 3 files"
    assert text.summary(CLEAN) == "stockade scan: 0 found, 3 files"
