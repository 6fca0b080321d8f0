"""Which keys should not be as they are: stale, unused, too old, ending soon, ownerless, over-privileged.

It reads what is remembered of keys and changes nothing. Revoked and expired keys are nobody's problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from stockade.access.key import GatewayKey, KeyClass, KeyState
from stockade.access.meter import limited
from stockade.access.rights import DAY_MS
from stockade.core.finding import Finding, Rule, Severity


@dataclass(frozen=True, slots=True)
class Ages:
    """From when on a key is worth a word, in days.

    Attributes:
        stale: not used for so long.
        unused: never used, so long after it was made.
        over_age: made so long ago.
        ending: so long before it expires.
    """

    stale: int = 90
    unused: int = 14
    over_age: int = 365
    ending: int = 7


def _rule(name: str, title: str, severity: Severity) -> Rule:
    return Rule(f"access.{name}", title, severity, ("cwe:1391",), data_class="access")


STALE = _rule("stale-key", "A key that has not been used for long", Severity.MEDIUM)
UNUSED = _rule("unused-key", "A key that was never used", Severity.MEDIUM)
OVER_AGE = _rule("over-age-key", "A key that is too old", Severity.HIGH)
ENDING = _rule("ending-key", "A key that is in use and expires soon", Severity.LOW)
OWNERLESS = _rule("ownerless-key", "A key that nobody answers for", Severity.LOW)
UNBOUNDED = _rule("unbounded-key", "A key that may use as much as it likes, for ever", Severity.MEDIUM)
WIDE = _rule("wide-key", "A scoped key whose scope is everything", Severity.MEDIUM)
RULES = (STALE, UNUSED, OVER_AGE, ENDING, OWNERLESS, UNBOUNDED, WIDE)


@dataclass(frozen=True, slots=True)
class _At:
    now_ms: int
    ages: Ages

    def before(self, at_ms: int, days: int) -> bool:
        """Say whether *at_ms* is *days* ago or more."""
        return self.now_ms - at_ms >= days * DAY_MS


_TESTS: tuple[tuple[Rule, Callable[[GatewayKey, _At], bool]], ...] = (
    (STALE, lambda key, at: bool(key.last_used_at_ms) and at.before(key.last_used_at_ms, at.ages.stale)),
    (UNUSED, lambda key, at: not key.last_used_at_ms and at.before(key.created_at_ms, at.ages.unused)),
    (OVER_AGE, lambda key, at: at.before(key.created_at_ms, at.ages.over_age)),
    (
        ENDING,
        lambda key, at: (
            bool(key.expires_at_ms and key.last_used_at_ms)
            and not key.replaced_by
            and key.expires_at_ms - at.now_ms < at.ages.ending * DAY_MS
        ),
    ),
    (OWNERLESS, lambda key, _: not key.owner),
    (
        UNBOUNDED,
        lambda key, _: key.key_class is not KeyClass.READ_ONLY and not key.expires_at_ms and not limited(key),
    ),
    (WIDE, lambda key, _: key.key_class is KeyClass.SCOPED and "*" in key.models and key.scope.empty),
)


def review(keys: Iterable[GatewayKey], *, now_ms: int, ages: Ages | None = None) -> tuple[Finding, ...]:
    """Return what is wrong with *keys*; the subject of each finding is the key's id."""
    at = _At(now_ms, ages or Ages())
    return tuple(
        Finding(rule, 1.0, subject=key.id)
        for key in keys
        if key.state is KeyState.ACTIVE and (not key.expires_at_ms or key.expires_at_ms > now_ms)
        for rule, wrong in _TESTS
        if wrong(key, at)
    )
