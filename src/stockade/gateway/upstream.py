"""A pool of connections to one upstream, and the request that goes over them.

The address comes from the configuration and from nowhere else: no field of a request, no redirect and no
environment variable can move it. A provider key is put in here, on the last step, and only into the header
that the wire names.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from stockade.core.errors import ConfigError
from stockade.gateway.connection import Connection, Head, UpstreamError

# A connection that lay idle longer may have been forgotten by something on the way, without a word.
IDLE_S_MAX = 30.0
_PATH = re.compile(r"(?:/[A-Za-z0-9._~!$&'()*+,;=:@%-]*)*")
_HOST = re.compile(r"[A-Za-z0-9._:-]{1,253}")


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long each step may take, in seconds.

    Attributes:
        connect_s: until a connection stands, and until one is free.
        first_byte_s: until the head of the answer is there.
        idle_s: between two pieces of the answer.
        total_s: until the end of the answer, however steadily it trickles.
    """

    connect_s: float = 5.0
    first_byte_s: float = 120.0
    idle_s: float = 60.0
    total_s: float = 3600.0


@dataclass(frozen=True, slots=True)
class Target:
    """Where an upstream is.

    Attributes:
        host, port, tls: where to connect.
        path: prefix of every request path, without a trailing slash.
        verify: the CA bundle to trust (PEM), or empty for the system's.
    """

    host: str
    port: int
    tls: bool
    path: str = ""
    verify: str = ""

    @classmethod
    def parse(cls, base_url: str, *, verify: str = "") -> Target:
        """Read a base URL.

        Raises:
            ConfigError: not an http(s) URL with a host, or one with a user, query or fragment.
        """
        try:
            parts = urlsplit(base_url)
            port = parts.port
        except ValueError as error:
            raise ConfigError("base_url is not a URL", hint="write https://host[:port][/path]") from error
        wrong = parts.username is not None or parts.query or parts.fragment or port == 0
        path = parts.path.rstrip("/")
        if parts.scheme not in {"http", "https"} or wrong or not _PATH.fullmatch(path):
            raise ConfigError("base_url is not a plain http(s) URL", hint="write https://host[:port][/path]")
        host = parts.hostname or ""
        if not _HOST.fullmatch(host):
            raise ConfigError(
                "base_url has no host, or not one in ASCII", hint="write an international name as xn--…"
            )
        tls = parts.scheme == "https"
        return cls(host, port or (443 if tls else 80), tls, path, verify)


@dataclass(slots=True)
class Exchange:
    """One request under way: its head, and the body still to be read."""

    head: Head
    _connection: Connection = field(repr=False)
    _pool: Pool = field(repr=False)
    _timeouts: Timeouts = field(repr=False)
    _until: float
    _open: bool = True

    async def read(self) -> bytes:
        """Return the next bytes of the answer; empty at its end.

        Raises:
            UpstreamError: it broke off, grew too large or was too slow.
        """
        left = self._until - asyncio.get_running_loop().time()
        return await self._connection.read(timeout_s=min(self._timeouts.idle_s, left))

    async def body(self, bytes_max: int) -> bytes:
        """Return the whole answer.

        Raises:
            UpstreamError: it is larger than *bytes_max* or broke off.
        """
        pieces: list[bytes] = []
        size = 0
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
    """Connections to one target, at most *connections_max* at a time.

    Raises:
        ConfigError: the CA bundle cannot be read.
    """

    def __init__(self, target: Target, *, timeouts: Timeouts, connections_max: int = 256) -> None:
        self.target = target
        self._timeouts = timeouts
        self._idle: list[Connection] = []
        self._slots = asyncio.Semaphore(connections_max)
        self._closed = False
        self._tls = _context(target.verify) if target.tls else None
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
        until = asyncio.get_running_loop().time() + self._timeouts.total_s
        await self._slot()
        connection: Connection | None = None
        try:
            connection = self._waiting() or await self._connected()
            connection.send(request)
            try:
                head = await connection.head(timeout_s=self._timeouts.first_byte_s)
            except UpstreamError as error:
                if not error.stale:
                    raise
                connection = await self._connected()
                connection.send(request)
                head = await connection.head(timeout_s=self._timeouts.first_byte_s)
        except BaseException:
            # Cancelled or failed: nobody will read this answer, so the upstream must not go on writing it.
            if connection is not None:
                connection.close()
            self._slots.release()
            raise
        return Exchange(head, connection, self, self._timeouts, until)

    def release(self, connection: Connection) -> None:
        """Take a connection back."""
        if connection.reusable and not self._closed:
            connection.reused = True
            connection.idle_since = asyncio.get_running_loop().time()
            connection.when_lost = self._forget
            self._idle.append(connection)
        else:
            connection.close()
        self._slots.release()

    def close(self) -> None:
        """Drop every idle connection; those in use go when their answers end."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    async def _slot(self) -> None:
        if self._slots.locked():
            try:
                async with asyncio.timeout(self._timeouts.connect_s):
                    await self._slots.acquire()
            except TimeoutError:
                raise UpstreamError("busy") from None
        else:
            await self._slots.acquire()

    def _waiting(self) -> Connection | None:
        """Return the idle connection that was used last, if it still stands."""
        oldest = asyncio.get_running_loop().time() - IDLE_S_MAX
        while self._idle:
            connection = self._idle.pop()
            if not connection.dead and connection.idle_since >= oldest:
                connection.when_lost = None
                return connection
            connection.close()
        return None

    def _forget(self, connection: Connection) -> None:
        """Keep no connection that the upstream has closed."""
        if connection in self._idle:
            self._idle.remove(connection)

    async def _connected(self) -> Connection:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._timeouts.connect_s):
                _, connection = await loop.create_connection(
                    lambda: Connection(loop),
                    self.target.host,
                    self.target.port,
                    ssl=self._tls,
                    server_hostname=self.target.host if self._tls else None,
                )
        # UnicodeError: a host name that is none for the resolver.
        except (OSError, TimeoutError, UnicodeError) as error:
            raise UpstreamError("connect") from error
        return connection

    def _render(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> bytes:
        lines = [f"{method} {self.target.path}{path} HTTP/1.1", f"host: {self._host}"]
        lines += [f"{name}: {_clean(value)}" for name, value in headers.items()]
        # No compression is asked for: an answer that is inflated nowhere can be no bomb.
        lines += ["accept-encoding: identity", f"content-length: {len(body)}", "", ""]
        return "\r\n".join(lines).encode("ascii") + body


def _clean(value: str) -> str:
    # A line break would begin a header of its own, and what is not ASCII would arrive as something else.
    if not (value.isascii() and value.isprintable()):
        raise UpstreamError("header")
    return value


def _context(verify: str) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=verify or None)
    except (OSError, ValueError) as error:
        raise ConfigError(
            "the CA bundle of an upstream cannot be read", hint="name a file with certificates in PEM"
        ) from error
    context.set_alpn_protocols(["http/1.1"])
    return context
