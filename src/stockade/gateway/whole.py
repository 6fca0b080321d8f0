"""An answer that comes in one piece, and an upstream's refusal: screened, restored, recorded, then shown."""

from __future__ import annotations

import time
from collections.abc import Mapping

import orjson

from stockade.core.errors import CheckError, InputError
from stockade.core.finding import DETECTOR_FAILED
from stockade.core.limits import ANSWER_BYTES_MAX
from stockade.core.message import Message, Origin
from stockade.core.policy import Action
from stockade.gateway.connection import Head, UpstreamError
from stockade.gateway.incoming import Send
from stockade.gateway.record import answer_entry
from stockade.gateway.replies import Refusal
from stockade.gateway.services import Services
from stockade.gateway.upstream import Exchange as UpstreamExchange
from stockade.gateway.work import Work
from stockade.pipeline import strictest
from stockade.wires import Part
from stockade.wires.body import encode

# What a provider says when it refuses is a sentence or two.
_ERROR_BYTES_MAX = 64 * 1024
_ERROR_CHARS_MAX = 500
# The client's own mistake, which it can mend: told as such, so that clients do not try again.
_CLIENT_STATUS = frozenset({400, 404, 409, 413, 422})


def is_stream(head: Head) -> bool:
    """Say whether the upstream answers with server-sent events."""
    kind = head.headers.get("content-type", "")
    return head.status == 200 and kind.partition(";")[0].strip().lower() == "text/event-stream"


async def whole_answer(work: Work, upstream: UpstreamExchange, send: Send, services: Services) -> None:
    """Show the client an answer that is not streamed.

    Raises:
        Refusal: the upstream refused, or a text of the answer cannot be checked.
        UpstreamError: it broke off, or is no answer of this wire.
        StoreError: the record could not be written.
    """
    started = time.perf_counter_ns()
    refused = upstream.head.status != 200
    try:
        raw = await upstream.body(_ERROR_BYTES_MAX if refused else ANSWER_BYTES_MAX)
    except UpstreamError:
        if not refused:
            raise
        raw = b""  # its words are lost; that it refused, and how long to wait, is known
    upstream.close()
    call = work.call
    call.upstream_ns += time.perf_counter_ns() - started
    if refused:
        raise _refusal(work, upstream.head, raw)
    body, blocked = _screened(work, raw)
    shown = encode(body)
    verdicts = work.exchange.answer_verdicts
    call.action = max(call.action, strictest(verdicts))
    await services.ledger.record(
        "answer", answer_entry(call, "blocked" if blocked else "answered", 200, verdicts)
    )
    # Before the answer is out: the client's next call must find its share given back.
    await services.metering.settle(call.metered)
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(shown)).encode())]
    call.answering = call.finished = True
    services.metrics.answered(call.route, 200, call.action.word, work.upstream.name, call.own_ns)
    await send({"type": "http.response.start", "status": 200, "headers": [*headers, *call.headers()]})
    await send({"type": "http.response.body", "body": shown})


def _screened(work: Work, raw: bytes) -> tuple[Mapping[str, object], bool]:
    """Return the answer as it may be shown, and whether the policy stopped it."""
    body, parts = _read(work, raw)
    if work.call.metered is not None:
        work.call.metered.note(body)
    changes = []
    screened = work.exchange.screen_answer([part.message for part in parts])
    for part, (verdict, restored) in zip(parts, screened, strict=True):
        if verdict.not_run and verdict.action is Action.BLOCK:
            raise CheckError("a check of the answer could not run", checks=verdict.not_run)
        if verdict.action >= Action.ROUTE_LOCAL:
            return work.wire.blocked_answer(body), True
        text = verdict.text if part.intact else restored
        if text != part.message.text:
            changes.append((part, text))
    work.wire.replace_answer(body, changes)
    return body, False


def _read(work: Work, raw: bytes) -> tuple[dict[str, object], list[Part]]:
    try:
        body = orjson.loads(raw)
        if isinstance(body, dict):
            return body, work.wire.answer_texts(body)
    except (orjson.JSONDecodeError, InputError):
        # From None: the error keeps the whole answer as an attribute.
        raise UpstreamError("garbage") from None
    raise UpstreamError("garbage")


def _refusal(work: Work, head: Head, raw: bytes) -> Refusal:
    """Return the upstream's refusal, wrapped: its words are inspected like any answer."""
    told = _words(work, raw)
    text = f"the upstream answered {head.status}" + (f": {told}" if told else "")
    details = {"upstream_status": head.status}
    if head.status == 429:
        after = head.headers.get("retry-after", "")
        headers = (("retry-after", after if after.isdigit() and len(after) < 6 else "10"),)
        return Refusal(429, "upstream_rate_limited", text, "upstream_error", headers=headers, details=details)
    if head.status in _CLIENT_STATUS:
        return Refusal(head.status, "upstream_refused", text, "upstream_error", details=details)
    return Refusal(502, "upstream_failed", text, "upstream_error", details=details)


def _words(work: Work, raw: bytes) -> str:
    """Return what may be shown of the sentence an upstream refused with, empty if nothing may."""
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return ""
    error = body.get("error") if isinstance(body, dict) else None
    words = error.get("message") if isinstance(error, dict) else error
    if not isinstance(words, str) or (work.provider_key and work.provider_key in words):
        return ""
    ((verdict, shown),) = work.exchange.screen_answer([Message(words[:_ERROR_CHARS_MAX], Origin.MODEL)])
    failed = any(f.rule is DETECTOR_FAILED for f in verdict.findings)
    return "" if failed or verdict.action >= Action.ROUTE_LOCAL else shown
