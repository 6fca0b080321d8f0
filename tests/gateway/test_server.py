"""The HTTP server's bounds, tried with raw sockets: slow, huge, endless, ahead of time."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import socket
import ssl
import threading
import time
from contextlib import contextmanager
from urllib.parse import urlsplit

import psutil
import pytest

from stockade.core.errors import ConfigError
from stockade.gateway import server as module
from stockade.gateway.background import background
from stockade.gateway.server import Listen, configured, serve
from tests.gateway.loopback import authority

SMALL = b"GET /quick HTTP/1.1\r\nhost: x\r\n\r\n"


async def app(scope, receive, send):
    """Answer with what was seen; ``/slow`` takes its time, ``/refuse`` does not wait for the body."""
    if scope["type"] == "lifespan":
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    size, message = 0, {"more_body": scope["path"] != "/refuse"}
    while message.get("more_body"):
        message = await receive()
        size += len(message.get("body", b""))
    if scope["path"] == "/slow":
        await asyncio.sleep(0.8)
    names = [name.decode() for name, _ in scope["headers"]]
    body = json.dumps({"path": scope["path"], "size": size, "headers": names, "client": scope["client"][0]})
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]}
    )
    await send({"type": "http.response.body", "body": body.encode()})


@pytest.fixture(scope="module")
def address():
    with background(app, Listen(port=0)) as base:
        yield base


@pytest.fixture
def hurried(monkeypatch):
    """Half a second for headers; the clock of a connection is set when it is made."""
    monkeypatch.setattr(module, "HEADER_SECONDS_MAX", 0.4)


@contextmanager
def wire(address: str):
    where = urlsplit(address)
    with socket.create_connection((where.hostname, where.port), timeout=5) as connection:
        yield connection


def rest(connection: socket.socket) -> bytes:
    """Read until the server hangs up."""
    data = b""
    with contextlib.suppress(ConnectionError):
        while piece := connection.recv(65536):
            data += piece
    return data


def one(connection: socket.socket) -> tuple[int, bytes]:
    """Read one answer."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        assert piece, "hung up"
        data += piece
    top, _, body = data.partition(b"\r\n\r\n")
    length = int(re.search(rb"content-length: (\d+)", top)[1])
    while len(body) < length:
        body += connection.recv(65536)
    return int(top.split()[1]), body


def flooded(address: str, start: bytes, piece: bytes, bytes_max: int = 40_000_000) -> int:
    """Send *piece* over and over; return how much was taken before the server hung up."""
    sent = 0
    with wire(address) as connection:
        connection.sendall(start)
        try:
            while sent < bytes_max:
                connection.sendall(piece)
                sent += len(piece)
        except (ConnectionError, TimeoutError):
            return sent
    return sent


# --- well-behaved clients -----------------------------------------------------------------------------------


def test_requests_are_answered_one_after_the_other_on_one_connection(address):
    with wire(address) as connection:
        for _ in range(3):
            connection.sendall(SMALL)
            assert one(connection)[0] == 200


def test_a_body_arrives_whole_with_a_length_and_in_chunks(address):
    with wire(address) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 300000\r\n\r\n" + bytes(300_000))
        assert json.loads(one(connection)[1])["size"] == 300_000
        chunks = b"".join(b"%x\r\n%s\r\n" % (n, bytes(n)) for n in (1, 70_000, 3)) + b"0\r\n\r\n"
        connection.sendall(b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n" + chunks)
        assert json.loads(one(connection)[1])["size"] == 70_004


def test_a_body_in_chunks_of_one_byte_is_no_flood(address):
    chunks = b"1\r\nx\r\n" * 30_000 + b"0\r\n\r\n"
    with wire(address) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n" + chunks)
        assert json.loads(one(connection)[1])["size"] == 30_000


def test_a_few_requests_may_be_sent_ahead(address):
    with wire(address) as connection:
        connection.sendall(SMALL * 5)
        data = b""
        while data.count(b"HTTP/1.1 200") < 5:
            data += connection.recv(65536)


def test_a_head_of_forty_kilobytes_is_read(address):
    with wire(address) as connection:
        connection.sendall(SMALL[:-2] + b"x: " + b"a" * 40_000 + b"\r\n\r\n")
        assert one(connection)[0] == 200


def test_the_server_says_nothing_about_itself_and_believes_no_forwarded_address(address):
    with wire(address) as connection:
        connection.sendall(SMALL[:-2] + b"x-forwarded-for: 9.9.9.9\r\nx-forwarded-proto: https\r\n\r\n")
        top = connection.recv(65536)
        assert b"server:" not in top.lower()
        assert b'"client": "127.0.0.1"' in top


def test_headers_behind_a_body_are_not_taken_for_headers(address):
    with wire(address) as connection:
        connection.sendall(
            b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"
            b"1\r\na\r\n0\r\nauthorization: Bearer late\r\n\r\n"
        )
        assert "authorization" not in json.loads(one(connection)[1])["headers"]


# --- floods -------------------------------------------------------------------------------------------------

CHUNKS = b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"
FLOODS = {
    "one header that does not end": (SMALL[:-2] + b"x: ", b"a" * 10_000),
    "headers without end": (SMALL[:-2], b"a: b\r\n" * 2000),
    "a target that does not end": (b"GET /", b"a" * 10_000),
    "a method that does not end": (b"", b"A" * 10_000),
    "empty lines before a request": (b"", b"\r\n" * 5_000),
    "a trailer that does not end": (CHUNKS + b"1\r\na\r\n0\r\nx: ", b"a" * 10_000),
    "trailers without end": (CHUNKS + b"1\r\na\r\n0\r\n", b"a: b\r\n" * 2000),
    "a chunk extension that does not end": (CHUNKS + b"1;", b"a" * 10_000),
}


@pytest.mark.parametrize("name", FLOODS)
def test_what_surrounds_a_body_is_bounded(address, name):
    before = psutil.Process().memory_info().rss
    assert flooded(address, *FLOODS[name]) < 20_000_000  # most of it in the system's own buffers
    assert psutil.Process().memory_info().rss - before < 8_000_000


def test_a_second_request_is_bounded_like_the_first(address):
    with wire(address) as connection:
        connection.sendall(SMALL)
        one(connection)
        connection.sendall(SMALL[:-2] + b"x: " + b"a" * 200_000)
        assert b"400 Bad Request" in rest(connection)


def test_a_target_longer_than_its_bound_is_refused(address):
    with wire(address) as connection:
        connection.sendall(b"GET /" + b"a" * 9_000 + b" HTTP/1.1\r\nhost: x\r\n\r\n")
        assert rest(connection).startswith(b"HTTP/1.1 400")


def test_headers_that_come_in_one_piece_are_bounded_too(address):
    with wire(address) as connection:
        connection.sendall(SMALL[:-2] + b"x: " + b"a" * 70_000 + b"\r\n\r\n")
        assert rest(connection).startswith(b"HTTP/1.1 400")


def test_thousands_of_requests_sent_ahead_are_refused(address):
    before = psutil.Process().memory_info().rss
    with wire(address) as connection:
        with contextlib.suppress(ConnectionError):
            connection.sendall(SMALL.replace(b"/quick", b"/slow") + SMALL * 10_000)
        rest(connection)
    assert psutil.Process().memory_info().rss - before < 8_000_000


def test_the_rest_of_a_body_that_was_refused_may_not_go_on_for_ever(address):
    start = b"POST /refuse HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000000\r\n\r\n"
    assert flooded(address, start, bytes(65_536)) < 20_000_000


def test_the_rest_of_a_small_refused_body_does_not_cost_the_connection(address):
    with wire(address) as connection:
        connection.sendall(b"POST /refuse HTTP/1.1\r\nhost: x\r\ncontent-length: 300000\r\n\r\n")
        assert one(connection)[0] == 200
        connection.sendall(bytes(300_000) + SMALL)
        assert one(connection)[0] == 200


# --- slow clients -------------------------------------------------------------------------------------------


def hung_up_within(connection: socket.socket, seconds: float, trickle: bytes = b"") -> bool:
    until = time.monotonic() + seconds
    connection.settimeout(0.05)
    while time.monotonic() < until:
        try:
            if trickle:
                connection.sendall(trickle)
            if connection.recv(65536) == b"":
                return True
        except TimeoutError:
            continue
        except ConnectionError:
            return True
    return False


SLOW = {
    "nothing at all": (b"", b""),
    "headers, byte by byte": (SMALL[:-2] + b"x: ", b"a"),
    "empty lines": (b"", b"\r\n"),
}


@pytest.mark.parametrize("name", SLOW)
def test_a_head_that_dawdles_is_given_up(address, hurried, name):
    start, trickle = SLOW[name]
    with wire(address) as connection:
        connection.sendall(start)
        assert hung_up_within(connection, 3, trickle)


@pytest.mark.parametrize("name", SLOW)
def test_a_second_head_that_dawdles_is_given_up_too(address, hurried, name):
    start, trickle = SLOW[name]
    with wire(address) as connection:
        connection.sendall(SMALL)
        one(connection)
        connection.sendall(start)
        assert hung_up_within(connection, 8 if name == "nothing at all" else 3, trickle)


def test_the_rest_of_a_refused_body_may_not_trickle_for_ever(address, hurried):
    with wire(address) as connection:
        connection.sendall(b"POST /refuse HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n")
        one(connection)
        assert hung_up_within(connection, 3, b"a")


def test_bytes_behind_a_request_do_not_cut_its_answer(address, hurried):
    with wire(address) as connection:
        connection.sendall(SMALL.replace(b"/quick", b"/slow") + b"\r\n")
        assert one(connection)[0] == 200


def test_a_quick_client_is_not_kept_waiting_by_hundreds_of_slow_ones(address):
    def took() -> float:
        begun = time.perf_counter()
        with wire(address) as connection:
            connection.sendall(SMALL)
            one(connection)
        return time.perf_counter() - begun

    alone = sorted(took() for _ in range(30))[15]
    with contextlib.ExitStack() as stack:
        for _ in range(300):
            stack.enter_context(wire(address)).sendall(SMALL[:-2])
        among = sorted(took() for _ in range(30))[15]
    assert among < 2 * alone + 0.02


# --- starting, stopping, TLS --------------------------------------------------------------------------------


def test_a_port_that_is_taken_is_a_configuration_error(caplog):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ConfigError, match="cannot listen") as caught:
            serve(app, Listen(port=taken.getsockname()[1]))
    assert "listen.port" in caught.value.hint


def test_an_application_that_cannot_start_is_a_configuration_error(caplog):
    async def broken(scope, receive, send):
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "no"})

    with pytest.raises(ConfigError, match="could not start"):
        serve(broken, Listen(port=0))


def test_the_address_is_told_once_requests_are_answered(monkeypatch):
    told, answers = [], []

    def listening(address: str) -> None:
        told.append(address)
        threading.Thread(target=ask, args=(address,)).start()

    def ask(address: str) -> None:
        with wire(address) as connection:
            connection.sendall(SMALL)
            answers.append(one(connection)[0])
        servers[0].should_exit = True

    servers = []
    real = module._Announcing.startup

    async def startup(self, sockets=None):
        servers.append(self)
        await real(self, sockets)

    monkeypatch.setattr(module._Announcing, "startup", startup)
    serve(app, Listen(port=0), listening)
    assert answers == [200]
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", told[0])


def test_a_gateway_with_a_certificate_speaks_tls_and_nothing_else(tmp_path):
    cert, key = authority(tmp_path)
    with background(app, Listen(port=0, cert=str(cert), key=str(key))) as address:
        assert address.startswith("https://")
        context = ssl.create_default_context(cafile=str(cert))
        with wire(address) as plain, context.wrap_socket(plain, server_hostname="127.0.0.1") as secure:
            secure.sendall(SMALL)
            assert one(secure)[0] == 200
            assert secure.version() in {"TLSv1.2", "TLSv1.3"}
        with wire(address) as plain:
            plain.sendall(SMALL)
            assert b"200" not in rest(plain)


def test_an_ipv6_address_is_written_in_brackets():
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    try:
        with background(app, Listen(host="::1", port=0)) as address:
            assert re.fullmatch(r"http://\[::1\]:\d+", address)
    except ConfigError:
        pytest.skip("this machine has no IPv6 loopback")


def test_nothing_is_logged_about_who_asks_for_what():
    config = configured(app, Listen())
    assert (config.access_log, config.server_header, config.proxy_headers) == (False, False, False)
