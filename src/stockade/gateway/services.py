"""What the handlers use, in one frozen bundle: made once by ``gateway.wiring``, started with the server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from stockade.access.authenticator import Authenticator
from stockade.bootstrap import Keys
from stockade.core.surrogate import Style
from stockade.gateway.engine import LocalEngine
from stockade.gateway.ledger import Ledger
from stockade.gateway.metering import Metering
from stockade.gateway.metrics import Metrics
from stockade.gateway.routing import Routes
from stockade.gateway.upkeep import Upkeep
from stockade.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds a configuration may lower.

    Attributes:
        body_bytes: of a request's body.
        uninspected: ``block`` or ``pass``: what becomes of a part that nobody can read.
    """

    body_bytes: int
    uninspected: str = "block"


@dataclass(frozen=True, slots=True)
class Services:
    """The rooms behind the door.

    Attributes:
        authenticator: credential to key.
        metering: counts against the limits of keys.
        upkeep: what is done from time to time.
        ledger: writes the record and waits until it is durable.
        pipeline: detectors and the policy in force.
        style: how surrogates look.
        keys: what surrogates and commitments derive from.
        routes: model to upstream.
        metrics: counters.
        bounds: sizes.
        check_names: check to how ``x-stockade-checks`` names it (``name`` or ``name:monitor``).
        engines: supervised on-device models.
        silent: rules that did not fire on their probe; while there is one the gateway is not ready.
        release: gives back what was opened, when the server stops.
    """

    authenticator: Authenticator
    metering: Metering
    upkeep: Upkeep
    ledger: Ledger
    pipeline: Pipeline
    style: Style
    keys: Keys = field(repr=False)
    routes: Routes
    metrics: Metrics
    bounds: Bounds
    check_names: dict[str, str]
    engines: tuple[LocalEngine, ...] = ()
    silent: tuple[str, ...] = ()
    release: Callable[[], None] = lambda: None

    @property
    def policy_label(self) -> str:
        """The policy in force as headers and the record name it."""
        return f"{self.pipeline.policy.name}@{self.pipeline.policy.digest}"

    @property
    def trouble(self) -> dict[str, object]:
        """Why the gateway cannot do its job now; empty if it can."""
        trouble: dict[str, object] = {}
        if self.silent:
            trouble["silent_rules"] = list(self.silent)
        if not self.ledger.healthy:
            trouble["record"] = self.ledger.reason
        return trouble

    async def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start what runs beside the requests."""
        self.ledger.start(loop)
        self.upkeep.start(loop)
        for engine in self.engines:
            await engine.start()

    async def stop(self) -> None:
        """Stop it, the record last."""
        for engine in self.engines:
            await engine.stop()
        await self.upkeep.stop()
        self.routes.close()
        self.release()
        self.ledger.stop()
