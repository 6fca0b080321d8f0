"""One connection to an upstream that answers well, badly, partly, slowly, endlessly, or not at all."""

from __future__ import annotations

import asyncio
import gzip
import os
import zlib

import psutil
import pytest

from stockade.gateway import connection as module
from stockade.gateway.connection import Connection, UpstreamError
from tests.gateway.loopback import answering, in_each_loop, in_loop, peer

REQUEST = b"POST /v1/x HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n"
BODY = b'data: {"text": "\xc3\xa9\xf0\x9f\x98\x80"}\n\ndata: [DONE]\n\n'


def head(*lines: str, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode()


def chunked(*pieces: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in pieces) + b"0\r\n\r\n"


LENGTH = head(f"content-length: {len(BODY)}") + BODY
CHUNKED = head("transfer-encoding: chunked") + chunked(BODY[:20], BODY[20:21], BODY[21:])
CLOSED = head("connection: close") + BODY
PACKED = gzip.compress(BODY, mtime=0)
GZIPPED = head("content-encoding: gzip", f"content-length: {len(PACKED)}") + PACKED
ANSWERS = {"length": LENGTH, "chunked": CHUNKED, "gzip": GZIPPED}


async def connected(port: int) -> Connection:
    loop = asyncio.get_running_loop()
    _, made = await loop.create_connection(lambda: Connection(loop), "127.0.0.1", port)
    return made


async def ask(port: int, *, timeout_s: float = 5.0) -> tuple[int, bytes]:
    """Send a request and return status and body, whole."""
    made = await connected(port)
    try:
        made.send(REQUEST)
        top = await made.head(timeout_s=timeout_s)
        pieces = []
        while data := await made.read(timeout_s=timeout_s):
            pieces.append(data)
        return top.status, b"".join(pieces)
    finally:
        made.close()
        await asyncio.sleep(0)


async def failure(port: int, **more: float) -> str:
    with pytest.raises(UpstreamError) as caught:
        await ask(port, **more)
    return caught.value.code


# --- answers that are well, whole and broken ----------------------------------------------------------------


@pytest.mark.parametrize("name", [*ANSWERS, "closed"])
@in_each_loop
async def test_an_answer_is_read_whole_however_it_is_framed(name):
    raw = {**ANSWERS, "closed": CLOSED}[name]
    async with peer(answering(raw, ending="close" if name == "closed" else "keep")) as server:
        assert await ask(server.port) == (200, BODY)


@pytest.mark.parametrize("ending", ["reset", "close"])
@pytest.mark.parametrize("name", ANSWERS)
@in_loop
async def test_an_answer_that_breaks_off_at_any_byte_is_never_taken_for_whole(name, ending):
    raw = ANSWERS[name]
    cuts = iter(range(len(raw)))

    async def script(state, reader, writer):
        await state.request(reader)
        writer.write(raw[: next(cuts)])
        if ending == "reset":
            await asyncio.sleep(0)
            writer.transport.abort()
        else:
            writer.close()

    async with peer(script) as server:
        codes = {await failure(server.port) for _ in range(len(raw))}
    assert codes == {"reset"}


@in_loop
async def test_an_answer_that_ends_by_closing_is_told_apart_from_one_that_was_reset():
    begin = CLOSED.index(b"\r\n\r\n") + 4
    for cut in range(begin + 1, len(CLOSED), 5):
        async with peer(answering(CLOSED[:cut], ending="close")) as server:
            assert await ask(server.port) == (200, CLOSED[begin:cut])


class Wire(asyncio.Transport):
    """Where a connection writes to, when a test feeds it by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.closed = False

    def write(self, data):
        """Send nothing."""

    def abort(self):
        self.closed = True

    def is_closing(self):
        return self.closed

    def pause_reading(self):
        """Feed on."""

    def resume_reading(self):
        """Feed on."""

    def get_write_buffer_size(self):
        return 0


async def fed(*pieces: bytes) -> tuple[int, bytes, bool]:
    """Feed an answer by hand; return status, body and whether the connection may be used again."""
    made = Connection(asyncio.get_running_loop())
    made.connection_made(Wire())
    made.send(REQUEST)
    body = b""
    for piece in pieces:
        made.data_received(piece)
    top = await made.head(timeout_s=1)
    while data := await made.read(timeout_s=1):
        body += data
    return top.status, body, made.reusable


@pytest.mark.parametrize("name", ANSWERS)
@in_loop
async def test_an_answer_is_the_same_however_it_is_cut_into_packets(name):
    raw = ANSWERS[name]
    again = name != "gzip"
    for cut in range(1, len(raw)):
        assert await fed(raw[:cut], raw[cut:]) == (200, BODY, again)
    assert await fed(*(raw[i : i + 1] for i in range(len(raw)))) == (200, BODY, again)


@in_loop
async def test_what_arrived_before_a_failure_is_handed_out_before_it_is_told():
    made = Connection(asyncio.get_running_loop())
    made.connection_made(Wire())
    made.send(REQUEST)
    made.data_received(CHUNKED[:-20])
    made.connection_lost(ConnectionResetError())
    made2 = await made.read(timeout_s=1)
    assert made2
    assert BODY.startswith(made2)
    with pytest.raises(UpstreamError, match="reset"):
        await made.read(timeout_s=1)


@in_loop
async def test_interim_answers_are_skipped():
    interim = head(status="100 Continue") + head("link: </x>", status="103 Early Hints")
    assert await fed(interim + LENGTH) == (200, BODY, True)


@in_loop
async def test_an_answer_without_a_body_ends_at_once():
    assert await fed(head(status="204 No Content")) == (204, b"", True)


# --- garbage, floods ----------------------------------------------------------------------------------------

GARBAGE = {
    "random": os.urandom(300),
    "zeros": bytes(300),
    "a request": REQUEST,
    "another protocol": b"SSH-2.0-OpenSSH_9.2\r\n",
    "a TLS alert": b"\x15\x03\x03\x00\x02\x02\x28",
    "HTTP/2": b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + bytes(18),
    "an upgrade": head("connection: upgrade", "upgrade: x", status="101 Switching Protocols"),
    "two lengths": head("content-length: 1", "content-length: 2") + b"ab",
    "length and chunks": head("content-length: 5", "transfer-encoding: chunked") + chunked(b"abc"),
    "a negative length": head("content-length: -1"),
    "a length that is none": head("content-length: 0x10") + BODY,
    "a chunk size that is none": head("transfer-encoding: chunked") + b"zz\r\nabc",
    "a chunk size that overflows": head("transfer-encoding: chunked") + b"f" * 17 + b"\r\nabc",
    "a header without a colon": head("no colon here") + BODY,
    "a header with a zero": head("a: b\0c") + BODY,
    "a status that is none": b"HTTP/1.1 abc OK\r\n\r\n",
}


@pytest.mark.parametrize("name", GARBAGE)
@in_each_loop
async def test_garbage_ends_the_exchange(name):
    async with peer(answering(GARBAGE[name])) as server:
        assert await failure(server.port) in {"garbage", "reset"}


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "deflate, gzip", "x", "gzip;q=1"])
@in_loop
async def test_an_encoding_that_cannot_be_read_is_refused(encoding):
    async with peer(answering(head(f"content-encoding: {encoding}", "content-length: 3") + b"abc")) as server:
        assert await failure(server.port) == "encoding"


def endless(start: bytes, piece: bytes, bytes_max: int = 60_000_000):
    """Return a script that goes on and on, and that notes how much it could write."""

    async def script(state, reader, writer):
        await state.request(reader)
        state.written = 0
        writer.write(start)
        while state.written < bytes_max:
            writer.write(piece)
            state.written += len(piece)
            await writer.drain()
        await state.hang_up(reader)

    return script


FLOODS = {
    "one header that does not end": (head("x: ")[:-4], b"a" * 10_000),
    "headers without end": (b"HTTP/1.1 200 OK\r\n", b"a: b\r\n" * 2000),
    "a status line that does not end": (b"HTTP/1.1 200 ", b"a" * 10_000),
    "interim answers without end": (b"", head(status="100 Continue") * 500),
    "a trailer that does not end": (head("transfer-encoding: chunked") + b"0\r\nx: ", b"a" * 10_000),
    "trailers without end": (head("transfer-encoding: chunked") + b"0\r\n", b"a: b\r\n" * 2000),
    "a chunk extension that does not end": (head("transfer-encoding: chunked") + b"1;", b"a" * 10_000),
}


@pytest.mark.parametrize("name", FLOODS)
@in_each_loop
async def test_what_surrounds_a_body_is_bounded(name):
    async with peer(endless(*FLOODS[name])) as server:
        before = psutil.Process().memory_info().rss
        assert await failure(server.port) in {"too_large", "garbage"}
        assert psutil.Process().memory_info().rss - before < 8_000_000


@in_loop
async def test_chunks_of_one_byte_are_no_flood():
    text = b"x" * 30_000
    assert (await fed(head("transfer-encoding: chunked") + chunked(*(b"x" for _ in text))))[1] == text


@in_loop
async def test_an_answer_larger_than_the_bound_is_cut_off(monkeypatch):
    monkeypatch.setattr(module, "ANSWER_BYTES_MAX", 100_000)
    async with peer(endless(head("connection: close"), b"a" * 10_000)) as server:
        assert await failure(server.port) == "too_large"


@pytest.mark.parametrize("how", [gzip.compress, zlib.compress])
@in_each_loop
async def test_a_compressed_bomb_costs_next_to_nothing(how):
    packed = how(bytes(64_000_000), 1)
    encoding = "gzip" if how is gzip.compress else "deflate"
    raw = head(f"content-encoding: {encoding}", f"content-length: {len(packed)}") + packed
    async with peer(answering(raw)) as server:
        before = psutil.Process().memory_info().rss
        assert await failure(server.port) == "too_large"
        assert psutil.Process().memory_info().rss - before < 16_000_000


@in_loop
async def test_a_bomb_that_nobody_reads_stays_packed():
    packed = gzip.compress(bytes(64_000_000), 1)
    raw = head("content-encoding: gzip", f"content-length: {len(packed)}") + packed
    async with peer(answering(raw)) as server:
        made = await connected(server.port)
        made.send(REQUEST)
        await made.head(timeout_s=5)
        before = psutil.Process().memory_info().rss
        await made.read(timeout_s=5)
        await asyncio.sleep(0.1)
        assert psutil.Process().memory_info().rss - before < 2_000_000
        made.close()
        await asyncio.sleep(0)


# --- slow ones ----------------------------------------------------------------------------------------------


def trickling(start: bytes, piece: bytes, pause_s: float = 0.02):
    async def script(state, reader, writer):
        await state.request(reader)
        writer.write(start)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause_s)

    return script


# The name of the packed file, which goes on until a zero byte.
GZIP_HEAD_WITH_NAME = b"\x1f\x8b\x08\x08" + bytes(6)


async def never(state, reader, writer):
    await state.request(reader)
    await state.hang_up(reader)


SLOW = {
    "nothing": never,
    "a head, byte by byte": trickling(b"HTTP/1.1 200 OK\r\nx: ", b"a"),
    "interim answers": trickling(b"", head(status="100 Continue")),
    "a head and then nothing": trickling(head("content-length: 5"), b""),
    "an extension of a chunk": trickling(head("transfer-encoding: chunked") + b"5;", b"a"),
    "a compressed body that yields nothing": trickling(
        head("content-encoding: gzip", "connection: close") + GZIP_HEAD_WITH_NAME, b"a"
    ),
}


@pytest.mark.parametrize("name", SLOW)
@in_each_loop
async def test_an_upstream_that_dawdles_is_given_up_in_time(name):
    async with peer(SLOW[name]) as server:
        begun = asyncio.get_running_loop().time()
        assert await failure(server.port, timeout_s=0.3) == "timeout"
        assert asyncio.get_running_loop().time() - begun < 3


@in_loop
async def test_a_slow_but_steady_answer_is_no_timeout():
    async def script(state, reader, writer):
        await state.request(reader)
        writer.write(head("content-length: 8"))
        for _ in range(8):
            await asyncio.sleep(0.1)
            writer.write(b"a")
            await writer.drain()
        await state.hang_up(reader)

    async with peer(script) as server:
        assert await ask(server.port, timeout_s=0.7) == (200, b"a" * 8)


@in_each_loop
async def test_an_answer_that_nobody_reads_stops_its_upstream():
    async with peer(endless(head("connection: close"), b"a" * 65_536)) as server:
        made = await connected(server.port)
        before = psutil.Process().memory_info().rss
        made.send(REQUEST)
        await made.head(timeout_s=5)
        seen = -1
        while server.written != seen:
            seen = server.written
            await asyncio.sleep(0.2)
        assert sum(map(len, made._pieces)) < 1_000_000
        assert psutil.Process().memory_info().rss - before < 8_000_000
        assert server.written < 20_000_000  # the rest is in the system's own buffers
        got = 0
        while got < 30_000_000:
            got += len(await made.read(timeout_s=5))
        made.close()
        await asyncio.wait_for(server.gone.wait(), 5)


# --- after the answer ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "again"),
    [
        (LENGTH, True),
        (CHUNKED, True),
        (LENGTH.replace(b"200 OK\r\n", b"200 OK\r\nconnection: close\r\n"), False),
        (LENGTH.replace(b"HTTP/1.1", b"HTTP/1.0"), False),
        (LENGTH + b"x", False),
        (LENGTH + LENGTH, False),
        (GZIPPED, False),
    ],
)
@in_loop
async def test_a_connection_is_used_again_only_where_that_is_safe(raw, again):
    status, body, reusable = await fed(raw)
    assert (status, body, reusable) == (200, BODY, again)


@in_loop
async def test_a_second_answer_changes_nothing_about_the_first():
    other = head("content-length: 3", "x-injected: yes", status="500 X") + b"bad"
    made = Connection(asyncio.get_running_loop())
    made.connection_made(Wire())
    made.send(REQUEST)
    made.data_received(LENGTH + other)
    top = await made.head(timeout_s=1)
    assert (top.status, "x-injected" in top.headers) == (200, False)
    assert await made.read(timeout_s=1) == BODY
    assert await made.read(timeout_s=1) == b""
    assert made.dead


@in_each_loop
async def test_an_answer_that_nobody_asked_for_ends_the_connection():
    async def script(state, reader, writer):
        await state.request(reader)
        writer.write(LENGTH)
        await asyncio.sleep(0.05)
        writer.write(LENGTH.replace(b"200", b"500"))
        await state.hang_up(reader)

    async with peer(script) as server:
        made = await connected(server.port)
        made.send(REQUEST)
        await made.head(timeout_s=1)
        while await made.read(timeout_s=1):
            pass
        assert made.reusable
        await asyncio.wait_for(server.gone.wait(), 5)
        assert made.dead
        assert not made.reusable


@in_each_loop
async def test_an_upstream_that_speaks_first_is_not_spoken_to():
    async def script(state, reader, writer):
        writer.write(LENGTH)
        await state.hang_up(reader)

    async with peer(script) as server:
        made = await connected(server.port)
        await asyncio.wait_for(server.gone.wait(), 5)
        assert made.dead
        await asyncio.sleep(0)


@in_loop
async def test_a_request_that_was_answered_before_it_was_taken_leaves_no_connection_behind():
    async def script(state, reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(head("content-length: 0", status="413 X"))
        await asyncio.sleep(0.3)

    async with peer(script) as server:
        made = await connected(server.port)
        made.send(REQUEST.replace(b"length: 0", b"length: 50000000") + bytes(50_000_000))
        assert (await made.head(timeout_s=5)).status == 413
        assert await made.read(timeout_s=5) == b""
        assert not made.reusable
        made.close()
        await asyncio.sleep(0)


@in_each_loop
async def test_closing_is_seen_by_the_upstream_at_once():
    async with peer(never) as server:
        made = await connected(server.port)
        made.send(REQUEST)
        await asyncio.sleep(0.05)
        made.close()
        await asyncio.wait_for(server.gone.wait(), 1)


@in_loop
async def test_only_an_early_death_of_an_old_connection_is_called_stale(monkeypatch):
    for reused, data, late, stale in [
        (True, b"", False, True),
        (False, b"", False, False),
        (True, b"H", False, False),
        (True, b"", True, False),
    ]:
        monkeypatch.setattr(module, "STALE_S_MAX", -1.0 if late else 2.0)
        made = Connection(asyncio.get_running_loop())
        made.connection_made(Wire())
        made.reused = reused
        made.send(REQUEST)
        if data:
            made.data_received(data)
        made.connection_lost(None)
        with pytest.raises(UpstreamError) as caught:
            await made.head(timeout_s=1)
        assert (caught.value.code, caught.value.stale) == ("reset", stale)
