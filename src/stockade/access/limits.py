"""How much a key may use: tokens, concurrency and spend; requests a minute stand on the key itself.

Numbers and their bounds only. Counting is ``meter``'s business, and 0 always means: no bound of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum

from stockade.core.errors import ConfigError

LIMIT_MAX = 1_000_000_000_000


class Period(StrEnum):
    """What a spend limit covers, in UTC."""

    DAY = "day"
    MONTH = "month"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of a key.

    Attributes:
        tokens_per_minute: tokens of requests and answers together.
        concurrency: calls at the same time.
        spend_micros: millionths of a US dollar in one period.
        period: which period.
    """

    tokens_per_minute: int = 0
    concurrency: int = 0
    spend_micros: int = 0
    period: Period = Period.MONTH

    def or_else(self, other: Limits) -> Limits:
        """Return these limits, with those of *other* where there is no bound here."""
        return Limits(
            self.tokens_per_minute or other.tokens_per_minute,
            self.concurrency or other.concurrency,
            self.spend_micros or other.spend_micros,
            self.period,
        )

    def as_dict(self) -> dict[str, object]:
        """Return the JSON form."""
        return {**asdict(self), "period": self.period.value}

    @classmethod
    def of_dict(cls, stored: Mapping[str, object]) -> Limits:
        """Read the JSON form; what no release wrote is a ``ValueError``."""
        numbers = {f.name: stored.get(f.name, 0) for f in fields(cls) if f.name != "period"}
        if not all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in numbers.values()):
            raise ValueError("limits")
        period = Period(str(stored.get("period", Period.MONTH.value)))
        tokens, concurrency, spend = (n if isinstance(n, int) else 0 for n in numbers.values())
        return cls(tokens, concurrency, spend, period)


UNLIMITED = Limits()


def check_limits(limits: Limits) -> None:
    """Refuse numbers that are no limits.

    Raises:
        ConfigError: there is one.
    """
    for number in (limits.tokens_per_minute, limits.concurrency, limits.spend_micros):
        if not 0 <= number <= LIMIT_MAX:
            raise ConfigError(
                "a key cannot have this limit", hint=f"give a number from 0 (none) to {LIMIT_MAX}"
            )


def period_start_ms(period: Period, now_ms: int) -> int:
    """Return when the period that *now_ms* lies in began; 0 for the one that never ends."""
    now = datetime.fromtimestamp(now_ms / 1000, UTC)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if period is Period.TOTAL:
        return 0
    start = midnight if period is Period.DAY else midnight.replace(day=1)
    return int(start.timestamp()) * 1000


def period_end_ms(period: Period, now_ms: int) -> int:
    """Return when the period that *now_ms* lies in ends; 0 for the one that never does."""
    start_ms = period_start_ms(period, now_ms)
    if period is Period.TOTAL:
        return 0
    # 32 days after its first day every month is over.
    days = 1 if period is Period.DAY else 32
    return period_start_ms(period, start_ms + days * 86_400_000)
