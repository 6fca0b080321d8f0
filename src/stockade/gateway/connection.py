"""One HTTP/1.1 connection to an upstream: bytes in order, bounded, with back-pressure and deadlines.

Why our own: general clients cost ten times the proxy around them and inflate compressed answers without a
bound. This one speaks the little that a provider's API needs: a request with a body of known length, an
answer with a length, in chunks, or until the connection closes. It follows no redirect, keeps no cookie,
and reads no proxy setting. Parsing is llhttp's (RFC 9112), through ``httptools``.

What arrived before a failure is handed out before the failure is told, so that the same bytes give the same
answer however they were cut into packets.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

import httptools

from stockade.core.limits import ANSWER_BYTES_MAX
from stockade.gateway.inflating import Inflater
from stockade.gateway.upstream_error import UpstreamError

__all__ = ["Connection", "Head", "UpstreamError"]

# Unread bytes of one answer before reading from the upstream stops, and the mark where it goes on.
BUFFER_BYTES_MAX = 256 * 1024
BUFFER_BYTES_RESUME = 64 * 1024
HEADER_BYTES_MAX = 64 * 1024
# What may come around the body: the headers, and the frames of chunks, the smallest of which hold one byte.
FRAME_BYTES_PER_BODY_BYTE = 8
# A connection that lay idle is found dead within a round trip. Later than this, the upstream may have done
# the work, and asking again would pay for it twice.
STALE_S_MAX = 2.0


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
        "_headers",
        "_inflater",
        "_keep_alive",
        "_loop",
        "_lost",
        "_parser",
        "_paused",
        "_pieces",
        "_received",
        "_sent_at",
        "_started",
        "_status",
        "_waiter",
        "idle_since",
        "reused",
        "transport",
        "when_lost",
    )

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.transport: asyncio.Transport | None = None
        self.reused = False
        self.idle_since = 0.0
        self.when_lost: Callable[[Connection], None] | None = None
        self._lost = False
        self._waiter: asyncio.Future[None] | None = None
        self._reset()

    def _reset(self) -> None:
        self._parser: httptools.HttpResponseParser | None = None
        self._pieces: deque[bytes] = deque()
        self._headers: dict[str, str] = {}
        self._inflater: Inflater | None = None
        self._status = 0
        self._buffered = 0
        self._answer_bytes = 0
        self._received = 0
        self._sent_at = 0.0
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
        parser = self._parser
        if parser is None or self._complete:
            self._surplus()
            return
        self._started = True
        self._received += len(data)
        try:
            parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._surplus()
        else:
            # Counted here: llhttp hands out a header only when it has all of it, and chunk extensions never.
            body = self._answer_bytes
            if self._received - body > HEADER_BYTES_MAX + FRAME_BYTES_PER_BODY_BYTE * body:
                self._fail("too_large")
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """End the answer where it ended by closing; otherwise it broke."""
        self._lost = True
        if self._parser is not None and not self._complete and not self._error:
            framed = "content-length" in self._headers or "transfer-encoding" in self._headers
            if exc is None and self._status and not framed:
                self._complete = True
            else:
                self._error = "reset"
        if self.when_lost is not None:
            self.when_lost(self)
        self._wake()

    # -- the parser's side ----------------------------------------------------------------------------

    def on_message_begin(self) -> None:
        """Refuse a second answer to one request: it would be taken for the answer to the next."""
        if self._complete:
            raise ValueError("a second answer")

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep one header; those behind a body in chunks are left out."""
        if not self._status:
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
            self._inflater = Inflater()
        elif encoding not in {"", "identity"}:
            self._fail("encoding")

    def on_body(self, body: bytes) -> None:
        """Queue a piece of the body, and stop reading while too much of it waits."""
        self._answer_bytes += len(body)
        if self._answer_bytes > ANSWER_BYTES_MAX:
            self._fail("too_large")
        if self._error:
            return
        self._pieces.append(body)
        self._buffered += len(body)
        if self._buffered > BUFFER_BYTES_MAX and not self._paused and self.transport is not None:
            self._paused = True
            self.transport.pause_reading()

    def on_message_complete(self) -> None:
        """Note the end of the answer."""
        if self._status and self._parser is not None:
            self._complete = True
            # llhttp forgets the answer's framing once the message is over, so it is asked now.
            self._keep_alive = self._parser.should_keep_alive()

    def _surplus(self) -> None:
        """End the connection at bytes nobody asked for. An answer that was complete before them stands."""
        self._keep_alive = False
        if self._complete:
            self.close()
        else:
            self._fail("garbage")

    def _fail(self, code: str) -> None:
        self._error = self._error or code
        self.close()
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
            and self._keep_alive
            and not self._pieces
            and self._inflater is None
            and not self.dead
            and self.transport is not None
            # An answer may come before the request was taken in full; the rest must not become the next one.
            and self.transport.get_write_buffer_size() == 0
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
        self._sent_at = self._loop.time()
        self.transport.write(request)

    async def head(self, *, timeout_s: float) -> Head:
        """Wait for status and headers, however they trickle in.

        Raises:
            UpstreamError: the upstream failed or was too slow.
        """
        until = self._sent_at + timeout_s
        while not self._status or self._error:
            self._check()
            await self._wait(until)
        return Head(self._status, self._headers)

    async def read(self, *, timeout_s: float) -> bytes:
        """Return everything that is queued, waiting for at least one byte; empty at the end.

        Raises:
            UpstreamError: the answer broke off, grew too large or was too slow.
        """
        until = self._loop.time() + timeout_s
        while not (data := self._take()):
            if self._complete:
                if self._inflater is not None:
                    self._inflater.end()
                return b""
            self._check()
            await self._wait(until)
        return data

    def _take(self) -> bytes:
        """Return what is queued, or the next step of it where it has to be inflated."""
        pieces = self._pieces
        data = pieces.popleft() if len(pieces) == 1 else b"".join(pieces)
        pieces.clear()
        self._buffered = 0
        if self._inflater is not None:
            self._inflater.feed(data)
            data = self._inflater.take()
            self._buffered = self._inflater.waiting
        if self._paused and self._buffered <= BUFFER_BYTES_RESUME and not self.dead:
            self._paused = False
            assert self.transport is not None
            self.transport.resume_reading()
        return data

    def close(self) -> None:
        """Drop the connection at once; the upstream sees it within its own reading."""
        if self.transport is not None:
            self.transport.abort()

    def _check(self) -> None:
        if self._error or self._lost:
            early = self._loop.time() - self._sent_at < STALE_S_MAX
            raise UpstreamError(self._error or "reset", stale=early and self.reused and not self._started)

    async def _wait(self, until: float) -> None:
        waiter = self._waiter = self._loop.create_future()
        timer = self._loop.call_at(until, _expire, waiter)
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
