"""The report for people: one line for each finding, what was not checked, and a summary.

``path:line:column`` stands first, so that editors and terminals make it a link. Plain text; colour is the
command line's business.
"""

from __future__ import annotations

from stockade.reports.printable import one_line
from stockade.reports.report import Report, Result


def render(report: Report) -> bytes:
    """Return *report* as UTF-8 text."""
    lines = [_line(result) for result in report.results]
    lines += [f"{one_line(str(u.place))}: NOT CHECKED: {one_line(u.reason)}" for u in report.unchecked]
    lines.append(summary(report))
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def summary(report: Report) -> str:
    """Return the last line: how much was found, not checked and looked at."""
    severities = ", ".join(
        f"{count} {severity.name.lower()}" for severity, count in report.by_severity.items()
    )
    found = f"{len(report.results)} found" + (f" ({severities})" if severities else "")
    parts = [found]
    if report.unchecked:
        parts.append(f"{len(report.unchecked)} NOT CHECKED")
    parts += [f"{count} {name}" for name, count in report.counts.items() if count]
    return f"{report.tool}: " + ", ".join(parts)


def _line(result: Result) -> str:
    rule = result.rule
    line = f"{one_line(str(result.place))}: {rule.severity.name.lower()}: {rule.title} [{rule.id}]"
    if result.finding.confidence < 1:
        line += f" {result.finding.confidence:.2f}"
    if result.shown:
        line += f"  {one_line(result.shown)}"
    if result.note:
        line += f"  ({one_line(result.note)})"
    return line
