"""A recording upstream: a real HTTP server that keeps every byte it received and answers as scripted.

It stands in for a cloud provider, which cannot be had in a test; it runs in a thread of its own, speaks
HTTP/1.1 over a real socket and holds state (what arrived, which connections are open).
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

# Answers one request: given the parsed body, returns the raw pieces to write (whole response, head included).
Script = Callable[[dict[str, object]], "Answer"]


@dataclass
class Answer:
    """What the upstream does: writes *pieces*, waiting *pause_s* before each, then ends as *ending* says."""

    pieces: list[bytes]
    pause_s: float = 0.0
    ending: str = "keep"  # keep | close | reset


def head(status: int = 200, kind: str = "application/json", length: int | None = None, **extra: str) -> bytes:
    lines = [f"HTTP/1.1 {status} X", f"content-type: {kind}"]
    lines += ["transfer-encoding: chunked"] if length is None else [f"content-length: {length}"]
    lines += [f"{k.replace('_', '-')}: {v}" for k, v in extra.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


LAST = b"0\r\n\r\n"


def completion(text: str | None, **message: object) -> dict[str, object]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "fake-1",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": text, **message},
                "finish_reason": "tool_calls" if "tool_calls" in message else "stop",
            }
        ],
        "usage": {"prompt_tokens": 3, "completion_tokens": 5, "total_tokens": 8},
    }


def whole(body: dict[str, object], status: int = 200, **extra: str) -> Answer:
    raw = json.dumps(body).encode()
    return Answer([head(status, length=len(raw), **extra) + raw])


def sse(*events: dict[str, object] | str) -> bytes:
    return b"".join(
        b"data: " + (e.encode() if isinstance(e, str) else json.dumps(e).encode()) + b"\n\n" for e in events
    )


def delta(**fields: object) -> dict[str, object]:
    finish = fields.pop("finish_reason", None)
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "fake-1",
        "choices": [{"index": 0, "delta": fields, "finish_reason": finish}],
    }


def stream(pieces: list[str], *, pause_s: float = 0.0) -> Answer:
    events = [delta(role="assistant", content="")]
    events += [delta(content=piece) for piece in pieces]
    events.append(delta(finish_reason="stop"))
    body = [head(kind="text/event-stream")]
    body += [chunk(sse(e)) for e in events]
    body.append(chunk(sse("[DONE]")) + LAST)
    return Answer(body, pause_s=pause_s)


def last_user_text(body: dict[str, object]) -> str:
    messages = body["messages"]
    assert isinstance(messages, list)
    return str(messages[-1]["content"])


def echo(body: dict[str, object]) -> Answer:
    """Say back the last message, streamed by single characters or whole."""
    text = "You said: " + last_user_text(body)
    return stream(list(text)) if body.get("stream") else whole(completion(text))


@dataclass
class RecordingUpstream:
    """The server's state, readable from the test's thread."""

    script: Script = echo
    port: int = 0
    raw: list[bytes] = field(default_factory=list)
    bodies: list[dict[str, object]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    open_connections: int = 0
    connections: int = 0
    written: int = 0
    gone_at: list[float] = field(default_factory=list)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def root_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def everything(self) -> bytes:
        return b"".join(self.raw)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open_connections += 1
        self.connections += 1
        try:
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            self.gone_at.append(time.monotonic())
        finally:
            self.open_connections -= 1
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        raw_head = await reader.readuntil(b"\r\n\r\n")
        lines = raw_head.decode("latin-1").split("\r\n")
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        self.raw.append(raw_head + body)
        self.headers.append(headers)
        parsed = json.loads(body) if body else {}
        self.bodies.append(parsed)
        answer = self.script(parsed)
        # Someone hanging up is seen at once, as a real provider sees it.
        watch = asyncio.ensure_future(reader.read(1)) if answer.pause_s else None
        for piece in answer.pieces:
            if watch is not None:
                done, _ = await asyncio.wait({watch}, timeout=answer.pause_s)
                if done and watch.result() == b"":
                    raise ConnectionResetError
            writer.write(piece)
            self.written += len(piece)
            await writer.drain()
        if watch is not None:
            watch.cancel()
        if answer.ending == "reset":
            writer.transport.abort()
        return answer.ending == "keep"


@contextmanager
def running(upstream: RecordingUpstream) -> Iterator[RecordingUpstream]:
    """Run *upstream* on a free loopback port until the block ends."""
    loop = asyncio.new_event_loop()
    ready = threading.Event()

    async def start() -> None:
        server = await asyncio.start_server(upstream.serve, "127.0.0.1", upstream.port)
        upstream.port = server.sockets[0].getsockname()[1]
        ready.set()
        async with server:
            await server.serve_forever()

    def run() -> None:
        asyncio.set_event_loop(loop)
        task = loop.create_task(start())
        try:
            loop.run_until_complete(task)
        except (asyncio.CancelledError, RuntimeError):
            pass
        finally:
            # Conversations that were cancelled with the server end before their loop does.
            rest = asyncio.all_tasks(loop)
            loop.run_until_complete(asyncio.gather(*rest, return_exceptions=True))
            loop.run_until_complete(loop.shutdown_asyncgens())
            asyncio.set_event_loop(None)
            loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield upstream
    finally:
        loop.call_soon_threadsafe(lambda: [t.cancel() for t in asyncio.all_tasks(loop)])
        thread.join(5)
