"""Reports for the tests: one with findings of every kind, one clean."""

from __future__ import annotations

from stockade.core.finding import Finding, Rule, Severity, Span
from stockade.reports import Place, Report, Result, Unchecked

KEY = Rule(
    "secret.acme",
    "Acme key",
    Severity.CRITICAL,
    ("cwe:798",),
    "ACME",
    "credentials",
    manual="## What it finds\nKeys.",
)
MAIL = Rule("pii.mail", "E-mail address", Severity.LOW, (), "EMAIL_ADDRESS", "pii")
FULL = Report(
    "stockade scan",
    "1.2.3",
    results=(
        Result(Finding(KEY, 0.95, Span(4, 24)), Place("src/a b.py", 2, 5, 2, 25), "acme…", "ab" * 16),
        Result(
            Finding(KEY, 1.0, Span(0, 20)), Place("old.py", 1, 1, 3, 4, "c0ffee" * 6), note="still active"
        ),
        Result(Finding(MAIL, 0.5, Span(0, 9)), Place("/abs/x.zip!in/é\x1b[31m.txt"), shown="<j…&\u202e>"),
    ),
    unchecked=(Unchecked(Place("locked.bin"), "permission denied"),),
    counts={"files": 3, "suppressed": 0},
    rules=(KEY, MAIL),
)
CLEAN = Report("stockade scan", "1.2.3", counts={"files": 3})
