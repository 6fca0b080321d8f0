"""The pool of connections to an upstream: kept, bounded, replaced once, dropped at once."""

from __future__ import annotations

import asyncio
import os
import socket

import pytest

from stockade.core.errors import ConfigError
from stockade.gateway import connection as connections
from stockade.gateway import upstream as module
from stockade.gateway.connection import UpstreamError
from stockade.gateway.upstream import Pool, Target, Timeouts
from tests.gateway.loopback import answering, authority, in_each_loop, in_loop, peer, serving_tls

OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
QUICK = Timeouts(connect_s=0.5, first_byte_s=0.5, idle_s=0.5)


def pool_for(server, *, timeouts: Timeouts = QUICK, **more: object) -> Pool:
    return Pool(Target("127.0.0.1", server.port, tls=False, path="/v1"), timeouts=timeouts, **more)


async def ask(pool: Pool, body: bytes = b"{}") -> bytes:
    exchange = await pool.exchange("/chat", headers={"authorization": "Bearer key"}, body=body)
    try:
        return await exchange.body(1_000_000)
    finally:
        exchange.close()


async def settled() -> None:
    """Let closed connections go."""
    await asyncio.sleep(0.01)


async def failure(pool: Pool) -> str:
    with pytest.raises(UpstreamError) as caught:
        await ask(pool)
    return caught.value.code


# --- what is sent, and where ------------------------------------------------------------------------------


@in_each_loop
async def test_a_request_is_what_was_asked_for_and_nothing_more():
    async with peer(answering(OK)) as server:
        pool = pool_for(server)
        assert await ask(pool, b'{"a": 1}') == b"ok"
        pool.close()
    assert server.requests == [
        b"POST /v1/chat HTTP/1.1\r\nhost: 127.0.0.1:%d\r\nauthorization: Bearer key\r\n"
        b'accept-encoding: identity\r\ncontent-length: 8\r\n\r\n{"a": 1}' % server.port
    ]


@pytest.mark.parametrize("value", ["a\r\nx-injected: b", "a\nb", "a\0b", "caf\xe9", "a\x7f", "\u2028"])
@in_loop
async def test_a_header_that_could_become_another_is_not_sent(value):
    async with peer(answering(OK)) as server:
        pool = pool_for(server)
        with pytest.raises(UpstreamError, match="header"):
            await pool.exchange("/chat", headers={"x-request-id": value}, body=b"")
        assert server.connections == 0


@in_loop
async def test_no_redirect_is_followed_and_no_proxy_setting_read(monkeypatch):
    moved = b"HTTP/1.1 307 X\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n"
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setitem(os.environ, name, "http://127.0.0.1:1")
    async with peer(answering(moved)) as server:
        pool = pool_for(server)
        exchange = await pool.exchange("/chat", headers={}, body=b"")
        assert exchange.head.status == 307
        exchange.close()
        pool.close()
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "path"),
    [
        ("https://api.example.com", "api.example.com", 443, True, ""),
        ("https://api.example.com/v1/", "api.example.com", 443, True, "/v1"),
        ("http://127.0.0.1:8080/a/b", "127.0.0.1", 8080, False, "/a/b"),
        ("http://[::1]:8080", "::1", 8080, False, ""),
        ("https://xn--bcher-kva.example/v1", "xn--bcher-kva.example", 443, True, "/v1"),
    ],
)
def test_an_address_is_read_into_its_parts(url, host, port, tls, path):
    target = Target.parse(url)
    assert (target.host, target.port, target.tls, target.path) == (host, port, tls, path)


@pytest.mark.parametrize(
    "url",
    [
        "", "api.example.com", "ftp://x", "https://", "https://user:pw@x", "https://@x", "https://x?a=b",
        "https://x#a", "https://x:0", "https://x:99999", "https://x:y", "https://bücher.example",
        "https://x/a b", "https://x/é", "https://[::1", "https://x/\\y",
        "https://" + "a" * 300,
    ],
)  # fmt: skip
def test_what_is_no_plain_address_is_refused(url):
    with pytest.raises(ConfigError):
        Target.parse(url)


# --- keeping, replacing, bounding ---------------------------------------------------------------------------


@in_each_loop
async def test_one_connection_serves_one_request_after_the_other():
    async with peer(answering(OK)) as server:
        pool = pool_for(server)
        for _ in range(20):
            assert await ask(pool) == b"ok"
        assert server.connections == 1
        pool.close()
        await asyncio.wait_for(server.gone.wait(), 5)


@in_each_loop
async def test_a_connection_that_died_while_it_lay_idle_is_replaced_once():
    async def script(state, reader, writer):
        await state.request(reader)
        writer.write(OK)
        if state.connections == 1:
            # Takes the next request and dies: the client could not know better.
            await state.request(reader)
            writer.transport.abort()
        else:
            await state.hang_up(reader)

    async with peer(script) as server:
        pool = pool_for(server)
        assert await ask(pool) == b"ok"
        assert await ask(pool) == b"ok"
        assert (server.connections, len(server.requests)) == (2, 3)
        pool.close()
        await settled()


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\n"])
@in_loop
async def test_a_new_connection_that_dies_is_not_replaced(said):
    async with peer(answering(said, ending="reset")) as server:
        pool = pool_for(server)
        assert await failure(pool) == "reset"
        assert server.connections == 1
        await settled()


def dying(said: bytes):
    """Return a script: answer once, then die on the second request after having said *said*."""

    async def script(state, reader, writer):
        await state.request(reader)
        writer.write(OK)
        await state.request(reader)
        writer.write(said)
        await asyncio.sleep(0.02)
        writer.transport.abort()

    return script


@in_loop
async def test_a_request_whose_answer_had_begun_is_not_sent_again():
    async with peer(dying(b"HTTP/1.1 2")) as server:
        pool = pool_for(server)
        await ask(pool)
        assert await failure(pool) == "reset"
        assert len(server.requests) == 2
        await settled()


@in_loop
async def test_a_request_that_the_upstream_may_have_worked_on_is_not_paid_twice(monkeypatch):
    monkeypatch.setattr(connections, "STALE_S_MAX", 0.01)
    async with peer(dying(b"")) as server:
        pool = pool_for(server)
        await ask(pool)
        assert await failure(pool) == "reset"
        assert len(server.requests) == 2
        await settled()


@in_loop
async def test_the_replacement_is_not_replaced_in_its_turn():
    async def script(state, reader, writer):
        await state.request(reader)
        if state.connections == 1:
            writer.write(OK)
            await state.request(reader)
        writer.transport.abort()

    async with peer(script) as server:
        pool = pool_for(server)
        await ask(pool)
        assert await failure(pool) == "reset"
        assert server.connections == 2
        await settled()


@in_each_loop
async def test_a_connection_that_the_upstream_closes_is_forgotten():
    async with peer(answering(OK, ending="close")) as server:
        pool = pool_for(server)
        for number in range(5):
            assert await ask(pool) == b"ok"
            await asyncio.sleep(0.02)
            assert pool._idle == []
            assert server.connections == number + 1


@in_loop
async def test_a_connection_that_lay_idle_too_long_is_not_trusted(monkeypatch):
    async with peer(answering(OK)) as server:
        pool = pool_for(server)
        await ask(pool)
        monkeypatch.setattr(module, "IDLE_S_MAX", 0.0)
        await asyncio.sleep(0.01)
        await ask(pool)
        assert server.connections == 2
        pool.close()
        await settled()


@in_loop
async def test_a_pool_that_was_closed_keeps_no_connection():
    async with peer(answering(OK)) as server:
        pool = pool_for(server)
        exchange = await pool.exchange("/chat", headers={}, body=b"")
        pool.close()
        assert await exchange.body(10) == b"ok"
        exchange.close()
        exchange.close()
        assert pool._idle == []
        await asyncio.wait_for(server.gone.wait(), 5)


async def never(state, reader, writer):
    await state.request(reader)
    await state.hang_up(reader)


@in_each_loop
async def test_no_more_connections_are_opened_than_allowed():
    async with peer(answering(OK)) as server:
        pool = pool_for(server, connections_max=2)
        held = [await pool.exchange("/chat", headers={}, body=b"") for _ in range(2)]
        assert await failure(pool) == "busy"
        waiting = asyncio.create_task(ask(pool))
        await asyncio.sleep(0.05)
        for exchange in held:
            exchange.close()
        assert await waiting == b"ok"
        assert server.connections <= 3
        pool.close()
        await settled()


@in_loop
async def test_failures_give_their_places_back():
    async with peer(answering(b"garbage\r\n\r\n")) as server:
        pool = pool_for(server, connections_max=2)
        for _ in range(10):
            assert await failure(pool) == "garbage"
        await settled()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = Pool(
            Target("127.0.0.1", taken.getsockname()[1], tls=False), timeouts=QUICK, connections_max=2
        )
        for _ in range(10):
            assert await failure(nobody) == "connect"


@in_each_loop
async def test_many_at_once_share_the_connections_there_are():
    async with peer(answering(OK)) as server:
        pool = pool_for(server, timeouts=Timeouts(connect_s=20), connections_max=8)
        assert await asyncio.gather(*(ask(pool) for _ in range(300))) == [b"ok"] * 300
        assert server.connections <= 8
        pool.close()
        await settled()


# --- leaving ------------------------------------------------------------------------------------------------


@in_each_loop
async def test_a_cancelled_request_is_dropped_at_the_upstream_at_once():
    async with peer(never) as server:
        pool = pool_for(server, timeouts=Timeouts(), connections_max=1)
        asked = asyncio.create_task(ask(pool))
        await asyncio.wait_for(server.asked.wait(), 5)
        asked.cancel()
        await asyncio.wait_for(server.gone.wait(), 1)
        with pytest.raises(asyncio.CancelledError):
            await asked
        assert not pool._slots.locked()


@in_each_loop
async def test_an_answer_that_nobody_wants_any_more_is_dropped_at_the_upstream_at_once():
    async def endless(state, reader, writer):
        await state.request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"data: x\n\n")
            await writer.drain()
            await asyncio.sleep(0.01)

    async with peer(endless) as server:
        pool = pool_for(server, connections_max=1)
        exchange = await pool.exchange("/chat", headers={}, body=b"")
        await exchange.read()
        exchange.close()
        await asyncio.wait_for(server.gone.wait(), 1)
        assert (pool._idle, pool._slots.locked()) == ([], False)


@in_loop
async def test_cancelling_while_waiting_for_a_place_takes_none():
    async with peer(answering(OK)) as server:
        pool = pool_for(server, timeouts=Timeouts(), connections_max=1)
        held = await pool.exchange("/chat", headers={}, body=b"")
        waiting = asyncio.create_task(ask(pool))
        await asyncio.sleep(0.02)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        held.close()
        assert await ask(pool) == b"ok"
        pool.close()
        await settled()


# --- too slow, too much -------------------------------------------------------------------------------------


@in_loop
async def test_an_upstream_that_never_answers_is_a_timeout():
    async with peer(never) as server:
        assert await failure(pool_for(server)) == "timeout"
        await asyncio.wait_for(server.gone.wait(), 1)


@in_loop
async def test_an_answer_has_a_last_end_however_steadily_it_trickles():
    async def script(state, reader, writer):
        await state.request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"a")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with peer(script) as server:
        pool = pool_for(server, timeouts=Timeouts(idle_s=5, total_s=0.3))
        begun = asyncio.get_running_loop().time()
        assert await failure(pool) == "timeout"
        assert asyncio.get_running_loop().time() - begun < 3
        await settled()


@in_loop
async def test_a_body_is_read_up_to_its_bound_and_no_further():
    async with peer(answering(OK)) as server:
        pool = pool_for(server)
        for bytes_max, fits in [(2, True), (1, False)]:
            exchange = await pool.exchange("/chat", headers={}, body=b"")
            if fits:
                assert await exchange.body(bytes_max) == b"ok"
            else:
                with pytest.raises(UpstreamError, match="too_large"):
                    await exchange.body(bytes_max)
            exchange.close()
        pool.close()
        await settled()


@in_loop
async def test_a_host_that_cannot_be_looked_up_is_a_failed_connection():
    for host in ("no-such-host.invalid", "a." * 100 + "b", "." * 10):
        assert await failure(Pool(Target(host, 80, tls=False), timeouts=QUICK)) == "connect"


# --- TLS ----------------------------------------------------------------------------------------------------


@in_each_loop
async def test_an_upstream_with_a_private_authority_is_trusted_where_it_is_named(tmp_path):
    cert, key = authority(tmp_path)
    async with peer(answering(OK), ssl=serving_tls(cert, key)) as server:
        pool = Pool(Target("127.0.0.1", server.port, tls=True, verify=str(cert)), timeouts=Timeouts())
        for _ in range(3):
            assert await ask(pool) == b"ok"
        assert server.connections == 1
        pool.close()
        await settled()


@pytest.mark.parametrize("names", [("127.0.0.1",), ("another.example",)])
@in_each_loop
async def test_a_certificate_that_is_not_to_be_trusted_ends_the_connection(tmp_path, names):
    cert, key = authority(tmp_path, names)
    verify = str(cert) if names[0] == "another.example" else ""
    async with peer(answering(OK), ssl=serving_tls(cert, key)) as server:
        pool = Pool(Target("127.0.0.1", server.port, tls=True, verify=verify), timeouts=Timeouts())
        assert await failure(pool) == "connect"
        assert server.requests == []
        await settled()


@in_loop
async def test_an_upstream_that_does_not_finish_the_handshake_is_a_failed_connection():
    async def silent(state, reader, writer):
        await state.hang_up(reader)

    async with peer(silent) as server:
        pool = Pool(Target("127.0.0.1", server.port, tls=True), timeouts=QUICK)
        assert await failure(pool) == "connect"
        await asyncio.wait_for(server.gone.wait(), 5)


@in_loop
async def test_an_upstream_that_speaks_no_tls_gets_no_request_in_the_clear():
    async with peer(answering(OK)) as server:
        pool = Pool(Target("127.0.0.1", server.port, tls=True), timeouts=QUICK)
        assert await failure(pool) == "connect"
        assert server.requests == []
        await settled()


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_a_bundle_that_cannot_be_read_is_told_at_start(tmp_path, content):
    bundle = tmp_path / "bundle.pem"
    if content is not None:
        bundle.write_bytes(content)
    with pytest.raises(ConfigError, match="CA bundle"):
        Pool(Target("x", 443, tls=True, verify=str(bundle)), timeouts=QUICK)


@in_loop
async def test_half_an_answer_over_tls_is_not_a_whole_one(tmp_path):
    cert, key = authority(tmp_path)
    async with peer(answering(OK[:-1], ending="close"), ssl=serving_tls(cert, key)) as server:
        pool = Pool(Target("127.0.0.1", server.port, tls=True, verify=str(cert)), timeouts=Timeouts())
        assert await failure(pool) == "reset"
        await settled()
