"""The routes that carry no texts: the list of models, health, readiness, metrics.

They are the only ones without a record: there is no interaction to record. Health and metrics are open to
whoever reaches the port, and say nothing about keys, people or texts.
"""

from __future__ import annotations

import orjson

from stockade.gateway.app import Request, reply
from stockade.gateway.incoming import Receive, Send, read_headers

UNRECORDED = ("/healthz", "/metrics", "/readyz", "/v1/models")


async def healthz(request: Request, receive: Receive, send: Send) -> None:
    """Say that the process runs."""
    del request, receive
    await reply(send, 200, b'{"status":"ok"}')


async def readyz(request: Request, receive: Receive, send: Send) -> None:
    """Say whether it can do its job: every rule answered its probe, the record can be written."""
    del receive
    services = request.services
    trouble = services.trouble
    state = {
        "status": "unavailable" if trouble else "ready",
        **trouble,
        "policy": services.policy_label,
        "engines": {str(index): engine.state for index, engine in enumerate(services.engines)},
    }
    await reply(send, 503 if trouble else 200, orjson.dumps(state))


async def metrics(request: Request, receive: Receive, send: Send) -> None:
    """Return the counters in Prometheus' text format."""
    del receive
    body = request.services.metrics.render()
    headers = [
        (b"content-type", b"text/plain; version=0.0.4; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def models(request: Request, receive: Receive, send: Send) -> None:
    """Return the model names of the configuration that this key may call."""
    del receive
    services = request.services
    incoming = read_headers(request.scope)
    key = services.authenticator.authenticate(incoming.credential)
    services.authenticator.permit(key, "GET /v1/models", "")
    listed = [
        {"id": name, "object": "model", "created": 0, "owned_by": upstream.name}
        for name, upstream in services.routes.models()
        if services.authenticator.allows_model(key, name)
    ]
    body = orjson.dumps({"object": "list", "data": listed})
    await reply(send, 200, body, [(b"cache-control", b"no-store")])
