"""What gateway keys use, in memory: for one process, for tests and for the library; nothing survives it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

from stockade.access.claim import Claim, Settled, Standing, refused_by


@dataclass(slots=True)
class _Held:
    claim: Claim
    minute_started_ms: int
    expires_at_ms: int
    given_back: bool = False


class MemoryLimitStore:
    """A ``LimitStore`` in memory, thread-safe."""

    __slots__ = ("_held", "_lock", "_standings")

    def __init__(self) -> None:
        self._standings: dict[str, Standing] = {}
        self._held: dict[str, _Held] = {}
        self._lock = threading.Lock()

    def reserve(self, claim: Claim, now_ms: int) -> tuple[bool, Standing]:
        """Judge and count in one step."""
        with self._lock:
            standing = self._current(claim, now_ms)
            if refused_by(claim, standing) and self._give_back(now_ms, claim.key_id):
                standing = self._current(claim, now_ms)
            if refused_by(claim, standing):
                return False, self._standings.get(claim.key_id, Standing())
            after = replace(
                standing,
                requests=standing.requests + 1,
                tokens=standing.tokens + claim.tokens,
                in_flight=standing.in_flight + 1,
                reserved_micros=standing.reserved_micros + claim.cost_micros,
            )
            self._standings[claim.key_id] = after
            self._held[claim.id] = _Held(claim, after.minute_started_ms, claim.expires_at_ms)
            return True, after

    def settle(self, settled: Settled, now_ms: int) -> None:
        """Put what was used in the place of what was reserved."""
        del now_ms
        with self._lock:
            held = self._held.pop(settled.id, None)
            if held is None:
                return
            standing = self._standings[settled.key_id]
            paid = settled.cost_micros if settled.period_started_ms == standing.period_started_ms else 0
            standing = replace(standing, spent_micros=standing.spent_micros + paid)
            if not held.given_back:
                standing = _returned(standing, held)
                if held.minute_started_ms == standing.minute_started_ms:
                    tokens = standing.tokens + settled.tokens - held.claim.tokens
                    standing = replace(standing, tokens=max(0, tokens))
            self._standings[settled.key_id] = standing

    def renew(self, ids: tuple[str, ...], expires_at_ms: int) -> None:
        """Speak for calls that are still under way."""
        with self._lock:
            for reservation_id in ids:
                held = self._held.get(reservation_id)
                if held is not None and not held.given_back:
                    held.expires_at_ms = expires_at_ms

    def sweep(self, now_ms: int) -> int:
        """Give back what calls hold that nobody has spoken for."""
        with self._lock:
            return self._give_back(now_ms)

    def standing(self, key_id: str) -> Standing:
        """Return what a key has used."""
        return self._standings.get(key_id, Standing())

    def _current(self, claim: Claim, now_ms: int) -> Standing:
        return self._standings.get(claim.key_id, Standing()).at(now_ms, claim.period_started_ms)

    def _give_back(self, now_ms: int, key_id: str = "") -> int:
        over = [
            held
            for held in self._held.values()
            if not held.given_back and held.expires_at_ms <= now_ms and key_id in {"", held.claim.key_id}
        ]
        for held in over:
            held.given_back = True
            self._standings[held.claim.key_id] = _returned(self._standings[held.claim.key_id], held)
        return len(over)


def _returned(standing: Standing, held: _Held) -> Standing:
    return replace(
        standing,
        in_flight=max(0, standing.in_flight - 1),
        reserved_micros=max(0, standing.reserved_micros - held.claim.cost_micros),
    )
