"""The report for build servers that know tests only: a failed test for each finding (JUnit XML).

What could not be checked is an error, not a failure and not a pass. A clean run is one passed test, because
an empty suite is read as "nothing ran".
"""

from __future__ import annotations

from html import escape

from stockade.reports.printable import one_line
from stockade.reports.report import Report, Result, Unchecked


def render(report: Report) -> bytes:
    """Return *report* as JUnit XML."""
    cases = [_failure(result) for result in report.results] + [_error(u) for u in report.unchecked]
    if not cases:
        cases = [f"    <testcase name={_attribute(report.tool)} classname={_attribute(report.tool)}/>"]
    numbers = f'tests="{len(cases)}" failures="{len(report.results)}" errors="{len(report.unchecked)}"'
    name = _attribute(report.tool)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites name={name} {numbers}>",
        f"  <testsuite name={name} {numbers}>",
        *cases,
        "  </testsuite>",
        "</testsuites>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _failure(result: Result) -> str:
    rule = result.rule
    message = f"{rule.title} ({rule.severity.name.lower()})"
    body = " ".join(part for part in (str(result.place), result.shown, result.note) if part)
    name, group = _attribute(f"{rule.id} {result.place}"), _attribute(result.place.path)
    return (
        f"    <testcase name={name} classname={group}>\n"
        f"      <failure type={_attribute(rule.id)} message={_attribute(message)}>{_text(body)}</failure>\n"
        "    </testcase>"
    )


def _error(unchecked: Unchecked) -> str:
    where = str(unchecked.place)
    return (
        f"    <testcase name={_attribute(where)} classname={_attribute(unchecked.place.path)}>\n"
        f'      <error type="not-checked" message={_attribute(unchecked.reason)}/>\n'
        "    </testcase>"
    )


def _attribute(value: str) -> str:
    return f'"{escape(one_line(value))}"'


def _text(value: str) -> str:
    return escape(one_line(value), quote=False)
