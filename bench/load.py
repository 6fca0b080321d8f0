"""A load on loopback: a bounded number of requests over a few connections, and how long each took."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field


@dataclass
class Measured:
    """What one load saw.

    Attributes:
        seconds: each request's time, from its first byte out to its last byte in.
        first: each request's time to the first byte of the body.
        failed: answers that were not 200.
    """

    seconds: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    failed: int = 0

    def quantile(self, share: float, of: list[float] | None = None) -> float:
        """Return the quantile in milliseconds."""
        ordered = sorted(of if of is not None else self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1e3


def request(port: int, key: str, body: bytes) -> bytes:
    """Return one chat completion as bytes."""
    head = (
        f"POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nauthorization: Bearer {key}\r\n"
        f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _one(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, raw: bytes, into: Measured
) -> None:
    began = time.perf_counter()
    writer.write(raw)
    head = await reader.readuntil(b"\r\n\r\n")
    lowered = head.lower()
    into.failed += not head.startswith(b"HTTP/1.1 200")
    at = lowered.find(b"content-length:")
    if at >= 0:
        await reader.readexactly(int(lowered[at + 15 :].split(b"\r\n")[0]))
        into.first.append(time.perf_counter() - began)
    else:
        await reader.readuntil(b"\r\n")
        into.first.append(time.perf_counter() - began)
        await reader.readuntil(b"\r\n0\r\n\r\n")
    into.seconds.append(time.perf_counter() - began)


async def run(port: int, raw: bytes, *, count: int, connections: int, rate: float = 0.0) -> Measured:
    """Send *count* requests over *connections*, evenly at *rate* per second where one is given."""
    into = Measured()
    left = iter(range(count))
    begin = time.perf_counter()

    async def work() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
        try:
            for index in left:
                if rate:
                    await asyncio.sleep(max(0.0, begin + index / rate - time.perf_counter()))
                await _one(reader, writer, raw, into)
        finally:
            writer.close()

    await asyncio.gather(*(work() for _ in range(connections)))
    return into
