"""The upstream that every gateway is measured in front of: answers at once, whole or in chunks.

Run as a program it prints its port. It speaks just enough HTTP/1.1; its own cost is not part of any figure.
"""

from __future__ import annotations

import asyncio
import json
import sys

ANSWER = {
    "id": "chatcmpl-1",
    "object": "chat.completion",
    "created": 1,
    "model": "m",
    "choices": [
        {"index": 0, "message": {"role": "assistant", "content": "x" * 400}, "finish_reason": "stop"}
    ],
    "usage": {"prompt_tokens": 3, "completion_tokens": 5, "total_tokens": 8},
}
BODY = json.dumps(ANSWER).encode()
WHOLE = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(BODY) + BODY
CHUNKS = 200


def _event(delta: dict[str, object], finish: str | None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    event = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    data = b"data: " + json.dumps(event).encode() + b"\n\n"
    return b"%x\r\n" % len(data) + data + b"\r\n"


HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
DONE = b"e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n"


class Upstream(asyncio.Protocol):
    """One connection."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self.transport = transport
        self.data = b""

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole."""
        self.data += data
        while (end := self.data.find(b"\r\n\r\n")) >= 0:
            head = self.data[:end].lower()
            at = head.find(b"content-length:")
            length = int(head[at + 15 :].split(b"\r\n")[0]) if at >= 0 else 0
            if len(self.data) < end + 4 + length:
                return
            body, self.data = self.data[end + 4 : end + 4 + length], self.data[end + 4 + length :]
            if b'"stream":true' in body or b'"stream": true' in body:
                # Kept: the loop itself holds tasks only weakly.
                self.streaming = asyncio.ensure_future(self.stream(body))
            else:
                self.transport.write(WHOLE)

    async def stream(self, body: bytes) -> None:
        """Say back what was sent, in chunks."""
        # What was sent is said back word by word, so that surrogates come back in pieces.
        said = json.loads(body)["messages"][-1]["content"][:600] or "x"
        pieces = [said[i : i + 4] for i in range(0, len(said), 4)]
        self.transport.write(HEAD + _event({"role": "assistant", "content": ""}, None))
        for index in range(CHUNKS):
            self.transport.write(_event({"content": pieces[index % len(pieces)]}, None))
            if index % 4 == 3:
                await asyncio.sleep(0)
        self.transport.write(_event({}, "stop") + DONE)


async def main() -> None:
    """Serve until the input ends."""
    server = await asyncio.get_running_loop().create_server(Upstream, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
