"""What is counted for a key, and the port to whatever counts.

Numbers only: which of them is too many is judged by the store, in the same step that counts, and what follows
from it is said by ``meter``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Claim:
    """What one call takes before it is made, and the bounds it must stay within (0: no bound).

    Attributes:
        id: of the reservation; never used twice.
        key_id: whose.
        tokens: estimated, of request and answer.
        cost_micros: estimated.
        requests_max: in a minute.
        tokens_max: in a minute.
        concurrency_max: at the same time.
        spend_max: in the period.
        period_started_ms: which period.
        expires_at_ms: until when the call has to be renewed or settled.
    """

    id: str
    key_id: str
    tokens: int = 0
    cost_micros: int = 0
    requests_max: int = 0
    tokens_max: int = 0
    concurrency_max: int = 0
    spend_max: int = 0
    period_started_ms: int = 0
    expires_at_ms: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What a key has used.

    Attributes:
        minute_started_ms: when its current minute began: with the first call after the last one ended.
        requests: in this minute.
        tokens: in this minute, estimates of calls under way included.
        in_flight: calls under way.
        period_started_ms: which period ``spent_micros`` is of.
        spent_micros: settled in the period.
        reserved_micros: held by calls under way.
    """

    minute_started_ms: int = 0
    requests: int = 0
    tokens: int = 0
    in_flight: int = 0
    period_started_ms: int = 0
    spent_micros: int = 0
    reserved_micros: int = 0

    def at(self, now_ms: int, period_started_ms: int) -> Standing:
        """Return this standing with what is over set to nothing."""
        fresh = self.fresh(now_ms)
        current = self.period_started_ms == period_started_ms
        return Standing(
            self.minute_started_ms if fresh else now_ms,
            self.requests if fresh else 0,
            self.tokens if fresh else 0,
            self.in_flight,
            period_started_ms,
            self.spent_micros if current else 0,
            self.reserved_micros,
        )

    def fresh(self, now_ms: int) -> bool:
        """Say whether the minute still runs; a clock that was set back far begins a new one."""
        return -MINUTE_MS < now_ms - self.minute_started_ms < MINUTE_MS


@dataclass(frozen=True, slots=True)
class Settled:
    """What a call came to.

    Attributes:
        id: of the reservation.
        key_id: whose.
        tokens: used.
        cost_micros: spent.
        period_started_ms: the period it counts for.
    """

    id: str
    key_id: str
    tokens: int
    cost_micros: int
    period_started_ms: int


def refused_by(claim: Claim, standing: Standing) -> str:
    """Return which bound *claim* would pass on top of *standing*; empty where it fits."""
    if 0 < claim.requests_max <= standing.requests:
        return "requests"
    if claim.tokens_max and standing.tokens + claim.tokens > claim.tokens_max:
        return "tokens"
    if 0 < claim.concurrency_max <= standing.in_flight:
        return "concurrency"
    spent = standing.spent_micros + standing.reserved_micros
    if claim.spend_max and spent + claim.cost_micros > claim.spend_max:
        return "spend"
    return ""


class LimitStore(Protocol):
    """Counts. Every method raises ``StoreError`` when the store cannot answer."""

    def reserve(self, claim: Claim, now_ms: int) -> tuple[bool, Standing]:
        """Judge and count in one step: whether the claim was admitted, and the standing after that."""
        ...

    def settle(self, settled: Settled, now_ms: int) -> None:
        """Put what was used in the place of what was reserved.

        A reservation that was given back in the meantime, because its gateway had not spoken for it, still
        has its spend counted; a second settling of the same call changes nothing.
        """
        ...

    def renew(self, ids: tuple[str, ...], expires_at_ms: int) -> None:
        """Speak for calls that are still under way."""
        ...

    def sweep(self, now_ms: int) -> int:
        """Give back what calls hold that nobody has spoken for, and return how many there were."""
        ...

    def standing(self, key_id: str) -> Standing:
        """Return what a key has used."""
        ...
