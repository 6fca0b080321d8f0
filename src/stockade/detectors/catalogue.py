"""Every table of structured patterns, in plain sight: a new family is one line here."""

from __future__ import annotations

from collections.abc import Callable

from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii.tables import identifier_specs
from stockade.detectors.secrets.tables import secret_specs

TABLES: tuple[Callable[[], tuple[Spec, ...]], ...] = (
    identifier_specs,
    secret_specs,
)


def structured_specs() -> tuple[Spec, ...]:
    """Return the patterns of every table."""
    return tuple(spec for table in TABLES for spec in table())
