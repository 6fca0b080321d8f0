"""Scripted peers on real loopback sockets, and tests that are coroutines."""

from __future__ import annotations

import asyncio
import datetime
import functools
import inspect
import ssl
import sys
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

LOOPS = [pytest.param(asyncio.new_event_loop, id="asyncio")]
if sys.platform != "win32":
    import uvloop

    LOOPS.append(pytest.param(uvloop.new_event_loop, id="uvloop"))


def in_loop(test):
    """Run an async test in the loop that the gateway uses."""
    factory = LOOPS[-1].values[0]

    @functools.wraps(test)
    def run(*arguments, **named):
        with asyncio.Runner(loop_factory=factory) as runner:
            runner.run(test(*arguments, **named))

    return run


def in_each_loop(test):
    """Run an async test in every loop the gateway may run in; the test takes no ``loop_factory`` itself."""

    def run(loop_factory, **named):
        with asyncio.Runner(loop_factory=loop_factory) as runner:
            runner.run(test(**named))

    wanted = inspect.signature(test).parameters.values()
    extra = inspect.Parameter("loop_factory", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    run.__signature__ = inspect.Signature([extra, *wanted])
    run.__name__, run.__doc__ = test.__name__, test.__doc__
    run.pytestmark = getattr(test, "pytestmark", [])
    return pytest.mark.parametrize("loop_factory", LOOPS)(run)


@dataclass
class Peer:
    """A server that does what its script says with each connection.

    Attributes:
        port: where it listens.
        connections: how many came.
        asked: is set once a request was read.
        gone: is set once a client has hung up.
    """

    port: int = 0
    connections: int = 0
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    requests: list[bytes] = field(default_factory=list)

    async def request(self, reader: asyncio.StreamReader) -> bytes:
        """Read one request with a body of declared length."""
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.startswith(b"content-length:")),
            0,
        )
        whole = head + await reader.readexactly(length)
        self.requests.append(whole)
        self.asked.set()
        return whole

    async def hang_up(self, reader: asyncio.StreamReader) -> None:
        """Wait until the client hangs up."""
        try:
            while await reader.read(65536):
                pass
        except ConnectionError:
            pass
        self.gone.set()


@asynccontextmanager
async def peer(script: Callable[[Peer, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]], **more):
    """Run a server while the block runs."""
    state = Peer()
    talks: set[asyncio.Task[None]] = set()

    async def talk(reader, writer):
        state.connections += 1
        talks.add(asyncio.current_task())
        try:
            await script(state, reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            state.gone.set()
        except asyncio.CancelledError:
            pass
        finally:
            talks.discard(asyncio.current_task())
            writer.transport.abort()

    server = await asyncio.start_server(talk, "127.0.0.1", 0, **more)
    state.port = server.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        server.close()
        for task in list(talks):
            task.cancel()
        await asyncio.sleep(0.01)


def answering(*pieces: bytes, ending: str = "keep"):
    """Return a script: read a request, write *pieces*, end as said; again while the connection is kept."""

    async def script(state, reader, writer):
        while True:
            await state.request(reader)
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
            if ending == "reset":
                writer.transport.abort()
            if ending == "close":
                writer.close()
            if ending != "keep":
                return

    return script


def authority(directory: Path, names: tuple[str, ...] = ("127.0.0.1",)) -> tuple[Path, Path]:
    """Write a certificate of a private authority and its key; it is its own authority."""
    import ipaddress

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a private authority")])
    now = datetime.datetime.now(datetime.UTC)
    alternatives = [
        x509.IPAddress(ipaddress.ip_address(n)) if n[0].isdigit() else x509.DNSName(n) for n in names
    ]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=5))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert, private = directory / "cert.pem", directory / "key.pem"
    cert.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return cert, private


def serving_tls(cert: Path, key: Path) -> ssl.SSLContext:
    """Return the server's side of TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context
