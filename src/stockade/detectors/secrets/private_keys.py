r"""Private keys in PEM and OpenPGP armour, from their first to their last line.

The end is found by going from token to token, so a key is found in one line, in many, in a comment and with
its line ends written as ``\\n``. A header that is only talked about (no key material behind it) is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stockade.core.finding import Severity
from stockade.detectors.engine.manual import rule_row
from stockade.detectors.engine.spec import Spec

_HEADER = re.compile(rb"-----BEGIN ([A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----", re.IGNORECASE)
_OPENING = re.compile(rb"-----BEGIN[A-Z0-9 ]{0,60}-{0,5}|-----B?E?G?I?$", re.IGNORECASE)
_CLOSING = b"-----END"
_END = re.compile(rb"-----END [A-Z0-9 ]{0,60}-----")
CLOSING_BYTES_MAX = 80
_SHORT = re.compile(rb"[\"'+,#*/>|\\nrt\x60]{0,12}[A-Za-z0-9+/=]{1,64}[\"'+,;#*/\\nrt\x60]{0,12}")
_TOKEN = re.compile(rb"[^ \t\r\n\x00]+")
# Key material, possibly with quotes, plus signs, escapes and a comment's marks around it.
_BODY = re.compile(rb"[\"'+,#*/>|\\nrt\x60]{0,12}[A-Za-z0-9+/=_\\-]{16,}[\"'+,;#*/\\nrt\x60]{0,12}")
_HEADING = re.compile(
    rb"(?:Proc-Type:|DEK-Info:|Version:|Comment:|[0-9],ENCRYPTED|[A-Z0-9-]{5,20},[0-9A-Fa-f]{8,64}|[\"'+,#*/>|\\nrt]{1,8})[^A-Za-z]{0,40}"
)
_MATERIAL = re.compile(rb"[A-Za-z0-9+/=]{16}")
# 16 KiB: an RSA key of 16,384 bits is 12.5 KiB of PEM.
KEY_BYTES_MAX = 16 * 1024


def private_keys(data: bytes) -> Iterator[tuple[int, int, float]]:
    """Yield each private key of *data* as start, end and confidence."""
    at = 0
    while match := _HEADER.search(data, at):
        start, body = match.span()
        end, _ = block_end(data, body)
        at = max(end, body)
        if _MATERIAL.search(data, body, end):
            yield start, end, 0.99


def blocks(data: bytes, start: int) -> Iterator[tuple[int, int, bool]]:
    """Yield every armoured block from *start* on: where it begins and ends, and whether that is final."""
    at = start
    while match := _OPENING.search(data, at):
        if match.end() == len(data):
            # The header itself may still be growing.
            yield match.start(), len(data), False
            return
        header = _HEADER.match(data, match.start())
        if header is None:
            at = match.end()
            continue
        end, closed = block_end(data, header.end())
        yield match.start(), end, closed
        at = end


def block_end(data: bytes, body: int) -> tuple[int, bool]:
    """Return where the block ends whose header ends at *body*, and whether more text could change that.

    A block goes on as long as its tokens look like key material, a PEM heading or a comment's marks; a last
    short line counts if the closing line follows it.
    """
    end = body
    limit = min(len(data), body + KEY_BYTES_MAX)
    pending = False
    for token in _TOKEN.finditer(data, body, limit):
        text = token.group()
        if data.find(b"\0", end, token.start()) >= 0:
            return end, True
        if _CLOSING in text:
            return _closing_end(data, token.start() + text.index(_CLOSING))
        if pending:
            return end, True
        if _BODY.fullmatch(text) or _HEADING.fullmatch(text):
            end = token.end()
        elif _SHORT.fullmatch(text):
            pending = True
        else:
            return end, token.end() < len(data)
    return end, limit < len(data)


def _closing_end(data: bytes, start: int) -> tuple[int, bool]:
    match = _END.match(data, start)
    if match is not None:
        return match.end(), True
    return start, len(data) - start > CLOSING_BYTES_MAX


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    dashes, kind = "-" * 5, "RSA PRIVATE KEY"
    probe = f"{dashes}BEGIN {kind}{dashes}\n{'MIIEpAIBAAKCAQEA' * 4}\n{dashes}END {kind}{dashes}"
    rule = rule_row(
        "credentials",
        "PRIVATE_KEY",
        "Private key",
        probe,
        finds="A private key in PEM or OpenPGP armour, whole or cut off, with its header.",
        severity=Severity.CRITICAL,
    )
    return (Spec(rule, words=("-----begin",), finder=private_keys),)
