"""The rows of the identifier tables: short names for the three data classes."""

from __future__ import annotations

from stockade.core.finding import Rule, Severity
from stockade.detectors.engine.manual import rule_row


def pii(label: str, title: str, probe: str, finds: str = "", severity: Severity = Severity.HIGH) -> Rule:
    """Return the rule of an identifier of a person."""
    return rule_row("pii", label, title, probe, finds=finds, severity=severity)


def phi(label: str, title: str, probe: str, finds: str = "", severity: Severity = Severity.HIGH) -> Rule:
    """Return the rule of an identifier of care."""
    return rule_row("phi", label, title, probe, finds=finds, severity=severity)


def financial(
    label: str, title: str, probe: str, finds: str = "", severity: Severity = Severity.HIGH
) -> Rule:
    """Return the rule of an identifier of money."""
    return rule_row("financial", label, title, probe, finds=finds, severity=severity)
