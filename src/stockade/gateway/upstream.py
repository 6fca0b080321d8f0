"""A pool of connections to one upstream, and the request that goes over them.

The address comes from the configuration and from nowhere else: no field of a request, no redirect and no
environment variable can move it. A provider key is put in here, on the last step, and only into the header
that the wire names.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from stockade.core.errors import ConfigError
from stockade.gateway.connection import Connection, Head, UpstreamError


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long each step may take, in seconds."""

    connect_s: float = 5.0
    first_byte_s: float = 120.0
    idle_s: float = 60.0


@dataclass(frozen=True, slots=True)
class Target:
    """Where an upstream is.

    Attributes:
        host, port, tls: where to connect.
        path: prefix of every request path, without a trailing slash.
        verify: the CA bundle to trust, or empty for the system's.
    """

    host: str
    port: int
    tls: bool
    path: str = ""
    verify: str = ""

    @classmethod
    def parse(cls, base_url: str) -> Target:
        """Read a base URL.

        Raises:
            ConfigError: not an http(s) URL with a host, or one with a user, query or fragment.
        """
        try:
            parts = urlsplit(base_url)
            port = parts.port
        except ValueError as error:
            raise ConfigError("base_url is not a URL", hint="write https://host[:port][/path]") from error
        wrong = parts.username or parts.password or parts.query or parts.fragment
        if parts.scheme not in {"http", "https"} or not parts.hostname or wrong:
            raise ConfigError("base_url is not a plain http(s) URL", hint="write https://host[:port][/path]")
        tls = parts.scheme == "https"
        return cls(parts.hostname, port or (443 if tls else 80), tls, parts.path.rstrip("/"))


@dataclass(slots=True)
class Exchange:
    """One request under way: its head, and the body still to be read."""

    head: Head
    _connection: Connection = field(repr=False)
    _pool: Pool = field(repr=False)
    _timeouts: Timeouts = field(repr=False)
    _open: bool = True

    async def read(self) -> bytes:
        """Return the next bytes of the answer; empty at its end."""
        return await self._connection.read(timeout_s=self._timeouts.idle_s)

    async def body(self, bytes_max: int) -> bytes:
        """Return the whole answer.

        Raises:
            UpstreamError: it is larger than *bytes_max* or broke off.
        """
        data = await self.read()
        if not data:
            return b""
        pieces = [data]
        size = len(data)
        while data := await self.read():
            size += len(data)
            if size > bytes_max:
                raise UpstreamError("too_large")
            pieces.append(data)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def close(self) -> None:
        """Give the connection back if its answer was read to the end; drop it otherwise."""
        if self._open:
            self._open = False
            self._pool.release(self._connection)


class Pool:
    """Connections to one target, at most *connections_max* at a time."""

    def __init__(self, target: Target, *, timeouts: Timeouts, connections_max: int = 256) -> None:
        self.target = target
        self._timeouts = timeouts
        self._idle: list[Connection] = []
        self._slots = asyncio.Semaphore(connections_max)
        self._tls: ssl.SSLContext | None = None
        default_port = 443 if target.tls else 80
        host = f"[{target.host}]" if ":" in target.host else target.host
        self._host = host if target.port == default_port else f"{host}:{target.port}"

    async def exchange(
        self, path: str, *, headers: Mapping[str, str], body: bytes, method: str = "POST"
    ) -> Exchange:
        """Send one request and wait for the head of its answer.

        A connection that the upstream closed while it lay idle is replaced once, if not a byte came back.

        Raises:
            UpstreamError: the upstream could not be reached, was too slow or broke off.
        """
        request = self._render(method, path, headers, body)
        try:
            async with asyncio.timeout(self._timeouts.connect_s):
                await self._slots.acquire()
        except TimeoutError:
            raise UpstreamError("busy") from None
        connection: Connection | None = None
        try:
            for fresh in (False, True):
                connection = await self._connection(fresh=fresh)
                connection.send(request)
                try:
                    head = await connection.head(timeout_s=self._timeouts.first_byte_s)
                except UpstreamError as error:
                    connection.close()
                    if error.stale and not fresh:
                        continue
                    raise
                return Exchange(head, connection, self, self._timeouts)
            raise UpstreamError("reset")
        except BaseException:
            # Cancelled or failed: nobody will read this answer, so the upstream must not go on writing it.
            if connection is not None:
                connection.close()
            self._slots.release()
            raise

    def release(self, connection: Connection) -> None:
        """Take a connection back."""
        if connection.reusable:
            connection.reused = True
            self._idle.append(connection)
        else:
            connection.close()
        self._slots.release()

    def close(self) -> None:
        """Drop every idle connection."""
        while self._idle:
            self._idle.pop().close()

    async def _connection(self, *, fresh: bool) -> Connection:
        while self._idle and not fresh:
            connection = self._idle.pop()
            if not connection.dead:
                return connection
        loop = asyncio.get_running_loop()
        target = self.target
        context = self._context() if target.tls else None
        try:
            async with asyncio.timeout(self._timeouts.connect_s):
                _, connection = await loop.create_connection(
                    lambda: Connection(loop),
                    target.host,
                    target.port,
                    ssl=context,
                    server_hostname=target.host if context else None,
                )
        except (OSError, TimeoutError) as error:
            raise UpstreamError("connect") from error
        return connection

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = ssl.create_default_context(cafile=self.target.verify or None)
        return self._tls

    def _render(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> bytes:
        lines = [f"{method} {self.target.path}{path} HTTP/1.1", f"host: {self._host}"]
        lines += [f"{name}: {_clean(value)}" for name, value in headers.items()]
        # No compression is asked for: an answer that is inflated nowhere can be no bomb.
        lines += ["accept-encoding: identity", f"content-length: {len(body)}", "", ""]
        return "\r\n".join(lines).encode("latin-1", "replace") + body


def _clean(value: str) -> str:
    if any(c in "\r\n\0" for c in value):
        raise UpstreamError("header")
    return value


# Called for each request: keys rotate without a restart.
KeyReader = Callable[[], str]
