"""From the model a client names to the upstream that answers: first match wins, and never a wider boundary.

An upstream's address, wire and boundary come from the configuration alone. A request that its verdict keeps
on the device goes to a device upstream or nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from fnmatch import fnmatchcase

from stockade.gateway.upstream import Pool

# For clients that name none; the only one there is.
_ANTHROPIC_VERSION = "2023-06-01"


class Boundary(IntEnum):
    """How far away an upstream runs; a request may never move to a larger one than its verdict allows."""

    DEVICE = 0
    PRIVATE = 1
    CLOUD = 2

    @property
    def word(self) -> str:
        """The boundary as written in configuration, headers and the record."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Upstream:
    """One configured upstream.

    Attributes:
        name: as configured.
        wire: the dialect it speaks.
        boundary: where it runs.
        pool: gives the connections; a supervised engine gets its address only once it is up.
        key: reads the provider key, freshly for each request; empty for none.
        hang_up: drops the connections that lie idle.
    """

    name: str
    wire: str
    boundary: Boundary
    pool: Callable[[], Pool] = field(repr=False)
    key: Callable[[], str] = field(repr=False)
    hang_up: Callable[[], None] = field(repr=False, default=lambda: None)

    @property
    def label(self) -> str:
        """The form for ``x-stockade-upstream``."""
        return f"{self.name} ({self.boundary.word})"

    def headers(self, request_id: str, key: str, dialect: Mapping[str, str]) -> dict[str, str]:
        """Return the headers of a request to this upstream.

        Args:
            request_id: told to the upstream, too.
            key: the provider's key; put into the header its dialect wants.
            dialect: headers of the client that say which version of the dialect it speaks.
        """
        headers = {
            "content-type": "application/json",
            "accept": "application/json, text/event-stream",
            "user-agent": "stockade",
            "x-request-id": request_id,
        }
        if self.wire == "anthropic":
            headers["anthropic-version"] = _ANTHROPIC_VERSION
            headers |= dialect
            if key:
                headers["x-api-key"] = key
        elif key:
            headers["authorization"] = f"Bearer {key}"
        return headers


@dataclass(frozen=True, slots=True)
class Alias:
    """One line of the ``models`` table: a glob, where it leads and what the upstream calls the model."""

    glob: str
    upstream: Upstream
    model: str = ""


class Routes:
    """The ``models`` table.

    Args:
        aliases: its lines, in order.
    """

    __slots__ = ("aliases", "upstreams")

    def __init__(self, aliases: Sequence[Alias]) -> None:
        self.aliases = tuple(aliases)
        self.upstreams = {a.upstream.name: a.upstream for a in aliases}

    def resolve(self, model: str, wire: str) -> tuple[Upstream, str] | None:
        """Return the upstream for *model* and the name to send it, or ``None`` if no line matches."""
        for alias in self.aliases:
            if alias.upstream.wire == wire and fnmatchcase(model, alias.glob):
                return alias.upstream, alias.model or model
        return None

    def on_device(self, wire: str) -> tuple[Upstream, str] | None:
        """Return an upstream on this device that speaks *wire*, or ``None``."""
        for alias in self.aliases:
            if alias.upstream.boundary is Boundary.DEVICE and alias.upstream.wire == wire:
                return alias.upstream, alias.model or "local"
        return None

    def close(self) -> None:
        """Drop the connections that lie idle."""
        for upstream in self.upstreams.values():
            upstream.hang_up()

    def models(self) -> tuple[tuple[str, Upstream], ...]:
        """Return the aliases that are plain names, for ``GET /v1/models``."""
        return tuple((a.glob, a.upstream) for a in self.aliases if not any(c in a.glob for c in "*?["))
