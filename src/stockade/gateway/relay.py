"""One request from the client's bytes to the client's answer, in the order of the architecture page.

decode → screen → record → send → screen → restore → record → answer. Every way out of here, refusals and
failures included, leaves its record; if the record cannot be written, the client gets nothing but that.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

from stockade.core.errors import StockadeError
from stockade.core.message import Origin
from stockade.core.surrogate import Style
from stockade.gateway.app import Request
from stockade.gateway.connection import UpstreamError
from stockade.gateway.incoming import ClientGoneError, Incoming, Receive, Send, read_body, read_headers
from stockade.gateway.record import Call, answer_entry, checks_header, request_entry
from stockade.gateway.services import Services
from stockade.pipeline import Exchange, strictest
from stockade.wires import Wire
from stockade.wires.body import decode, encode


@dataclass(slots=True)
class Work:
    """What is known of one request while it is relayed."""

    call: Call
    wire: Wire
    exchange: Exchange
    body: dict[str, object] = field(repr=False)
    outgoing: bytes = field(default=b"", repr=False)


class Relay:
    """Handles one wire's route.

    Args:
        wire: the dialect of the route.
        services: the rooms behind the door.
    """

    __slots__ = ("_services", "_wire")

    def __init__(self, wire: Wire, services: Services) -> None:
        self._wire = wire
        self._services = services

    async def __call__(self, request: Request, receive: Receive, send: Send) -> None:
        """Relay one request."""
        services = self._services
        incoming = read_headers(request.scope)
        key = services.authenticator.authenticate(incoming.credential)
        raw = await read_body(receive, incoming, services.bounds.body_bytes)
        call = Call(request.request_id, request.path, key)
        watch = asyncio.ensure_future(_watch(receive, asyncio.current_task()))
        try:
            await self._relay(call, incoming, raw, send)
        except asyncio.CancelledError:
            if not watch.done():
                raise
            # The client left; what was under way is cancelled, and the record says so.
            task = asyncio.current_task()
            assert task is not None
            task.uncancel()
            await services.ledger.record("answer", answer_entry(call, "client_gone", 499, ()))
            raise ClientGoneError from None
        finally:
            watch.cancel()

    async def _relay(self, call: Call, incoming: Incoming, raw: bytes, send: Send) -> None:
        try:
            work = self._screen(call, incoming, raw)
        except Exception as error:
            await self._record_refusal(call, error)
            raise
        await self._record_request(work)
        started = time.perf_counter_ns()
        assert call.upstream is not None
        try:
            upstream = await self._send(work)
        except (UpstreamError, StockadeError) as error:
            call.upstream_ns += time.perf_counter_ns() - started
            await self._record_failure(call, error)
            raise
        call.upstream_ns += time.perf_counter_ns() - started
        try:
            await self._answer(work, upstream, send)
        finally:
            upstream.close()

    # -- the steps ------------------------------------------------------------------------------------

    def _screen(self, call: Call, incoming: Incoming, raw: bytes) -> Work:
        """Decode, choose the upstream, screen, and put the changed text back."""
        services, wire = self._services, self._wire
        body = decode(raw, bytes_max=services.bounds.body_bytes)
        wire.validate(body)
        call.model = str(body["model"])
        call.stream = bool(body.get("stream"))
        call.policy = services.policy_label
        services.authenticator.permit(call.key, call.route, call.model)
        self._route(call, body)
        parts = wire.messages(body)
        messages = [part.message for part in parts]
        first = next((m.text for m in messages if m.origin is Origin.USER), "")
        conversation = incoming.conversation or services.commit(first)
        exchange = Exchange(
            services.pipeline,
            key=services.exchange_key(call.key.tenant, conversation),
            style=Style(services.style),
        )
        verdicts = exchange.screen_request(messages)
        call.action = strictest(verdicts)
        call.checks = checks_header(verdicts)
        call.entry = request_entry(call, messages, verdicts, services.commit)
        self._decide(call, verdicts, [part.pointer for part in parts])
        self._uninspected(body)
        wire.replace(body, [(p, v.text) for p, v in zip(parts, verdicts, strict=True) if v.edits])
        return Work(call, wire, exchange, body, encode(body))
