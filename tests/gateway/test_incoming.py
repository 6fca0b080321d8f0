"""What a client sends is read once, unambiguously, within bounds and time; or refused."""

from __future__ import annotations

import asyncio
import json
import socket
import time
import tracemalloc
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from stockade.gateway import incoming as module
from stockade.gateway.background import background
from stockade.gateway.incoming import ClientGoneError, Incoming, read_body, read_headers
from stockade.gateway.replies import Refusal
from stockade.gateway.server import Listen
from tests.gateway.loopback import in_loop

PLAIN = Incoming("", "", "", -1)


def headers(*pairs: tuple[bytes, bytes]) -> Incoming:
    return read_headers({"headers": list(pairs)})


def refused(*pairs: tuple[bytes, bytes]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        headers(*pairs)
    return caught.value


# --- headers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "credential"),
    [
        (b"authorization", b"Bearer sk-1", "sk-1"),
        (b"authorization", b"bearer  sk-1 ", "sk-1"),
        (b"authorization", b"BEARER sk-1", "sk-1"),
        (b"authorization", b"Basic sk-1", ""),
        (b"authorization", b"sk-1", ""),
        (b"authorization", b"Bearer", ""),
        (b"authorization", b"", ""),
        (b"authorization", b"Bearer\xa0\xff", ""),
        (b"x-api-key", b"sk-1", "sk-1"),
        (b"x-api-key", b" sk-1 ", "sk-1"),
        (b"x-api-key", b"", ""),
    ],
)
def test_a_credential_is_read_from_the_one_header_it_stands_in(name, value, credential):
    assert headers((name, value)).credential == credential


def test_a_credential_is_in_no_repr():
    assert "sk-1" not in repr(headers((b"x-api-key", b"sk-1"), (b"x-stockade-conversation", b"sk-1")))


@pytest.mark.parametrize("second", [b"Bearer sk-2", b"Bearer sk-1", b"", b"Basic x"])
def test_two_credentials_are_refused_even_if_they_are_the_same(second):
    refusal = refused((b"x-api-key", b"sk-1"), (b"authorization", second))
    assert (refusal.status, refusal.code) == (400, "two_credentials")
    assert "sk-" not in refusal.message


@pytest.mark.parametrize(
    "name",
    [
        b"authorization", b"x-api-key", b"host", b"content-length", b"content-type", b"content-encoding",
        b"transfer-encoding", b"x-stockade-conversation", b"anthropic-version", b"anthropic-beta",
    ],
)  # fmt: skip
def test_a_header_that_decides_something_may_stand_once(name):
    refusal = refused((name, b"1"), (b"accept", b"x"), (name, b"1"))
    assert (refusal.status, refusal.code) == (400, "duplicate_header")
    assert name.decode() in refusal.message


def test_a_header_that_decides_nothing_may_be_repeated():
    assert headers((b"accept", b"a"), (b"accept", b"b"), (b"x-own", b"c"), (b"x-own", b"d")) == PLAIN


@pytest.mark.parametrize(
    "length", [b"-1", b"+1", b"0x1", b"1,1", b"", b"1e3", b"\xb2", b"9" * 20, b"9" * 5000]
)
def test_a_length_that_is_no_number_is_refused(length):
    assert refused((b"content-length", length)).code == "bad_content_length"


def test_what_matters_of_the_headers_is_kept():
    seen = headers(
        (b"content-length", b"12"), (b"content-encoding", b"GZIP"), (b"x-stockade-conversation", b"c-1")
    )
    assert (seen.length, seen.encoding, seen.conversation, seen.dialect) == (12, "gzip", "c-1", {})


def test_more_headers_than_anybody_needs_are_refused():
    many = [(b"x-%d" % number, b"") for number in range(101)]
    assert headers(*many[:100]) == PLAIN
    assert refused(*many).status == 431


def test_the_versions_of_a_dialect_are_passed_on_and_nothing_else():
    base = [(b"host", b"x"), (b"content-length", b"1"), (b"content-type", b"y")]
    seen = headers(*base, (b"anthropic-version", b"2023-06-01"), (b"anthropic-beta", b"tools-2024, a-b"))
    assert seen.dialect == {"anthropic-version": "2023-06-01", "anthropic-beta": "tools-2024, a-b"}
    for value in (b"a@b.example", b"a\r\nx: y", b"a" * 5000, b"", b"\xff"):
        assert refused(*base, (b"anthropic-version", value)).code == "bad_version_header"


# --- bodies, from messages ----------------------------------------------------------------------------------


def receiving(*messages: dict[str, object], pause_s: float = 0.0):
    waiting = iter(messages)

    async def receive():
        if pause_s:
            await asyncio.sleep(pause_s)
        return next(waiting)

    return receive


def piece(data: bytes, *, more: bool = True) -> dict[str, object]:
    return {"type": "http.request", "body": data, "more_body": more}


@in_loop
async def test_a_body_is_joined_in_order():
    assert await read_body(receiving(piece(b"whole", more=False)), PLAIN, 10) == b"whole"
    assert await read_body(receiving(piece(b"a"), piece(b""), piece(b"b", more=False)), PLAIN, 10) == b"ab"
    assert await read_body(receiving({"type": "http.request"}), PLAIN, 10) == b""


@in_loop
async def test_a_body_may_fill_its_bound_and_not_one_byte_more():
    for pieces in ([b"a" * 10], [b"a" * 5, b"a" * 5], [b"a"] * 10):
        messages = [piece(p) for p in pieces]
        assert len(await read_body(receiving(*messages, piece(b"", more=False)), PLAIN, 10)) == 10
        with pytest.raises(Refusal) as caught:
            await read_body(receiving(*messages, piece(b"a", more=False)), PLAIN, 10)
        assert (caught.value.status, caught.value.code) == (413, "too_large")


@in_loop
async def test_a_declared_length_over_the_bound_is_refused_before_anything_is_read():
    async def receive():
        pytest.fail("read")

    with pytest.raises(Refusal) as caught:
        await read_body(receive, Incoming("", "", "", 11), 10)
    assert caught.value.status == 413


@pytest.mark.parametrize(
    "encoding", ["gzip", "deflate", "br", "zstd", "gzip, identity", "x-unknown", "identity, gzip"]
)
@in_loop
async def test_a_compressed_body_is_refused_before_anything_is_read(encoding):
    async def receive():
        pytest.fail("read")

    with pytest.raises(Refusal) as caught:
        await read_body(receive, Incoming("", "", encoding, 5), 10)
    assert (caught.value.status, caught.value.code) == (415, "unsupported_encoding")


@in_loop
async def test_identity_is_no_compression():
    assert await read_body(receiving(piece(b"a", more=False)), Incoming("", "", "identity", 1), 10) == b"a"


@in_loop
async def test_a_client_that_leaves_before_the_end_is_not_answered():
    for messages in ([], [piece(b"a")], [piece(b"a"), piece(b"b")]):
        with pytest.raises(ClientGoneError):
            await read_body(receiving(*messages, {"type": "http.disconnect"}), PLAIN, 10)


@in_loop
async def test_a_body_that_comes_byte_by_byte_costs_what_it_holds():
    left = iter(range(30_000, -1, -1))

    async def receive():
        number = next(left)
        return piece(number.to_bytes(2, "big"), more=number > 0)

    tracemalloc.start()
    body = await read_body(receive, PLAIN, 1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(body) == 60_002
    assert peak < 400_000  # kept apart they would be a million


@in_loop
async def test_a_body_that_stands_still_is_given_up(monkeypatch):
    monkeypatch.setattr(module, "BODY_SECONDS_MAX", 0.2)
    with pytest.raises(Refusal) as caught:
        await read_body(receiving(piece(b"a"), piece(b"b", more=False), pause_s=0.3), PLAIN, 10)
    assert (caught.value.status, caught.value.code) == (408, "timeout")


@in_loop
async def test_a_long_body_gets_the_time_its_bytes_need(monkeypatch):
    monkeypatch.setattr(module, "BODY_SECONDS_MAX", 0.3)
    steady = [piece(b"a" * 32_768)] * 6
    body = await read_body(receiving(*steady, piece(b"", more=False), pause_s=0.1), PLAIN, 10**6)
    assert len(body) == 6 * 32_768
    with pytest.raises(Refusal):
        await read_body(receiving(*[piece(b"a")] * 6, piece(b"", more=False), pause_s=0.1), PLAIN, 10**6)


# --- bodies, from a socket ----------------------------------------------------------------------------------


async def app(scope, receive, send):
    """Read a request as the gateway does and say how it went."""
    if scope["type"] == "lifespan":
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    try:
        said = {"size": len(await read_body(receive, read_headers(scope), 100_000))}
    except Refusal as refusal:
        said = {"code": refusal.code}
    body = json.dumps(said).encode()
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]}
    )
    await send({"type": "http.response.body", "body": body})


@pytest.fixture(scope="module")
def address():
    with background(app, Listen(port=0)) as base:
        yield base


@contextmanager
def sent(address: str, *pieces: bytes):
    where = urlsplit(address)
    with socket.create_connection((where.hostname, where.port), timeout=10) as connection:
        for data in pieces:
            connection.sendall(data)
        yield connection


def said(connection: socket.socket) -> dict[str, object]:
    data = b""
    while b"}" not in data:
        got = connection.recv(65536)
        assert got, data
        data += got
    return json.loads(data.partition(b"\r\n\r\n")[2])


TOP = b"POST / HTTP/1.1\r\nhost: x\r\n"


def test_a_chunked_body_over_the_bound_is_refused_while_it_comes(address):
    chunk = b"%x\r\n%s\r\n" % (60_000, bytes(60_000))
    with sent(address, TOP + b"transfer-encoding: chunked\r\n\r\n" + chunk * 2) as connection:
        assert said(connection) == {"code": "too_large"}


def test_a_declared_length_over_the_bound_needs_no_body_to_be_refused(address):
    with sent(address, TOP + b"content-length: 100001\r\n\r\n") as connection:
        assert said(connection) == {"code": "too_large"}


def test_a_client_that_asks_first_is_refused_before_it_sends(address):
    start = TOP + b"expect: 100-continue\r\ncontent-length: 100001\r\n\r\n"
    with sent(address, start) as connection:
        assert b"100 Continue" not in (first := connection.recv(65536))
        assert b"too_large" in first or said(connection) == {"code": "too_large"}


def test_a_compressed_bomb_is_refused_unopened(address):
    import gzip

    bomb = gzip.compress(bytes(10_000_000))
    start = TOP + b"content-encoding: gzip\r\ncontent-length: %d\r\n\r\n" % len(bomb)
    with sent(address, start, bomb) as connection:
        assert said(connection) == {"code": "unsupported_encoding"}


def test_a_slow_body_is_refused_in_time(address, monkeypatch):
    monkeypatch.setattr(module, "BODY_SECONDS_MAX", 0.4)
    begun = time.monotonic()
    with sent(address, TOP + b"content-length: 1000\r\n\r\n") as connection:
        connection.settimeout(0.05)
        answer = b""
        while b"}" not in answer and time.monotonic() < begun + 5:
            connection.sendall(b"a")
            try:
                answer += connection.recv(65536)
            except TimeoutError:
                continue
    assert b'"timeout"' in answer
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    "ambiguous",
    [
        b"content-length: 3\r\ncontent-length: 4\r\n",
        b"content-length: 3\r\ntransfer-encoding: chunked\r\n",
        b"transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n",
        b"transfer-encoding: gzip, chunked\r\n",
        b"transfer-encoding: chunked, identity\r\n",
        b"content-length: 3, 3\r\n",
    ],
)
def test_a_body_of_ambiguous_length_is_never_read(address, ambiguous):
    with sent(address, TOP + ambiguous + b"\r\n3\r\nabc\r\n0\r\n\r\n") as connection:
        answer = connection.recv(65536)
        assert b"400 Bad Request" in answer or b'"code"' in answer
