"""The report for code hosts: SARIF 2.1.0 (OASIS).

Columns are code points, as in every finding. What could not be checked is a notification, and then the run
says that it was not successful.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import orjson

from stockade.core.finding import Rule, Severity
from stockade.reports.report import Place, Report, Result, Unchecked

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "stockade/v1"
_LEVELS = MappingProxyType(
    {
        Severity.INFO: "note",
        Severity.LOW: "note",
        Severity.MEDIUM: "warning",
        Severity.HIGH: "error",
        Severity.CRITICAL: "error",
    }
)
# The scale on which code hosts order findings (0 to 10, as CVSS).
_SCORES = MappingProxyType(
    {
        Severity.INFO: "0.0",
        Severity.LOW: "2.0",
        Severity.MEDIUM: "5.0",
        Severity.HIGH: "8.0",
        Severity.CRITICAL: "9.5",
    }
)
# What an address may hold as it is (RFC 3986, path).
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=@/")


def render(report: Report) -> bytes:
    """Return *report* as SARIF."""
    rules = {rule.id: rule for rule in report.rules} | {r.rule.id: r.rule for r in report.results}
    ordered = [rules[name] for name in sorted(rules)]
    index = {rule.id: number for number, rule in enumerate(ordered)}
    run = {
        "tool": {
            "driver": {
                "name": report.tool,
                "version": report.version,
                "rules": [_rule(rule) for rule in ordered],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "results": [_result(result, index) for result in report.results],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return orjson.dumps(log, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _rule(rule: Rule) -> dict[str, object]:
    told: dict[str, object] = {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "security-severity": _SCORES[rule.severity],
            "tags": ["security", *rule.references],
        },
    }
    if rule.manual:
        told["help"] = {"text": rule.title, "markdown": rule.manual}
    return told


def _result(result: Result, index: Mapping[str, int]) -> dict[str, object]:
    text = f"{result.rule.title}: {result.shown}" if result.shown else result.rule.title
    properties: dict[str, object] = {"confidence": round(result.finding.confidence, 4)}
    if result.place.commit:
        properties["commit"] = result.place.commit
    told: dict[str, object] = {
        "ruleId": result.rule.id,
        "ruleIndex": index[result.rule.id],
        "level": _LEVELS[result.rule.severity],
        "message": {"text": f"{text} ({result.note})" if result.note else text},
        "locations": [{"physicalLocation": _location(result.place)}],
        "properties": properties,
    }
    if result.fingerprint:
        told["partialFingerprints"] = {FINGERPRINT: result.fingerprint}
    return told


def _location(place: Place) -> dict[str, object]:
    told: dict[str, object] = {"artifactLocation": {"uri": uri(place.path)}}
    if place.line:
        told["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        }
    return told


def _invocation(report: Report) -> dict[str, object]:
    told: dict[str, object] = {"executionSuccessful": not report.unchecked}
    if report.unchecked:
        told["toolExecutionNotifications"] = [_notification(unchecked) for unchecked in report.unchecked]
    return told


def _notification(unchecked: Unchecked) -> dict[str, object]:
    return {
        "level": "error",
        "message": {"text": f"not checked: {unchecked.reason}"},
        "locations": [{"physicalLocation": _location(unchecked.place)}],
    }


def uri(path: str) -> str:
    """Return *path* as a relative reference; absolute ones become ``file:`` addresses."""
    quoted = "".join(
        chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in path.encode("utf-8", "surrogateescape")
    )
    return f"file://{quoted}" if quoted.startswith("/") else quoted
