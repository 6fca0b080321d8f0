"""The report for programs: one JSON object. Its fields are described in the formats reference."""

from __future__ import annotations

import orjson

from stockade.reports.report import Place, Report, Result

FORMAT_VERSION = 1


def render(report: Report) -> bytes:
    """Return *report* as JSON."""
    document = {
        "tool": report.tool,
        "version": report.version,
        "format": FORMAT_VERSION,
        "findings": [_finding(result) for result in report.results],
        "not_checked": [{**_place(u.place), "reason": u.reason} for u in report.unchecked],
        "counts": dict(report.counts),
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _finding(result: Result) -> dict[str, object]:
    told: dict[str, object] = {**result.finding.as_dict(), "title": result.rule.title, **_place(result.place)}
    optional = {"shown": result.shown, "fingerprint": result.fingerprint, "note": result.note}
    return told | {name: value for name, value in optional.items() if value}


def _place(place: Place) -> dict[str, object]:
    told: dict[str, object] = {"path": place.path}
    if place.line:
        told |= {
            "line": place.line,
            "column": place.column,
            "end_line": place.end_line,
            "end_column": place.end_column,
        }
    return told | ({"commit": place.commit} if place.commit else {})
