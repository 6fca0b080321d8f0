"""The HTTP server: uvicorn with the bounds it lacks.

uvicorn parses and writes; the application is a plain ASGI callable. Header bytes and the time a client may
take to send them are bounded here, because llhttp keeps collecting for as long as headers come.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from stockade.core.errors import ConfigError

HEADER_BYTES_MAX = 64 * 1024
HEADER_SECONDS_MAX = 10.0
URL_BYTES_MAX = 8 * 1024
DRAIN_SECONDS = 10


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol with a bound on header bytes and on the time until they are complete."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock for the first request."""
        super().connection_made(transport)
        self._header_bytes = 0
        self._slow = self.loop.call_later(HEADER_SECONDS_MAX, self._too_slow)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._slow.cancel()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """Start counting anew."""
        self._header_bytes = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Count the target."""
        self._count(len(url), URL_BYTES_MAX)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count one header."""
        self._count(len(name) + len(value), HEADER_BYTES_MAX)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Stop the clock; the body has its own deadline."""
        self._slow.cancel()
        super().on_headers_complete()

    def _count(self, size: int, bound: int) -> None:
        self._header_bytes += size
        if self._header_bytes > bound:
            # Raised inside the parser's callback: uvicorn answers 400 and closes.
            raise ValueError("headers too large")

    def _too_slow(self) -> None:
        if self.transport is not None and not self.transport.is_closing():
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
