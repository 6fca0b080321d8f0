"""Reading what a client sends: headers once, duplicates refused, a body within bounds and time."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from stockade.gateway.replies import Refusal

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

# Sent twice, these would mean one thing to us and another to somebody else.
_SINGLE = frozenset(
    {
        b"authorization",
        b"x-api-key",
        b"host",
        b"content-length",
        b"content-type",
        b"content-encoding",
        b"transfer-encoding",
        b"x-stockade-conversation",
    }
)
# Which version of its dialect a client speaks; passed on to upstreams of that dialect.
_DIALECT = frozenset({b"anthropic-version", b"anthropic-beta"})
_SINGLE |= _DIALECT
# Names and dates of versions, in a list: nothing that is looked for fits, so nobody has to look.
_VERSION = re.compile(rb"[A-Za-z0-9]{1,32}(?:[-., ]{1,2}[A-Za-z0-9]{1,32}){0,40}")
HEADERS_MAX = 100
# A body may take so long, and a second more for so many bytes of it that came: a modem's pace, and no slower.
BODY_SECONDS_MAX = 15.0
BODY_BYTES_PER_SECOND = 32 * 1024


@dataclass(frozen=True, slots=True)
class Incoming:
    """The few headers that matter here.

    Attributes:
        credential: the presented key, or empty.
        conversation: what the client says ties its requests together, or empty.
        encoding: the content encoding, or empty.
        length: the declared length, or -1.
        dialect: the version headers of the client's dialect.
    """

    credential: str = field(repr=False)
    conversation: str = field(repr=False)
    encoding: str
    length: int
    dialect: Mapping[str, str] = field(default_factory=dict, repr=False)


def read_headers(scope: Scope) -> Incoming:
    """Return the headers that matter.

    Raises:
        Refusal: a security header twice, two credentials, too many headers, a length that is no number, a
            transfer coding that nobody here undoes.
    """
    headers = scope["headers"]
    if len(headers) > HEADERS_MAX:
        raise Refusal(431, "too_many_headers", f"at most {HEADERS_MAX} headers are read")
    seen: dict[bytes, bytes] = {}
    for name, value in headers:
        if name in _SINGLE:
            if name in seen:
                text = f"the header {name.decode('latin-1')} was sent twice"
                raise Refusal(400, "duplicate_header", text)
            seen[name] = value
    length = seen.get(b"content-length")
    # Nineteen digits are more than there can be; thousands of them would be slow to read.
    if length is not None and not (length.isdigit() and len(length) < 20):
        raise Refusal(400, "bad_content_length", "content-length is not a number")
    if seen.get(b"transfer-encoding", b"chunked").lower() != b"chunked":
        raise Refusal(415, "unsupported_encoding", "no transfer-encoding but chunked is accepted")
    return Incoming(
        _credential(seen),
        seen.get(b"x-stockade-conversation", b"").decode("latin-1"),
        seen.get(b"content-encoding", b"").decode("latin-1").lower(),
        -1 if length is None else int(length),
        _dialect(seen),
    )


def _dialect(seen: Mapping[bytes, bytes]) -> dict[str, str]:
    said = {name: seen[name] for name in _DIALECT if name in seen} if len(seen) > 2 else {}
    for name, value in said.items():
        if not _VERSION.fullmatch(value):
            raise Refusal(400, "bad_version_header", f"the header {name.decode()} is not a list of versions")
    return {name.decode(): value.decode() for name, value in said.items()}


def _credential(seen: dict[bytes, bytes]) -> str:
    bearer, key = seen.get(b"authorization"), seen.get(b"x-api-key")
    if bearer is not None and key is not None:
        raise Refusal(400, "two_credentials", "send authorization or x-api-key, not both")
    if key is not None:
        return key.decode("latin-1").strip()
    if bearer is None:
        return ""
    scheme, _, token = bearer.decode("latin-1").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


async def read_body(receive: Receive, incoming: Incoming, bytes_max: int) -> bytes:
    """Return the whole body.

    Raises:
        Refusal: it is compressed, larger than *bytes_max*, too slow, or the client left.
    """
    if incoming.encoding not in {"", "identity"}:
        raise Refusal(415, "unsupported_encoding", "compressed request bodies are not accepted")
    if incoming.length > bytes_max:
        raise _too_large(bytes_max)
    try:
        async with asyncio.timeout(BODY_SECONDS_MAX) as clock:
            return await _collect(receive, bytes_max, clock)
    except TimeoutError:
        raise Refusal(408, "timeout", "the body did not arrive in time") from None


async def _collect(receive: Receive, bytes_max: int, clock: asyncio.Timeout) -> bytes:
    # One buffer, not a list of pieces: a body may come byte by byte, and each would be an object.
    body = bytearray()
    begun = clock.when() or 0.0
    granted = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGoneError
        body += message.get("body", b"")
        if len(body) > bytes_max:
            raise _too_large(bytes_max)
        if not message.get("more_body"):
            return bytes(body)
        if len(body) // BODY_BYTES_PER_SECOND > granted:
            granted = len(body) // BODY_BYTES_PER_SECOND
            clock.reschedule(begun + granted)


class ClientGoneError(Exception):
    """The client closed its connection; there is nobody to answer."""


def _too_large(bytes_max: int) -> Refusal:
    return Refusal(413, "too_large", f"the body is larger than {bytes_max} bytes")
