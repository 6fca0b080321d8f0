"""Every table of identifiers, in plain sight: a new table is one line here."""

from __future__ import annotations

from collections.abc import Callable

from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii import (
    accounts,
    africa_oceania,
    america,
    asia,
    british_isles,
    cards,
    contact,
    crypto,
    dates,
    devices,
    documents,
    east_europe,
    health,
    network,
    north_europe,
    organizations,
    places,
    south_europe,
    united_states,
    vehicles,
    west_europe,
)

TABLES: tuple[Callable[[], tuple[Spec, ...]], ...] = (
    contact.specs,
    network.specs,
    devices.specs,
    cards.specs,
    accounts.specs,
    crypto.specs,
    dates.specs,
    places.specs,
    health.specs,
    documents.specs,
    organizations.specs,
    vehicles.specs,
    united_states.specs,
    america.specs,
    british_isles.specs,
    west_europe.specs,
    south_europe.specs,
    north_europe.specs,
    east_europe.specs,
    asia.specs,
    africa_oceania.specs,
)


def identifier_specs() -> tuple[Spec, ...]:
    """Return the patterns of every table of identifiers."""
    return tuple(spec for table in TABLES for spec in table())
