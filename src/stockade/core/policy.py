"""Findings in, one decision out. The policy never sees a text.

A clause says: these rules, from these authors, at this confidence, mean this action. All clauses that
match are weighed and the strictest wins, whatever their order, so adding a clause can only tighten.
A finding that says a check could not run blocks unless a clause names ``core.*`` on purpose.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from fnmatch import fnmatchcase

from stockade.core.errors import ConfigError
from stockade.core.finding import DETECTOR_FAILED, Finding
from stockade.core.message import ALL_ORIGINS, Origin


class Action(IntEnum):
    """What is done; the largest wins."""

    ALLOW = 0
    FLAG = 1
    TRANSFORM = 2
    ROUTE_LOCAL = 3
    BLOCK = 4

    @property
    def word(self) -> str:
        """The action as written in policies, headers and logs."""
        return self.name.lower()


class Mode(StrEnum):
    """Whether a clause acts, only records what it would have done, or rests."""

    ENFORCE = "enforce"
    MONITOR = "monitor"
    OFF = "off"


# Strictest first: where two clauses ask for different edits of one span, the one that leaves less wins.
TRANSFORM_STRICTNESS = ("redact", "mask", "pseudonymize", "delimit")


@dataclass(frozen=True, slots=True)
class Clause:
    """One line of a policy.

    Attributes:
        rules: globs over rule ids (``"pii.*"``).
        action: what a match means.
        transform: the edit, for ``Action.TRANSFORM``; what replaces the span in the others is not asked.
        origins: whose texts it speaks of.
        confidence_min: matches findings at least this sure.
        mode: enforce, monitor (decide and record, do not act) or off.
        unless: globs over rule ids it does not speak of, although ``rules`` names them.
    """

    rules: tuple[str, ...]
    action: Action
    transform: str = "redact"
    origins: frozenset[Origin] = ALL_ORIGINS
    confidence_min: float = 0.0
    mode: Mode = Mode.ENFORCE
    unless: tuple[str, ...] = ()

    def matches(self, finding: Finding, origin: Origin) -> bool:
        """Say whether this clause speaks of *finding* in a text by *origin*."""
        return finding.confidence >= self.confidence_min and self.speaks_of(finding.rule.id, origin)

    def speaks_of(self, rule_id: str, origin: Origin) -> bool:
        """Say whether this clause speaks of a rule in texts by *origin*, at some confidence."""
        return (
            self.mode is not Mode.OFF
            and origin in self.origins
            and any(fnmatchcase(rule_id, glob) for glob in self.rules)
            and not any(fnmatchcase(rule_id, glob) for glob in self.unless)
        )


@dataclass(frozen=True, slots=True)
class Reason:
    """One finding with the clause that decided it.

    Attributes:
        finding: what was found.
        action: what is done about it; for a monitored clause, what would have been.
        transform: the edit asked for, where the action is a transform.
        mode: ``monitor`` reasons are recorded and never acted on.
    """

    finding: Finding
    action: Action
    transform: str = ""
    mode: Mode = Mode.ENFORCE


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one message.

    Attributes:
        action: the strictest enforced action.
        reasons: every finding that some clause spoke of, with what it led to; a second time where a
            monitored clause would have done more.
    """

    action: Action = Action.ALLOW
    reasons: tuple[Reason, ...] = ()

    @property
    def would_be(self) -> Action:
        """The action if every monitored clause were enforced: the true verdict."""
        return max((r.action for r in self.reasons), default=Action.ALLOW)


@dataclass(frozen=True, slots=True)
class Policy:
    """A named list of clauses.

    Attributes:
        name: as written in configuration.
        clauses: all that match are weighed; an empty list is refused.
        default: for findings no clause speaks of.
        digest: short hash of the policy's canonical text, for headers and the record.
    """

    name: str
    clauses: tuple[Clause, ...]
    default: Action = Action.ALLOW
    digest: str = ""
    _memo: dict[tuple[str, Origin], tuple[Clause, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Refuse a policy that would let everything through by mistake.

        Raises:
            ConfigError: no clause at all.
        """
        if not self.clauses:
            raise ConfigError(
                f"policy {self.name!r} has no clause, so it would let everything through",
                hint="extend a shipped policy, or spell it Policy.unsafe_allow_all()",
            )

    @classmethod
    def unsafe_allow_all(cls, name: str = "unsafe-allow-all") -> Policy:
        """Return a policy that records and lets everything through, failed checks too."""
        return cls(name, (Clause(("*",), Action.ALLOW),))

    def decide(self, findings: Iterable[Finding], origin: Origin) -> Decision:
        """Weigh *findings* in a text by *origin* and return one decision."""
        reasons: list[Reason] = []
        for finding in findings:
            reasons += self._weigh(finding, origin)
        action = Action.ALLOW
        for reason in reasons:
            if reason.action > action and reason.mode is Mode.ENFORCE:
                action = reason.action
        return Decision(action, tuple(reasons))

    def _weigh(self, finding: Finding, origin: Origin) -> Iterable[Reason]:
        matching = [
            c for c in self._clauses(finding.rule.id, origin) if finding.confidence >= c.confidence_min
        ]
        if not matching:
            if finding.rule is DETECTOR_FAILED:
                return (Reason(finding, Action.BLOCK),)
            return (Reason(finding, self.default),) if self.default else ()
        if len(matching) == 1:
            return (_reason(finding, matching[0]),)
        enforced = [c for c in matching if c.mode is Mode.ENFORCE]
        monitored = [c for c in matching if c.mode is Mode.MONITOR]
        chosen = max(enforced, key=_strictness, default=None)
        shadow = max(monitored, key=_strictness, default=None)
        if shadow is None or (chosen is not None and shadow.action <= chosen.action):
            assert chosen is not None
            return (_reason(finding, chosen),)
        # What a monitored clause would have done is kept beside what is done.
        if chosen is None or chosen.action is Action.ALLOW:
            return (_reason(finding, shadow),)
        return (_reason(finding, chosen), _reason(finding, shadow))

    def _clauses(self, rule_id: str, origin: Origin) -> tuple[Clause, ...]:
        # The globs are matched once per rule and origin, not once per finding.
        found = self._memo.get((rule_id, origin))
        if found is None:
            found = tuple(c for c in self.clauses if c.speaks_of(rule_id, origin))
            self._memo[rule_id, origin] = found
        return found


def _reason(finding: Finding, clause: Clause) -> Reason:
    transform = clause.transform if clause.action is Action.TRANSFORM else ""
    return Reason(finding, clause.action, transform, clause.mode)


def _strictness(clause: Clause) -> tuple[int, int]:
    if clause.action is not Action.TRANSFORM:
        return (int(clause.action), 0)
    order = TRANSFORM_STRICTNESS
    rank = order.index(clause.transform) if clause.transform in order else -1
    return (int(clause.action), len(order) - rank)
