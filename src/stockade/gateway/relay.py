"""One request from the client's bytes to the client's answer, in the order of the architecture page.

decode → screen → record → send → screen → restore → record → answer. Every way out of here, refusals and
failures included, leaves its record; if the record cannot be written, the client is told nothing but that.
"""

from __future__ import annotations

import asyncio
import logging
import time

from stockade.core.errors import CheckError, StockadeError
from stockade.core.finding import DETECTOR_FAILED
from stockade.core.message import Origin
from stockade.core.policy import Action
from stockade.core.screen import Verdict
from stockade.gateway.app import Request, place_of, send_refusal
from stockade.gateway.connection import UpstreamError
from stockade.gateway.incoming import ClientGoneError, Incoming, Receive, Send, read_body, read_headers
from stockade.gateway.metering import estimate_of, is_free
from stockade.gateway.record import Call, answer_entry, checks_header, refusal_entry, request_entry
from stockade.gateway.replies import Refusal, policy_refusal, refusal_for
from stockade.gateway.routing import Boundary, Upstream
from stockade.gateway.services import Services
from stockade.gateway.streamed import stream_answer
from stockade.gateway.upstream import Exchange as UpstreamExchange
from stockade.gateway.whole import is_stream, whole_answer
from stockade.gateway.work import Work
from stockade.pipeline import Exchange, strictest
from stockade.wires import Body, Part, Wire
from stockade.wires.body import decode, encode

LOG = logging.getLogger("stockade.gateway")

# Failures of an upstream that was never given the request.
_NEVER_SENT = frozenset({"connect", "busy", "header"})


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
        call = Call(request.request_id, self._wire.path, policy=self._services.policy_label)
        watch: asyncio.Future[None] | None = None
        try:
            incoming = read_headers(request.scope)
            call.key = self._services.authenticator.authenticate(incoming.credential)
            raw = await read_body(receive, incoming, self._services.bounds.body_bytes)
            watch = asyncio.ensure_future(_watch(receive, call, asyncio.current_task()))
            await self._relay(call, incoming, raw, send)
        except asyncio.CancelledError:
            if watch is None or not watch.done():
                raise
            await self._gone(call)
        except ClientGoneError:
            await self._gone(call)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, nothing goes through, and it is recorded
            await self._refuse(call, error, send)
        finally:
            if watch is not None:
                watch.cancel()
            await self._services.metering.settle(call.metered)

    async def _relay(self, call: Call, incoming: Incoming, raw: bytes, send: Send) -> None:
        work = await self._screen(call, incoming, raw)
        await self._services.ledger.record("request", call.entry)
        call.sent = True
        upstream = await self._send(work)
        if call.metered is not None and upstream.head.status != 200:
            call.metered.reached = False  # refused: nothing was used
        try:
            if is_stream(upstream.head):
                await stream_answer(work, upstream, send, self._services)
            else:
                await whole_answer(work, upstream, send, self._services)
        finally:
            upstream.close()

    # -- the steps ------------------------------------------------------------------------------------

    async def _screen(self, call: Call, incoming: Incoming, raw: bytes) -> Work:
        """Decode, choose the upstream, screen, and put the changed text back."""
        services, wire = self._services, self._wire
        body, found = self._read(call, raw)
        # Before the checks: a key that has used up its share costs no more of them.
        asked = estimate_of(body, found[1] or call.model, len(raw))
        call.metered = await services.metering.reserve(call.key, asked, free=is_free(call.route))
        parts = wire.messages(body)
        messages = [part.message for part in parts]
        first = next((m.text for m in messages if m.origin is Origin.USER), "")
        key = services.keys.conversation(incoming.conversation or first, call.key.tenant)
        exchange = Exchange(services.pipeline, key=key, style=services.style)
        if services.pipeline.takes_long(messages):
            # A network computes without holding the interpreter: others are served meanwhile.
            verdicts = await asyncio.to_thread(exchange.screen_request, messages)
        else:
            verdicts = exchange.screen_request(messages)
        call.action = strictest(verdicts)
        call.checks = checks_header(verdicts, services.check_names)
        call.verdicts = tuple((m.origin.value, v) for m, v in zip(messages, verdicts, strict=True))
        call.upstream, name = (
            found if call.action < Action.ROUTE_LOCAL else self._on_device(call.action, found)
        )
        _decide(verdicts, parts)
        call.entry = request_entry(call, messages, services.keys.commit)
        wire.replace(body, [(p, v.text) for p, v in zip(parts, verdicts, strict=True) if v.edits])
        if name:
            body["model"] = name
        return Work(call, wire, exchange, call.upstream, incoming.dialect, encode(body))

    def _read(self, call: Call, raw: bytes) -> tuple[Body, tuple[Upstream, str]]:
        """Decode the body, and find out whether this key may ask for this model and where it leads."""
        services, wire = self._services, self._wire
        if services.silent:
            # A rule that missed its own probe looks on and does nothing: what it would have said is unknown.
            raise CheckError("a rule did not answer its probe at start", checks=services.silent)
        body = decode(raw, bytes_max=services.bounds.body_bytes)
        wire.validate(body)
        call.model = str(body.get("model") or "")
        call.stream = bool(body.get("stream"))
        services.authenticator.permit(call.key, call.route, call.model)
        found = services.routes.resolve(call.model, wire.name)
        if found is None:
            raise Refusal(404, "model_not_found", "no upstream is configured for this model", param="/model")
        self._refuse_uninspected(wire, body)
        return body, found

    def _refuse_uninspected(self, wire: Wire, body: dict[str, object]) -> None:
        if self._services.bounds.uninspected == "pass":
            return
        for part in wire.uninspected(body):
            raise Refusal(
                400,
                "uninspected_content",
                f"a part of kind {part.kind} cannot be inspected, so it is refused",
                kind="policy_violation",
                param=part.pointer,
            )

    def _on_device(self, action: Action, found: tuple[Upstream, str]) -> tuple[Upstream, str]:
        """Return an upstream on this device: a request never goes further than its verdict allows."""
        if action is Action.BLOCK or found[0].boundary is Boundary.DEVICE:
            return found
        local = self._services.routes.on_device(self._wire.name)
        if local is None:
            raise Refusal(
                503,
                "no_device_upstream",
                "the policy keeps this request on the device, and no upstream runs there",
                kind="policy_violation",
            )
        return local

    async def _send(self, work: Work) -> UpstreamExchange:
        upstream, call = work.upstream, work.call
        started = time.perf_counter_ns()
        try:
            work.provider_key = upstream.key()
            headers = upstream.headers(call.request_id, work.provider_key, work.dialect)
            pool = upstream.pool()
            if call.metered is not None:
                call.metered.reached = True
            return await pool.exchange(self._wire.upstream_path, headers=headers, body=work.outgoing)
        except UpstreamError as error:
            if call.metered is not None and error.code in _NEVER_SENT:
                call.metered.reached = False
            raise
        finally:
            call.upstream_ns += time.perf_counter_ns() - started

    # -- the ways out ---------------------------------------------------------------------------------

    async def _refuse(self, call: Call, error: Exception, send: Send) -> None:
        refusal = refusal_for(error)
        if refusal.code == "internal_error":
            # The class and the place, never the message: it may quote what was sent.
            LOG.error("request %s failed: %s", call.request_id, place_of(error))
        refusal = await self._recorded(call, refusal, error)
        services = self._services
        upstream = call.upstream.name if call.upstream is not None else ""
        services.metrics.count(call.route, refusal.status, call.action.word, upstream)
        if call.answering:
            raise ClientGoneError from None  # too late for a status; the connection ends without success
        call.finished = True
        await send_refusal(send, refusal, call.headers(), self._wire, call.request_id)

    async def _recorded(self, call: Call, refusal: Refusal, error: Exception) -> Refusal:
        """Record the refusal; if that fails too, that is what the client is told."""
        if call.sent:
            upstream_failed = isinstance(error, UpstreamError) or refusal.kind == "upstream_error"
            outcome = "upstream_failed" if upstream_failed else "failed"
            kind, entry = "answer", answer_entry(call, outcome, refusal.status, ())
        else:
            kind, entry = "refused", refusal_entry(call, refusal.status, refusal.code)
        try:
            await self._services.ledger.record(kind, entry)
        except StockadeError as unrecorded:
            return refusal_for(unrecorded)
        return refusal

    async def _gone(self, call: Call) -> None:
        task = asyncio.current_task()
        while task is not None and task.cancelling():
            task.uncancel()
        entry = (
            answer_entry(call, "client_gone", 499, ())
            if call.sent
            else refusal_entry(call, 499, "client_gone")
        )
        await self._services.ledger.record("answer" if call.sent else "refused", entry)
        self._services.metrics.count(call.route, 499, call.action.word, "")


def _decide(verdicts: list[Verdict], parts: list[Part]) -> None:
    """Refuse what the policy blocks.

    Raises:
        CheckError: a check that the policy wants could not run.
        Refusal: the policy refuses one of the texts.
    """
    for verdict, part in zip(verdicts, parts, strict=True):
        finding = verdict.blocking
        if finding is None or verdict.action is not Action.BLOCK:
            continue
        if finding.rule is DETECTOR_FAILED:
            raise CheckError("a check could not run", checks=verdict.not_run)
        raise policy_refusal(verdict, part.pointer)


async def _watch(receive: Receive, call: Call, relaying: asyncio.Task[None] | None) -> None:
    """Cancel the relaying as soon as the client has left: nobody pays for an answer that nobody reads."""
    while (await receive())["type"] != "http.disconnect":
        pass
    if relaying is not None and not call.finished:
        relaying.cancel()
