"""Small detectors for the laws: real enough to overlap, to cross cuts and to fail."""

from __future__ import annotations

import re

from stockade.core.finding import Finding, Rule, Severity, Span
from stockade.core.message import ALL_ORIGINS

MAIL = Rule("pii.email", "E-mail", Severity.MEDIUM, label="EMAIL_ADDRESS", data_class="pii", probe="a@b.cc")
DIGITS = Rule("pii.digits", "Digits", Severity.LOW, label="DIGITS", data_class="pii", probe="1234")
TOKEN = Rule("secret.token", "Token", Severity.HIGH, label="TOKEN", data_class="credentials", probe="tk-aaaa")


class PatternDetector:
    """Finds one bounded pattern."""

    origins = ALL_ORIGINS

    def __init__(self, rule: Rule, pattern: str, reach: int) -> None:
        self.name = rule.id
        self.rules = (rule,)
        self.reach: int | None = reach
        self._pattern = re.compile(pattern)

    def detect(self, text: str) -> list[Finding]:
        return [Finding(self.rules[0], 0.9, Span(*m.span())) for m in self._pattern.finditer(text)]


class WordDetector(PatternDetector):
    """Like it, but settles at the last space: its pattern cannot match across one."""

    def settled(self, text: str, start: int) -> int:
        return max(start, text.rfind(" ") + 1)


class BrokenDetector:
    """Raises."""

    name = "broken"
    rules = (DIGITS,)
    origins = ALL_ORIGINS
    reach = 4

    def detect(self, text: str) -> list[Finding]:
        raise RuntimeError(text)


class LyingDetector(BrokenDetector):
    """Points outside the text."""

    name = "lying"

    def detect(self, text: str) -> list[Finding]:
        return [Finding(DIGITS, 0.5, Span(0, len(text) + 5))]


def detectors() -> tuple[PatternDetector, ...]:
    return (
        PatternDetector(MAIL, r"[a-z0-9.]{1,8}@[a-z0-9]{1,6}\.[a-z]{2,4}", 20),
        PatternDetector(DIGITS, r"(?<!\d)\d{4}(?!\d)", 6),
        WordDetector(TOKEN, r"tk-[a-z]{4,12}", 16),
    )
