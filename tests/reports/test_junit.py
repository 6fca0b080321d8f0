from __future__ import annotations

from xml.etree import ElementTree

from tests.reports.samples import CLEAN, FULL

from stockade.reports import junit


def test_each_finding_is_a_failure_and_each_unchecked_file_an_error():
    root = ElementTree.fromstring(junit.render(FULL))
    suite = root.find("testsuite")
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("4", "3", "1")
    assert [f.get("type") for f in suite.iter("failure")] == ["secret.acme", "secret.acme", "pii.mail"]
    assert next(suite.iter("error")).get("message") == "permission denied"


def test_what_is_shown_is_escaped_and_reads_back():
    root = ElementTree.fromstring(junit.render(FULL))
    assert "<j…&\ufffd>" in list(root.iter("failure"))[2].text


def test_a_clean_run_is_one_passed_test():
    root = ElementTree.fromstring(junit.render(CLEAN))
    cases = list(root.iter("testcase"))
    assert len(cases) == 1
    assert list(cases[0]) == []
