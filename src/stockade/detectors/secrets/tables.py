"""Every table of secrets, in plain sight: a new one is one line here."""

from __future__ import annotations

from collections.abc import Callable

from stockade.detectors.engine.spec import Spec
from stockade.detectors.secrets import (
    assignments,
    build_systems,
    business,
    clouds,
    code_hosts,
    commands,
    databases,
    identity,
    messaging,
    model_providers,
    monitoring,
    payments,
    platforms,
    private_keys,
    standards,
)

TABLES: tuple[Callable[[], tuple[Spec, ...]], ...] = (
    model_providers.specs,
    clouds.specs,
    platforms.specs,
    databases.specs,
    code_hosts.specs,
    build_systems.specs,
    messaging.specs,
    payments.specs,
    monitoring.specs,
    business.specs,
    identity.specs,
    standards.specs,
    private_keys.specs,
    commands.specs,
)
# What needs a name beside it and no provider's shape.
GENERIC_TABLES: tuple[Callable[[], tuple[Spec, ...]], ...] = (assignments.specs,)


def secret_specs() -> tuple[Spec, ...]:
    """Return the patterns of every table of secrets."""
    return tuple(spec for table in TABLES for spec in table()) + generic_specs()


def generic_specs() -> tuple[Spec, ...]:
    """Return the patterns that find passwords and secrets by the names they are given."""
    return tuple(spec for table in GENERIC_TABLES for spec in table())
