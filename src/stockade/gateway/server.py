"""The HTTP server: uvicorn with the bounds it lacks.

uvicorn parses and writes; the application is a plain ASGI callable. What uvicorn leaves open is bounded here:
header bytes, which llhttp collects for as long as they come; the time a client may take to send them, for
every request of a connection and not only its first; requests sent ahead; and the rest of a body that was
refused before it had arrived. Header fields behind a body are dropped: headers have been checked by then.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Any, cast

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from stockade.core.errors import ConfigError

HEADER_BYTES_MAX = 64 * 1024
HEADER_SECONDS_MAX = 10.0
URL_BYTES_MAX = 8 * 1024
# Requests that may wait behind the one under way. One read of 256 KiB holds fourteen thousand small ones.
AHEAD_MAX = 8
# What may come around a body: its head, and the frames of chunks, the smallest of which hold one byte.
FRAME_BYTES_PER_BODY_BYTE = 8
# What may still come of a body whose request was answered without it; enough for one that was under way.
SURPLUS_BYTES_MAX = 1024 * 1024
DRAIN_SECONDS = 10


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol with bounds on what comes before the application sees it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock for the first request."""
        super().connection_made(transport)
        self._in_head = True
        self._around_bytes = self._surplus_bytes = 0
        self._slow: asyncio.TimerHandle | None = None
        self._start_clock()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._stop_clock()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what is no body, and give it only so long."""
        # Before the parser sees it: a header that does not end is never handed out, so nobody counts it.
        self._around_bytes += len(data)
        if self._in_head or self.cycle.response_complete:
            self._start_clock()
        super().data_received(data)
        closing: bool = self.transport.is_closing()
        if self._around_bytes > HEADER_BYTES_MAX and not closing:
            self.send_400_response("headers too large")

    def on_message_begin(self) -> None:
        """Start the clock for a request on a connection that has seen others."""
        self._start_clock()
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Bound the target."""
        super().on_url(url)
        if len(self.url) > URL_BYTES_MAX:
            # Raised inside the parser's callback: uvicorn answers 400 and closes.
            raise ValueError("target too long")

    def on_headers_complete(self) -> None:
        """Stop the clock; the body has its own deadline."""
        self._stop_clock()
        self._in_head = False
        counted = sum(map(len, chain(*self.headers))) if self._around_bytes > HEADER_BYTES_MAX else 0
        if counted > HEADER_BYTES_MAX or len(self.pipeline) >= AHEAD_MAX:
            raise ValueError("headers too large, or too many requests ahead")
        self._around_bytes = self._surplus_bytes = 0
        super().on_headers_complete()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Pass on a header, if it stands before the body."""
        if self._in_head:
            super().on_header(name, value)

    def on_body(self, body: bytes) -> None:
        """Pass on a piece of the body; hang up on one that nobody waits for and that does not end."""
        self._around_bytes = max(0, self._around_bytes - len(body) * (1 + FRAME_BYTES_PER_BODY_BYTE))
        if self.cycle.response_complete:
            self._surplus_bytes += len(body)
            if self._surplus_bytes > SURPLUS_BYTES_MAX:
                self.transport.close()
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Expect another head."""
        self._stop_clock()
        self._in_head = True
        self._around_bytes = 0
        super().on_message_complete()

    def _start_clock(self) -> None:
        if self._slow is None:
            self._slow = self.loop.call_later(HEADER_SECONDS_MAX, self._too_slow)

    def _stop_clock(self) -> None:
        if self._slow is not None:
            self._slow.cancel()
            self._slow = None

    def _too_slow(self) -> None:
        self._slow = None
        under_way = cast("RequestResponseCycle | None", self.cycle)
        if under_way is not None and not under_way.response_complete:
            # What dawdles is behind a request that is still being answered: that answer comes first.
            self._start_clock()
        elif not self.transport.is_closing():
            self.transport.close()


@dataclass(frozen=True, slots=True)
class Listen:
    """Where to listen, and with which certificate."""

    host: str = "127.0.0.1"
    port: int = 8400
    cert: str = ""
    key: str = ""


def configured(app: Callable[..., Any], listen: Listen) -> uvicorn.Config:
    """Return the server's configuration for *app*."""
    return uvicorn.Config(
        app,
        host=listen.host,
        port=listen.port,
        http=BoundedProtocol,
        ws="none",
        lifespan="on",
        # The application logs; an access log would print paths and addresses a second time.
        access_log=False,
        log_level="warning",
        # Nobody in front is believed about who the client is or which scheme it used.
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=DRAIN_SECONDS,
        ssl_certfile=listen.cert or None,
        ssl_keyfile=listen.key or None,
    )


class _Announcing(uvicorn.Server):
    """A server that says where it listens, once it does."""

    def __init__(self, config: uvicorn.Config, listening: Callable[[str], None]) -> None:
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and tell the address; port 0 has become a real one by then."""
        await super().startup(sockets)
        if self.started:
            self._listening(address_of(self))


def address_of(server: uvicorn.Server) -> str:
    """Return the base address of a server that has started."""
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    scheme = "https" if server.config.is_ssl else "http"
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def serve(app: Callable[..., Any], listen: Listen, listening: Callable[[str], None] = lambda _: None) -> None:
    """Run *app* until a signal says stop; requests under way are given time to finish.

    Args:
        app: the gateway.
        listen: where.
        listening: is told the base address once requests are answered.

    Raises:
        ConfigError: the address cannot be used, or the gateway could not start.
    """
    server = _Announcing(configured(app, listen), listening)
    try:
        server.run()
    except SystemExit:
        # uvicorn exits the process where it cannot bind; here that is an error like any other.
        server.started = False
    if not server.started:
        raise ConfigError(
            f"cannot listen on {listen.host}:{listen.port}, or the gateway could not start",
            hint="look at the lines above; is another gateway running? choose another listen.port",
        )
