"""Reserve before a call, settle after it: rates, concurrency and spend of a key.

A key without limits costs nothing here. The judgement falls in the store, in one step with the counting; no
lock and no transaction is held while the call is under way. A store that cannot answer refuses: its
``StoreError`` goes on to the caller.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from stockade.access.claim import MINUTE_MS, Claim, LimitStore, Settled, Standing, refused_by
from stockade.access.key import GatewayKey
from stockade.access.limits import period_end_ms, period_start_ms
from stockade.access.prices import Prices
from stockade.access.refusal import AccessRefusedError

# A gateway speaks for its calls at a third of this; what a dead one holds is free again after it.
LEASE_MS = 60_000
# Where a request does not say how long its answer may get, this much is reserved.
ANSWER_TOKENS = 1_024


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a call may come to.

    Attributes:
        model: what it calls, as the upstream names it.
        input_tokens: of the request.
        output_tokens: the most that the answer may have; 0 where the request does not say.
    """

    model: str
    input_tokens: int
    output_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Reservation:
    """A call that was let in.

    Attributes:
        claim: what it took.
        model: what it calls.
        headers: ``x-ratelimit-*``, for the answer.
    """

    claim: Claim
    model: str
    headers: tuple[tuple[str, str], ...]


class Meter:
    """Counts calls against the limits of their keys, thread-safe.

    Args:
        store: counts.
        prices: what tokens cost.
        clock: milliseconds since 1970.
        new_id: makes an id that was never used.
    """

    __slots__ = ("_clock", "_lock", "_new_id", "_open", "_owed", "_prices", "_store")

    def __init__(
        self, store: LimitStore, *, prices: Prices, clock: Callable[[], int], new_id: Callable[[], str]
    ) -> None:
        self._store = store
        self._prices = prices
        self._clock = clock
        self._new_id = new_id
        self._open: dict[str, Claim] = {}
        self._owed: dict[str, Settled] = {}
        self._lock = threading.Lock()

    def reserve(self, key: GatewayKey, estimate: Estimate) -> Reservation | None:
        """Let a call in; ``None`` for a key that has no limits. Each reservation must be settled or released.

        Raises:
            AccessRefusedError: a limit is used up (429), or the price of the model is not known (403).
            StoreError: the store cannot answer.
        """
        if not limited(key):
            return None
        now_ms = self._clock()
        claim = self._claim(key, estimate, now_ms)
        admitted, standing = self._store.reserve(claim, now_ms)
        if not admitted:
            raise _refusal(key, claim, standing, now_ms)
        with self._lock:
            self._open[claim.id] = claim
        return Reservation(claim, estimate.model, rate_headers(key, standing, now_ms))

    def settle(self, reservation: Reservation, *, input_tokens: int, output_tokens: int) -> None:
        """Put what the call used in the place of what it reserved; a second call changes nothing."""
        cost = self._prices.cost_micros(reservation.model, input_tokens, output_tokens)
        self._settle(reservation.claim, input_tokens + output_tokens, cost or 0)

    def release(self, reservation: Reservation) -> None:
        """Give back what a call reserved that never reached its upstream; it still counts as a request."""
        self._settle(reservation.claim, 0, 0)

    def renew(self) -> None:
        """Speak for the calls under way and give back what dead gateways hold; due every ``LEASE_MS / 3``.

        What could not be settled because the store did not answer is settled now.

        Raises:
            StoreError: the store still cannot answer.
        """
        now_ms = self._clock()
        with self._lock:
            owed, ids = tuple(self._owed.values()), (*self._open, *self._owed)
        for settled in owed:
            self._pay(settled)
        if ids:
            self._store.renew(ids, now_ms + LEASE_MS)
        self._store.sweep(now_ms)

    def _settle(self, claim: Claim, tokens: int, cost_micros: int) -> None:
        settled = Settled(claim.id, claim.key_id, tokens, cost_micros, claim.period_started_ms)
        with self._lock:
            if self._open.pop(claim.id, None) is None:
                return
            self._owed[claim.id] = settled
        self._pay(settled)

    def _pay(self, settled: Settled) -> None:
        # Paid twice is paid once: the store forgets a reservation with its settling.
        self._store.settle(settled, self._clock())
        with self._lock:
            self._owed.pop(settled.id, None)

    def _claim(self, key: GatewayKey, estimate: Estimate, now_ms: int) -> Claim:
        limits = key.limits
        output = estimate.output_tokens or ANSWER_TOKENS
        cost = self._prices.cost_micros(estimate.model, estimate.input_tokens, output)
        if limits.spend_micros and cost is None:
            raise AccessRefusedError(
                "this key has a spend limit, and the price of the model is not known",
                status=403,
                code="price_unknown",
                hint="add the model to prices in the configuration",
            )
        return Claim(
            id=self._new_id(),
            key_id=key.id,
            tokens=estimate.input_tokens + output,
            cost_micros=(cost or 0) if limits.spend_micros else 0,
            requests_max=key.requests_per_minute,
            tokens_max=limits.tokens_per_minute,
            concurrency_max=limits.concurrency,
            spend_max=limits.spend_micros,
            period_started_ms=period_start_ms(limits.period, now_ms),
            expires_at_ms=now_ms + LEASE_MS,
        )


def limited(key: GatewayKey) -> bool:
    """Say whether *key* has any limit."""
    limits = key.limits
    return bool(
        key.requests_per_minute or limits.tokens_per_minute or limits.concurrency or limits.spend_micros
    )


def rate_headers(key: GatewayKey, standing: Standing, now_ms: int) -> tuple[tuple[str, str], ...]:
    """Return ``x-ratelimit-*`` as OpenAI's clients read them; only for the limits that the key has."""
    reset = f"{_seconds(standing.minute_started_ms + MINUTE_MS - now_ms)}s"
    headers: list[tuple[str, str]] = []
    for what, bound, used in (
        ("requests", key.requests_per_minute, standing.requests),
        ("tokens", key.limits.tokens_per_minute, standing.tokens),
    ):
        if bound:
            headers += [
                (f"x-ratelimit-limit-{what}", str(bound)),
                (f"x-ratelimit-remaining-{what}", str(max(0, bound - used))),
                (f"x-ratelimit-reset-{what}", reset),
            ]
    return tuple(headers)


def _refusal(key: GatewayKey, claim: Claim, standing: Standing, now_ms: int) -> AccessRefusedError:
    current = standing.at(now_ms, claim.period_started_ms)
    # Room that came free since the judgement still refuses this call.
    bound = refused_by(claim, current) or "requests"
    minute_s = _seconds(current.minute_started_ms + MINUTE_MS - now_ms)
    end_ms = period_end_ms(key.limits.period, now_ms)
    code, what, wait_s = {
        "requests": ("rate_limited", "requests a minute", minute_s),
        "tokens": ("tokens_limited", "tokens a minute", minute_s),
        "concurrency": ("concurrency_limited", "calls at the same time", 1),
        "spend": ("spend_limited", f"spend ({key.limits.period.value})", _seconds(end_ms - now_ms)),
    }[bound]
    alone = bound == "tokens" and claim.tokens > claim.tokens_max
    return AccessRefusedError(
        f"this key has used up its {what}",
        status=429,
        code=code,
        hint="make the request smaller" if alone else "wait, or ask its owner for a higher limit",
        retry_after_s=0 if (bound == "spend" and not end_ms) else wait_s,
    )


def _seconds(milliseconds: int) -> int:
    return max(1, -(-milliseconds // 1000))
