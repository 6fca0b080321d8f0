"""Every table of structured patterns, in plain sight: a new family is one line here."""

from __future__ import annotations

from collections.abc import Callable

from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii import contact, financial, network, united_states
from stockade.detectors.secrets import clouds, code_hosts, model_providers, private_keys, services, standards

TABLES: tuple[Callable[[], tuple[Spec, ...]], ...] = (
    contact.specs,
    network.specs,
    financial.specs,
    united_states.specs,
    model_providers.specs,
    clouds.specs,
    code_hosts.specs,
    services.specs,
    standards.specs,
    private_keys.specs,
)


def structured_specs() -> tuple[Spec, ...]:
    """Return the patterns of every table."""
    return tuple(spec for table in TABLES for spec in table())
