"""From an installation to a gateway that can be served: the composition of the HTTP door.

It opens the store and the record, tries every rule on its known-bad string, and lists what can be reached. It
does not listen; ``gateway.server`` does.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from stockade.access.meter import LEASE_MS
from stockade.audit import AuditStore
from stockade.bootstrap import Access, Installation
from stockade.config import EngineUpstream, RemoteUpstream
from stockade.config import settings as config
from stockade.core.errors import ConfigError, SecretError
from stockade.core.policy import Mode
from stockade.gateway import plain_routes
from stockade.gateway.app import Gateway, Handler
from stockade.gateway.checks import CHECKS, CheckRoute
from stockade.gateway.connection import UpstreamError
from stockade.gateway.engine import LocalEngine
from stockade.gateway.engine_settings import EngineSettings
from stockade.gateway.ledger import Ledger
from stockade.gateway.metering import Metering
from stockade.gateway.metrics import Metrics
from stockade.gateway.relay import Relay
from stockade.gateway.routing import Alias, Boundary, Routes, Upstream
from stockade.gateway.services import Bounds, Services
from stockade.gateway.upkeep import Chore, Upkeep
from stockade.gateway.upstream import Pool, Target, Timeouts
from stockade.pipeline import Pipeline
from stockade.secrets.reference import Reference
from stockade.secrets.resolver import Resolver
from stockade.wires import WIRES

LOG = logging.getLogger("stockade.gateway")

# How far behind the last use of a key may be.
_USES_S = 60.0


def services_of(found: Installation, *, log: AuditStore, access: Access) -> Services:
    """Return the rooms behind the door, wired.

    Args:
        found: the installation.
        log: the record, open; the services own it from here on.
        access: the gateway keys, and who asks about them.

    Raises:
        ConfigError: an upstream cannot be used as configured.
    """
    settings = found.settings
    resolver = found.resolver()
    engines: list[LocalEngine] = []
    alone = len(settings.upstreams) == 1
    upstreams = {
        name: _engine(name, written, found, engines, alone=alone)
        if isinstance(written, EngineUpstream)
        else _remote(name, written, resolver)
        for name, written in settings.upstreams.items()
    }
    pipeline = found.pipeline()
    return Services(
        authenticator=access.authenticator,
        metering=Metering(access.meter),
        upkeep=Upkeep(chores_of(access)),
        ledger=Ledger(log, deadline_s=settings.audit.sync_deadline_ms / 1000),
        pipeline=pipeline,
        style=found.style(),
        keys=found.keys,
        routes=Routes([Alias(g, upstreams[a.upstream], a.model) for g, a in settings.aliases.items()]),
        metrics=Metrics(),
        bounds=Bounds(settings.limits.body_bytes, settings.limits.uninspected),
        check_names=check_names(pipeline),
        engines=tuple(engines),
        silent=pipeline.silent_rules(),
    )


def chores_of(access: Access) -> tuple[Chore, ...]:
    """Return what keeps the keys' figures right."""

    def keep_uses() -> None:
        access.store.touch(access.authenticator.drain_used())

    return (
        # Three times in a lease: one that is missed costs nothing.
        Chore("speaking for the calls under way", LEASE_MS / 3000, access.meter.renew),
        Chore("noting when keys were used", _USES_S, keep_uses),
    )


def gateway_of(services: Services) -> Gateway:
    """Return the ASGI application with everything that can be reached."""
    return Gateway(services, routes_of(services))


def routes_of(services: Services) -> dict[tuple[str, str], Handler]:
    """Return method and path to handler: the whole list; what is not in it is refused."""
    routes: dict[tuple[str, str], Handler] = {
        ("GET", "/healthz"): plain_routes.healthz,
        ("GET", "/readyz"): plain_routes.readyz,
        ("GET", "/metrics"): plain_routes.metrics,
        ("GET", "/v1/models"): plain_routes.models,
    }
    for path, wire in WIRES.items():
        routes["POST", path] = Relay(wire, services)
    for name in CHECKS:
        check = CheckRoute(name, services)
        routes["POST", check.path] = check
    return routes


def check_names(pipeline: Pipeline) -> dict[str, str]:
    """Return how each check is named in ``x-stockade-checks``: one that no clause enforces only watches."""
    names: dict[str, str] = {}
    for detector in pipeline.detectors:
        modes = {
            clause.mode
            for rule in detector.rules
            for origin in detector.origins
            for clause in pipeline.policy.clauses
            if clause.speaks_of(rule.id, origin)
        }
        watches = Mode.MONITOR in modes and Mode.ENFORCE not in modes
        names[detector.name] = f"{detector.name}:monitor" if watches else detector.name
    return names


def _remote(name: str, written: RemoteUpstream, resolver: Resolver) -> Upstream:
    target = Target.parse(written.base_url)
    pool = Pool(target, timeouts=_timeouts(written.timeouts), connections_max=written.connections_max)
    key: Callable[[], str] = str
    if written.api_key:
        key = partial(_resolved, resolver, Reference.parse(written.api_key))
    boundary = Boundary[written.boundary.upper()]
    return Upstream(name, written.wire, boundary, lambda: pool, key, pool.close)


def _resolved(resolver: Resolver, reference: Reference) -> str:
    key = resolver.resolve(reference).reveal()
    if not key:
        raise SecretError("the provider key is empty", hint="run: stockade secrets check")
    return key


def _engine(
    name: str, written: EngineUpstream, found: Installation, engines: list[LocalEngine], *, alone: bool
) -> Upstream:
    try:
        settings = _engine_settings(written, found)
    except ConfigError as error:
        if alone:
            raise
        # Others can be served: requests for this model are told that it is not there.
        LOG.warning("upstream %s: %s; %s", name, error, error.hint)
        return Upstream(name, "openai", Boundary.DEVICE, _not_there, str)
    engine = LocalEngine(settings)
    engines.append(engine)
    reach = _EnginePool(engine, _timeouts(written.timeouts))
    return Upstream(name, "openai", Boundary.DEVICE, reach.pool, reach.key, reach.close)


def _engine_settings(written: EngineUpstream, found: Installation) -> EngineSettings:
    if written.model == "builtin":
        return EngineSettings.builtin(found.settings.home)
    return EngineSettings(found.settings.under_home(written.model))


def _not_there() -> Pool:
    raise UpstreamError("connect")


def _timeouts(written: config.Timeouts) -> Timeouts:
    return Timeouts(connect_s=written.connect_s, first_byte_s=written.answer_s, idle_s=written.idle_s)


class _EnginePool:
    """The connections to an engine, whose address and key change whenever it is started anew."""

    __slots__ = ("_engine", "_pool", "_port", "_timeouts")

    def __init__(self, engine: LocalEngine, timeouts: Timeouts) -> None:
        self._engine = engine
        self._timeouts = timeouts
        self._pool: Pool | None = None
        self._port = 0

    def pool(self) -> Pool:
        """Return the pool for where it listens now."""
        endpoint = self._engine.endpoint
        if self._pool is None or self._port != endpoint.port:
            self.close()
            target = Target(endpoint.host, endpoint.port, tls=False, path=endpoint.path_prefix)
            self._pool = Pool(target, timeouts=self._timeouts, connections_max=64)
            self._port = endpoint.port
        return self._pool

    def key(self) -> str:
        """Return the key of this start."""
        return self._engine.endpoint.api_key

    def close(self) -> None:
        """Drop the connections that lie idle."""
        if self._pool is not None:
            self._pool.close()
