"""A streamed answer: screened and restored piece by piece, ended honestly.

The client's stream ends with the wire's success terminator only if the upstream's did, every text passed, and
the record of it is durable. Everything else ends with a typed error event and no terminator.
"""

from __future__ import annotations

import logging
import time

from stockade.core.errors import InputError, StockadeError
from stockade.gateway.app import place_of
from stockade.gateway.connection import UpstreamError
from stockade.gateway.incoming import Send
from stockade.gateway.record import answer_entry
from stockade.gateway.replies import Refusal, refusal_for, wire_error
from stockade.gateway.services import Services
from stockade.gateway.upstream import Exchange as UpstreamExchange
from stockade.gateway.work import Work
from stockade.pipeline import Lane, strictest
from stockade.wires import AnswerStream, LaneKind
from stockade.wires.sse import Parser

LOG = logging.getLogger("stockade.gateway")

_HEAD = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"x-accel-buffering", b"no")]
_BLOCKED = Refusal(200, "content_filter", "the answer was stopped by policy", kind="policy_violation")
_TRUNCATED = Refusal(
    502, "upstream_truncated", "the upstream's stream ended before its answer did", kind="upstream_error"
)
_NOT_RUN = Refusal(
    503,
    "check_unavailable",
    "a check of the answer could not run, so it was stopped",
    kind="service_unavailable",
)


async def stream_answer(work: Work, upstream: UpstreamExchange, send: Send, services: Services) -> None:
    """Show the client a streamed answer while it arrives."""
    call = work.call

    def lane(kind: LaneKind, pointer: str) -> Lane:
        return work.exchange.lane(pointer, in_json=kind == "json", intact=kind == "intact")

    stream = work.wire.stream(lane)
    parser = Parser()
    call.answering = True
    await send({"type": "http.response.start", "status": 200, "headers": [*_HEAD, *call.headers()]})
    failure: Exception | None = None
    try:
        await _relay(work, stream, parser, upstream, send)
    except Exception as error:  # noqa: BLE001 - the head is out: only an error event can tell the truth now
        failure = error
    # Before anything else is waited for: the upstream must not go on writing what nobody will read.
    upstream.close()
    outcome, told = _end(work, stream, failure, cut=parser.pending)
    verdicts = work.exchange.answer_verdicts
    call.action = max(call.action, strictest(verdicts))
    try:
        await services.ledger.record("answer", answer_entry(call, outcome, 200, verdicts))
    except StockadeError as error:
        told = refusal_for(error)
    await services.metering.settle(call.metered)
    services.metrics.answered(call.route, 200, call.action.word, work.upstream.name, call.own_ns)
    call.finished = True
    last = (
        b"".join(stream.finish())
        if told is None
        else work.wire.error_event(wire_error(told, call.request_id))
    )
    if stream.failed and outcome == "upstream_failed":
        last = b""  # the upstream's own error event was the last word
    await send({"type": "http.response.body", "body": last})


async def _relay(
    work: Work, stream: AnswerStream, parser: Parser, upstream: UpstreamExchange, send: Send
) -> None:
    """Pass on what arrives until the stream is complete, stopped, or at its end."""
    call = work.call
    while True:
        waiting = time.perf_counter_ns()
        data = await upstream.read()
        call.upstream_ns += time.perf_counter_ns() - waiting
        if not data:
            return
        frames: list[bytes] = []
        try:
            for payload in parser.feed(data):
                if call.metered is not None:
                    call.metered.event(payload)
                frames += stream.event(payload)
                if stream.blocked or stream.failed:
                    break
        finally:
            # What passed before a broken event is decided and belongs to the client.
            if frames:
                await send({"type": "http.response.body", "body": b"".join(frames), "more_body": True})
        if stream.blocked or stream.failed:
            return


def _end(
    work: Work, stream: AnswerStream, failure: Exception | None, *, cut: bool
) -> tuple[str, Refusal | None]:
    """Return the outcome for the record, and the error to tell, if there is one."""
    if stream.blocked:
        not_run = any(verdict.not_run for verdict in work.exchange.answer_verdicts)
        return "blocked", _NOT_RUN if not_run else _BLOCKED
    if stream.failed:
        return "upstream_failed", None
    if failure is not None:
        return _failed(work, failure)
    if stream.complete and not cut:
        return "answered", None
    return "upstream_truncated", _TRUNCATED


def _failed(work: Work, failure: Exception) -> tuple[str, Refusal]:
    if isinstance(failure, UpstreamError):
        if failure.code == "reset":
            return "upstream_truncated", _TRUNCATED
        outcome = "upstream_truncated" if failure.code == "timeout" else "upstream_failed"
        return outcome, refusal_for(failure)
    if isinstance(failure, InputError):
        # What cannot be read here is what the upstream sent.
        return "upstream_failed", refusal_for(UpstreamError("garbage"))
    refusal = refusal_for(failure)
    if refusal.code == "internal_error":
        LOG.error("request %s failed: %s", work.call.request_id, place_of(failure))
    return "failed", refusal
