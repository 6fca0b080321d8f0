"""What every report prints: findings with their places, and what could not be checked.

Made by whoever looked (a scan, an audit of dependencies, a check of controls); turned into bytes by one
module for each format. It holds no inspected text beyond what its maker chose to show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from stockade.core.finding import Finding, Rule, Severity


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found; lines and columns count from 1, columns in code points, ends exclusive.

    Attributes:
        path: the file, with ``/`` between its parts and ``!`` before what is inside an archive.
        line: 0 where lines make no sense, as in a whole file.
        column: where on the line.
        end_line: the line of its last character.
        end_column: the column behind its last character.
        commit: the version that holds it; empty for what lies in the tree.
    """

    path: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    commit: str = ""

    def __str__(self) -> str:
        spot = f":{self.line}:{self.column}" if self.line else ""
        return f"{self.path}{spot}" + (f" @{self.commit[:12]}" if self.commit else "")


@dataclass(frozen=True, slots=True)
class Result:
    """One finding, with what a reader needs to act on it.

    Attributes:
        finding: which rule, how sure, and where in the text.
        place: where in files.
        shown: what of it may be shown: redacted, unless somebody asked for more at a terminal.
        fingerprint: the same for the same thing in the same file, whatever its line; empty if not asked for.
        note: one more thing that is known ("still active", "author and date").
    """

    finding: Finding
    place: Place
    shown: str = field(default="", repr=False)
    fingerprint: str = ""
    note: str = ""

    @property
    def rule(self) -> Rule:
        """The rule that found it."""
        return self.finding.rule


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Something that was asked for and could not be looked at: it is not clean.

    Attributes:
        place: what it was.
        reason: why not.
    """

    place: Place
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one run.

    Attributes:
        tool: what ran, for example ``stockade scan``.
        version: of the program.
        results: what was found, in the order to print.
        unchecked: what could not be looked at.
        counts: numbers for the summary (files, bytes, suppressed), by name.
        rules: every rule that was looked for.
    """

    tool: str
    version: str
    results: tuple[Result, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    @property
    def by_severity(self) -> dict[Severity, int]:
        """How many results there are of each severity, the worst first."""
        found = dict.fromkeys(sorted(Severity, reverse=True), 0)
        for result in self.results:
            found[result.rule.severity] += 1
        return {severity: count for severity, count in found.items() if count}


def in_order(results: list[Result]) -> tuple[Result, ...]:
    """Return *results* ordered by place, then rule."""
    return tuple(
        sorted(results, key=lambda r: (r.place.path, r.place.commit, r.place.line, r.place.column, r.rule.id))
    )
