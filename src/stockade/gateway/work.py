"""What is known of one request while it is relayed. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from stockade.gateway.record import Call
from stockade.gateway.routing import Upstream
from stockade.pipeline import Exchange
from stockade.wires import Wire


@dataclass(slots=True)
class Work:
    """A request that was screened and may be sent.

    Attributes:
        call: who asks, and what was decided.
        wire: the dialect of its route.
        exchange: the surrogates, and the way back.
        upstream: where it goes.
        dialect: what the client says of the dialect's version.
        outgoing: the body as it is sent.
        provider_key: what it was sent with; nothing that comes back may show it.
    """

    call: Call
    wire: Wire
    exchange: Exchange
    upstream: Upstream
    dialect: Mapping[str, str] = field(repr=False)
    outgoing: bytes = field(repr=False)
    provider_key: str = field(default="", repr=False)
