from __future__ import annotations

import json as standard

from tests.reports.samples import CLEAN, FULL

from stockade.reports import json


def test_a_finding_carries_the_fields_of_the_contract_and_its_place():
    first, second, third = standard.loads(json.render(FULL))["findings"]
    assert first == {
        "rule": "secret.acme", "label": "ACME", "class": "credentials", "start": 4, "end": 24,
        "confidence": 0.95, "severity": "critical", "title": "Acme key", "path": "src/a b.py", "line": 2,
        "column": 5, "end_line": 2, "end_column": 25, "shown": "acme…", "fingerprint": "ab" * 16,
    }  # fmt: skip
    assert second["commit"] == "c0ffee" * 6
    assert second["note"] == "still active"
    assert "line" not in third


def test_what_was_not_checked_is_listed_with_its_reason():
    told = standard.loads(json.render(FULL))
    assert told["not_checked"] == [{"path": "locked.bin", "reason": "permission denied"}]
    assert told["counts"] == {"files": 3, "suppressed": 0}


def test_a_clean_report_has_empty_lists():
    told = standard.loads(json.render(CLEAN))
    assert (told["findings"], told["not_checked"], told["tool"]) == ([], [], "stockade scan")
