"""What the handlers use, in one frozen bundle: made once by ``gateway.wiring``, started with the server."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from stockade.access.authenticator import Authenticator
from stockade.access.key import GatewayKey
from stockade.gateway.engine import LocalEngine
from stockade.gateway.ledger import Ledger
from stockade.gateway.metrics import Metrics
from stockade.gateway.routing import Routes
from stockade.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds a configuration may lower."""

    body_bytes: int
    uninspected: str = "block"


@dataclass(frozen=True, slots=True)
class Services:
    """The rooms behind the door.

    Attributes:
        authenticator: credential to key.
        ledger: writes the record and waits until it is durable.
        pipeline: detectors and the policy in force.
        exchange_key: (tenant, conversation) to the 32 bytes surrogates derive from.
        commit: keyed commitment of a text for the record.
        routes: model to upstream.
        metrics: counters.
        bounds: sizes.
        engines: supervised on-device models.
        silent: rules that did not fire on their probe; while there is one the gateway is not ready.
    """

    authenticator: Authenticator
    ledger: Ledger
    pipeline: Pipeline
    style: str
    exchange_key: Callable[[str, str], bytes] = field(repr=False)
    commit: Callable[[str], str] = field(repr=False)
    routes: Routes
    metrics: Metrics
    bounds: Bounds
    engines: tuple[LocalEngine, ...] = ()
    silent: tuple[str, ...] = ()

    async def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start what runs beside the requests."""
        self.ledger.start(loop)
        for engine in self.engines:
            await engine.start()

    async def stop(self) -> None:
        """Stop it, the record last."""
        for engine in self.engines:
            await engine.stop()
        await self.ledger.stop()


Authenticate = Callable[[str], Awaitable[GatewayKey]]
