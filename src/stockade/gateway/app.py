"""The door itself: an ASGI callable that knows its paths, and refuses every other.

Routes are compared byte for byte with the path as it was sent: no case folding, no trailing slash, no
decoding, so that no spelling of a path can reach a handler under another policy. There is no pass-through.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable

import orjson

from stockade.gateway.incoming import ClientGoneError, Receive, Scope, Send
from stockade.gateway.replies import Refusal, refusal_for, wire_error
from stockade.gateway.services import Services
from stockade.wires import WIRES, Wire

LOG = logging.getLogger("stockade.gateway")

# Whoever asks for a path that no wire serves is told so in the commonest shape.
_PLAIN = WIRES["/v1/chat/completions"]

Handler = Callable[["Request", Receive, Send], Awaitable[None]]


class Request:
    """What a handler gets: the scope, an id, and the services."""

    __slots__ = ("path", "request_id", "scope", "services")

    def __init__(self, scope: Scope, services: Services) -> None:
        self.scope = scope
        self.services = services
        self.path: str = scope["path"]
        self.request_id = "req_" + secrets.token_hex(12)


async def reply(
    send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]] | None = None
) -> None:
    """Send a whole answer."""
    fixed = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": fixed + (headers or [])})
    await send({"type": "http.response.body", "body": body})


async def send_refusal(
    send: Send, refusal: Refusal, headers: list[tuple[bytes, bytes]], wire: Wire, request_id: str
) -> None:
    """Tell the client no, in the shape of its wire."""
    body = orjson.dumps(wire.error_body(wire_error(refusal, request_id)))
    extra = [(name.encode(), value.encode("latin-1", "replace")) for name, value in refusal.headers]
    await reply(send, refusal.status, body, [*extra, *headers])


class Gateway:
    """The ASGI application.

    Args:
        services: everything the handlers use, wired by ``gateway.wiring``.
        routes: ``(method, path)`` to handler; the whole list of what can be reached.
    """

    def __init__(self, services: Services, routes: dict[tuple[str, str], Handler]) -> None:
        self._services = services
        self._routes = routes
        self._paths = {path for _, path in routes}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or the lifespan."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        if scope["type"] != "http":
            return
        request = Request(scope, self._services)
        try:
            handler = self._route(scope)
            await handler(request, receive, send)
        except ClientGoneError:
            return  # the server closes a connection whose answer is not complete
        except Exception as error:  # noqa: BLE001 - the last line: whatever went wrong, nothing goes through
            await self._refuse(request, error, send)

    def _route(self, scope: Scope) -> Handler:
        path: str = scope["path"]
        handler = self._routes.get((scope["method"], path))
        raw: bytes = scope.get("raw_path") or b""
        if handler is not None and raw == path.encode():
            return handler
        if path in self._paths and raw == path.encode():
            raise Refusal(405, "method_not_allowed", "this path does not know that method")
        raise Refusal(
            404,
            "uninspected_route",
            "no inspection is defined for this path, so it is refused",
            kind="not_found",
        )

    async def _refuse(self, request: Request, error: Exception, send: Send) -> None:
        refusal = refusal_for(error)
        if refusal.code == "internal_error":
            # The class and the place, never the message: it may quote what was sent.
            LOG.error("request %s failed: %s", request.request_id, place_of(error))
        self._services.metrics.count(self._known(request.path), refusal.status, "refused", "")
        headers = [(b"x-stockade-request-id", request.request_id.encode()), (b"cache-control", b"no-store")]
        await send_refusal(send, refusal, headers, _PLAIN, request.request_id)

    def _known(self, path: str) -> str:
        # A label made of what a client typed could hold anything.
        return path if path in self._paths else "other"

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                try:
                    await self._services.start(asyncio.get_running_loop())
                except Exception as error:  # noqa: BLE001 - told to the server, which then does not start
                    await send({"type": "lifespan.startup.failed", "message": _told(error)})
                    return
                await send({"type": "lifespan.startup.complete"})
            else:
                await self._services.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return


def place_of(error: BaseException) -> str:
    """Return the class of *error* and where it was raised; its message may quote what was sent."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    line = f"{place.tb_frame.f_code.co_filename.rpartition('/')[2]}:{place.tb_lineno}" if place else "?"
    return f"{type(error).__name__} at {line}"


def _told(error: Exception) -> str:
    hint = getattr(error, "hint", "")
    return f"{error}" + (f" — {hint}" if hint else "")
