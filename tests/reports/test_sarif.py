from __future__ import annotations

import json

from tests.reports.samples import CLEAN, FULL, KEY
from tests.reports.sarif_shape import faults

from stockade.reports import Report, sarif


def read(report: Report) -> dict:
    return json.loads(sarif.render(report))


def test_reports_are_valid_and_the_check_can_fail():
    assert faults(read(FULL)) == faults(read(CLEAN)) == []
    broken = read(FULL)
    broken["version"] = "2.0.0"
    broken["runs"][0]["results"][0]["level"] = "fatal"
    broken["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    del broken["runs"][0]["tool"]["driver"]["name"]
    assert len(faults(broken)) == 4


def test_a_result_points_at_its_rule_and_its_place():
    run = read(FULL)["runs"][0]
    result = run["results"][0]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "secret.acme"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "src/a%20b.py"
    assert place["region"] == {"startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 25}
    assert result["partialFingerprints"] == {sarif.FINGERPRINT: "ab" * 16}


def test_a_rule_brings_its_manual_and_its_score():
    rules = {rule["id"]: rule for rule in read(FULL)["runs"][0]["tool"]["driver"]["rules"]}
    assert rules["secret.acme"]["help"]["markdown"] == KEY.manual
    assert rules["secret.acme"]["properties"]["security-severity"] == "9.5"
    assert "help" not in rules["pii.mail"]


def test_what_was_not_checked_makes_the_run_unsuccessful():
    assert read(CLEAN)["runs"][0]["invocations"] == [{"executionSuccessful": True}]
    (invocation,) = read(FULL)["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "not checked: permission denied"


def test_paths_become_addresses():
    assert sarif.uri("/abs/é:x%") == "file:///abs/%C3%A9%3Ax%25"
    assert sarif.uri("a/b?c#d") == "a/b%3Fc%23d"
    assert sarif.uri("bad\udcff") == "bad%FF"
