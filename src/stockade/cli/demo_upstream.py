"""The demonstration's stand-in for a cloud provider: an HTTP server on loopback that keeps what it was sent.

It answers as a model under an attacker's influence would: it repeats what it was told, or says what the scene
wants it to say. It is no part of the product and is never an upstream of a real gateway.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


class Provider(ThreadingHTTPServer):
    """Keeps every body it receives, and says what ``says`` tells it to.

    Attributes:
        received: the bodies, oldest first.
        says: the next answer; ``{last}`` stands for the last message it was sent.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.received: list[dict[str, Any]] = []
        self.says = "{last}"

    @property
    def base_url(self) -> str:
        """The base URL of its API."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Conversation(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Provider

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        provider = self.server
        provider.received.append(body)
        text = provider.says.replace("{last}", str(body["messages"][-1]["content"]))
        if body.get("stream"):
            self._stream(text)
        else:
            self._whole(text)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name for it
        """Say nothing: what was sent is shown by the demonstration."""

    def _whole(self, text: str) -> None:
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
        self._send("application/json", json.dumps({**_FIELDS, "choices": [choice]}).encode())

    def _stream(self, text: str) -> None:
        deltas: list[tuple[dict[str, str], str | None]] = [({"content": char}, None) for char in text]
        events = [
            {
                **_FIELDS,
                "object": "chat.completion.chunk",
                "choices": [{"index": 0, "delta": d, "finish_reason": f}],
            }
            for d, f in [({"role": "assistant"}, None), *deltas, ({}, "stop")]
        ]
        lines = [f"data: {json.dumps(event)}\n\n" for event in events]
        self._send("text/event-stream", ("".join(lines) + "data: [DONE]\n\n").encode())

    def _send(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


_FIELDS = {"id": "chatcmpl-demo", "object": "chat.completion", "created": 0, "model": "demo"}


@contextmanager
def provider() -> Iterator[Provider]:
    """Run a provider while the block runs."""
    server = Provider()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
