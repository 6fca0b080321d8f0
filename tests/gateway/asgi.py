"""An ASGI application called in process: what it sends, without a server in between."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field


@dataclass
class Said:
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    complete: bool = False


def call(app, method="GET", path="/", *, headers=(), body=b"", raw_path=None) -> Said:
    """Send one request and return what was said."""
    said = Said()

    async def talk():
        asked = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive():
            try:
                return next(asked)
            except StopIteration:
                await asyncio.sleep(30)
                return {"type": "http.disconnect"}

        async def send(message):
            if message["type"] == "http.response.start":
                said.status = message["status"]
                said.headers = {k.decode(): v.decode() for k, v in message["headers"]}
            else:
                said.body += message.get("body", b"")
                said.complete = not message.get("more_body", False)

        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode() if raw_path is None else raw_path,
            "headers": [(k.encode(), v.encode()) for k, v in headers],
            "query_string": b"",
        }
        await app(scope, receive, send)

    asyncio.run(talk())
    return said
