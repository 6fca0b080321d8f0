"""The limits of a key, seen from the event loop: reserve before a call, settle what it used.

The judgement is ``access.meter``'s, in a thread: its store may wait. What an answer used is what the upstream
says; where it does not say, what was reserved stays, and never less than what arrived. Calls that are free
(counting, moderation) use no tokens.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

import orjson

from stockade.access.key import GatewayKey
from stockade.access.meter import ANSWER_TOKENS, Estimate, Meter, Reservation, limited
from stockade.core.errors import StoreError
from stockade.gateway.replies import Refusal

LOG = logging.getLogger("stockade.gateway")

# What a token is at least, in bytes, over the languages and JSON: an estimate, corrected by the answer.
_TOKEN_BYTES = 4
_ANSWERS_MAX = 128
_TOKENS_MAX = 1_000_000_000
_FREE = frozenset({"/v1/moderations", "/v1/messages/count_tokens"})
_ASKED = ("max_completion_tokens", "max_output_tokens", "max_tokens")
# Each dialect's names for the same two numbers.
_INPUT = ("prompt_tokens", "input_tokens")
_OUTPUT = ("completion_tokens", "output_tokens")
# Where events of a stream hold what an answer used, beside their own top level.
_WITHIN = ("message", "response")


@dataclass(slots=True)
class Metered:
    """What one call reserved, and what is known of what it used.

    Attributes:
        reservation: what it took.
        input_tokens: of the request; estimated until the upstream says it.
        output_tokens: of the answer; what was reserved until the upstream says it.
        pieces: how many events of the answer arrived; each holds a token at least.
        reached: whether the upstream may have worked on it.
    """

    reservation: Reservation = field(repr=False)
    input_tokens: int
    output_tokens: int
    pieces: int = 0
    reached: bool = False

    def note(self, body: Mapping[str, object]) -> None:
        """Take over what an answer, or an event of one, says it used."""
        for holder in (body, *(body.get(name) for name in _WITHIN)):
            usage = holder.get("usage") if isinstance(holder, Mapping) else None
            if isinstance(usage, Mapping):
                self.input_tokens = _count(usage, _INPUT, self.input_tokens)
                self.output_tokens = _count(usage, _OUTPUT, self.output_tokens)

    def event(self, payload: bytes) -> None:
        """Count one event of a stream and take over what it says was used."""
        self.pieces += 1
        if b'"usage"' not in payload:
            return
        try:
            body = orjson.loads(payload)
        except orjson.JSONDecodeError:
            return
        if isinstance(body, dict):
            self.note(body)


class Metering:
    """Counts calls against the limits of their keys.

    Args:
        meter: judges and counts.
    """

    __slots__ = ("_meter",)

    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    async def reserve(self, key: GatewayKey, estimate: Estimate, *, free: bool) -> Metered | None:
        """Let a call in; ``None`` for a key without limits.

        Raises:
            AccessRefusedError: a limit is used up, or the price of the model is not known.
            Refusal: what the key has used cannot be read (503): nothing is sent.
        """
        if not limited(key):
            return None
        try:
            reservation = await asyncio.to_thread(self._meter.reserve, key, estimate)
        except StoreError:
            raise Refusal(
                503,
                "limits_unavailable",
                "what this key has used cannot be read, so nothing was sent",
                kind="service_unavailable",
                headers=(("retry-after", "5"),),
            ) from None
        if reservation is None:
            return None
        if free:
            return Metered(reservation, 0, 0)
        return Metered(reservation, estimate.input_tokens, estimate.output_tokens or ANSWER_TOKENS)

    async def settle(self, metered: Metered | None) -> None:
        """Put what a call used in the place of what it reserved; a second time changes nothing."""
        if metered is None:
            return
        try:
            # Shielded: a client that leaves now still pays for what it used.
            await asyncio.shield(asyncio.to_thread(self._settle, metered))
        except StoreError as error:
            # Kept by the meter, which tries again; until then what was reserved counts.
            LOG.warning("what a call used could not be counted yet: %s", error)

    def _settle(self, metered: Metered) -> None:
        if not metered.reached:
            self._meter.release(metered.reservation)
            return
        self._meter.settle(
            metered.reservation,
            input_tokens=metered.input_tokens,
            output_tokens=max(metered.output_tokens, metered.pieces),
        )


def is_free(path: str) -> bool:
    """Say whether calls of the route *path* use no tokens."""
    return path in _FREE


def estimate_of(body: Mapping[str, object], model: str, size: int) -> Estimate:
    """Return what a request of *size* bytes may come to, by what it asks for."""
    asked = max((_count(body, (name,), 0) for name in _ASKED), default=0)
    answers = min(max(_count(body, ("n",), 1), 1), _ANSWERS_MAX)
    output = (asked or ANSWER_TOKENS) * answers
    return Estimate(model, size // _TOKEN_BYTES + 1, min(output, _TOKENS_MAX))


def _count(said: Mapping[str, object], names: tuple[str, ...], otherwise: int) -> int:
    for name in names:
        number = said.get(name)
        if type(number) is int and 0 <= number <= _TOKENS_MAX:
            return number
    return otherwise
