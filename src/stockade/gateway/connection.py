"""One HTTP/1.1 connection to an upstream: bytes in order, bounded, with back-pressure and deadlines.

Why our own: general clients cost ten times the proxy around them and inflate compressed answers without a
bound. This one speaks the little that a provider's API needs: a request with a body of known length, an
answer with a length, in chunks, or until the connection closes. It follows no redirect, keeps no cookie,
and reads no proxy setting. Parsing is llhttp's (RFC 9112), through ``httptools``.
"""

from __future__ import annotations

import asyncio
import zlib
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import httptools

from stockade.core.limits import ANSWER_BYTES_MAX

# Unread bytes of one answer before reading from the upstream stops, and the mark where it goes on.
BUFFER_BYTES_MAX = 256 * 1024
BUFFER_BYTES_RESUME = 64 * 1024
HEADER_BYTES_MAX = 64 * 1024
# A compressed answer is inflated in steps of this size, so that a bomb is met before it is in memory.
INFLATE_STEP_BYTES = 64 * 1024


class UpstreamError(Exception):
    """The upstream failed. Caught inside the gateway and turned into 502 or 504.

    Attributes:
        code: ``connect``, ``timeout``, ``reset``, ``garbage``, ``too_large`` or ``encoding``.
        stale: the connection was an old one and died before a byte of the answer: safe to try anew.
    """

    def __init__(self, code: str, *, stale: bool = False) -> None:
        super().__init__(f"upstream failed: {code}")
        self.code = code
        self.stale = stale


@dataclass(slots=True)
class Head:
    """The beginning of an answer."""

    status: int
    headers: Mapping[str, str] = field(repr=False)


class Connection(asyncio.Protocol):
    """One connection, used for one exchange at a time."""

    __slots__ = (
        "_answer_bytes",
        "_buffered",
        "_complete",
        "_error",
        "_header_bytes",
        "_headers",
        "_inflate",
        "_keep_alive",
        "_loop",
        "_lost",
        "_parser",
        "_paused",
        "_pieces",
        "_started",
        "_status",
        "_waiter",
        "reused",
        "transport",
    )

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.transport: asyncio.Transport | None = None
        self.reused = False
        self._lost = False
        self._waiter: asyncio.Future[None] | None = None
        self._reset()

    def _reset(self) -> None:
        self._parser: httptools.HttpResponseParser | None = None
        self._pieces: deque[bytes] = deque()
        self._headers: dict[str, str] = {}
        self._inflate: zlib._Decompress | None = None
        self._status = 0
        self._buffered = 0
        self._answer_bytes = 0
        self._header_bytes = 0
        self._started = False
        self._complete = False
        self._keep_alive = False
        self._paused = False
        self._error = ""

    # -- the transport's side -------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        # uvloop's transports have the methods of asyncio.Transport without deriving from it.
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Parse what arrived; anything not asked for ends the connection."""
        if self._parser is None:
            self._fail("garbage")
            return
        self._started = True
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._fail("garbage")
        self._wake()

    def eof_received(self) -> bool | None:
        """Let the transport close; ``connection_lost`` decides what that means."""
        return None

    def connection_lost(self, exc: Exception | None) -> None:
        """End the answer where it ended by closing; otherwise it broke."""
        self._lost = True
        if self._parser is not None and not self._complete and not self._error:
            by_close = exc is None and self._status and not self._framed()
            if by_close:
                self._complete = True
            else:
                self._error = "reset"
        self._wake()

    def _framed(self) -> bool:
        return "content-length" in self._headers or "transfer-encoding" in self._headers

    # -- the parser's side ----------------------------------------------------------------------------

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep one header; too many end the exchange."""
        self._header_bytes += len(name) + len(value)
        if self._header_bytes > HEADER_BYTES_MAX:
            self._fail("too_large")
            return
        self._headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        """Note the status and how the body is encoded."""
        assert self._parser is not None
        status = self._parser.get_status_code()
        if 100 <= status < 200:
            self._headers.clear()
            return
        self._status = status
        encoding = self._headers.get("content-encoding", "identity").lower()
        if encoding in {"gzip", "x-gzip", "deflate"}:
            # +32: zlib tells gzip from deflate by the first bytes.
            self._inflate = zlib.decompressobj(zlib.MAX_WBITS + 32)
        elif encoding not in {"", "identity"}:
            self._fail("encoding")

    def on_body(self, body: bytes) -> None:
        """Queue a piece of the body, inflated in bounded steps where it is compressed."""
        if self._error:
            return
        if self._inflate is None:
            self._queue(body)
            return
        try:
            while body and not self._error:
                self._queue(self._inflate.decompress(body, INFLATE_STEP_BYTES))
                body = self._inflate.unconsumed_tail
            if self._inflate.unused_data:
                self._fail("encoding")
        except zlib.error:
            self._fail("encoding")

    def on_message_complete(self) -> None:
        """Note the end of the answer."""
        if self._status and self._parser is not None:
            self._complete = True
            # llhttp forgets the answer's framing once the message is over, so it is asked now.
            self._keep_alive = self._parser.should_keep_alive()

    def _queue(self, piece: bytes) -> None:
        self._answer_bytes += len(piece)
        if self._answer_bytes > ANSWER_BYTES_MAX:
            self._fail("too_large")
            return
        if not piece:
            return
        self._pieces.append(piece)
        self._buffered += len(piece)
        if self._buffered > BUFFER_BYTES_MAX and not self._paused and self.transport is not None:
            self._paused = True
            self.transport.pause_reading()

    def _fail(self, code: str) -> None:
        self._error = self._error or code
        if self.transport is not None:
            self.transport.abort()
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    # -- the exchange ---------------------------------------------------------------------------------

    @property
    def reusable(self) -> bool:
        """Whether another exchange may follow on this connection."""
        return (
            self._complete
            and not self._error
            and not self._lost
            and not self._pieces
            and self._keep_alive
        )

    @property
    def dead(self) -> bool:
        """Whether the peer has closed or broken it."""
        return self._lost or bool(self._error) or self.transport is None or self.transport.is_closing()

    def send(self, request: bytes) -> None:
        """Begin an exchange by writing a whole request."""
        assert self.transport is not None
        self._reset()
        self._parser = httptools.HttpResponseParser(self)
        self.transport.write(request)

    async def head(self, *, timeout_s: float) -> Head:
        """Wait for status and headers.

        Raises:
            UpstreamError: the upstream failed or was too slow.
        """
        while not self._status or self._error:
            self._check()
            await self._wait(timeout_s)
        return Head(self._status, self._headers)

    async def read(self, *, timeout_s: float) -> bytes:
        """Return everything that is queued, waiting for at least one piece; empty at the end.

        Raises:
            UpstreamError: the answer broke off, grew too large or was too slow.
        """
        while not self._pieces:
            if self._complete:
                return b""
            self._check()
            await self._wait(timeout_s)
        if self._error:
            self._check()
        pieces = self._pieces
        data = pieces.popleft() if len(pieces) == 1 else b"".join(pieces)
        pieces.clear()
        self._buffered = 0
        if self._paused and self.transport is not None and not self._lost:
            self._paused = False
            self.transport.resume_reading()
        return data

    def close(self) -> None:
        """Drop the connection at once; the upstream sees it within its own reading."""
        if self.transport is not None:
            self.transport.abort()

    def _check(self) -> None:
        if self._error:
            raise UpstreamError(self._error, stale=self.reused and not self._started)
        if self._lost:
            raise UpstreamError("reset", stale=self.reused and not self._started)

    async def _wait(self, timeout_s: float) -> None:
        waiter = self._waiter = self._loop.create_future()
        timer = self._loop.call_later(timeout_s, _expire, waiter)
        try:
            await waiter
        except TimeoutError:
            self.close()
            raise UpstreamError("timeout") from None
        finally:
            timer.cancel()
            self._waiter = None


def _expire(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_exception(TimeoutError())
