r"""What one line of the audit log is, and how lines are chained.

A line is a JSON object in ASCII, keys in order, no spaces:

    {"at_ms":1,"body":{...},"hash":"<64 hex>","kind":"start","previous":"<64 hex>","seq":1}

``hash`` is SHA-256 over the 32 bytes of ``previous`` followed by the line without its ``hash`` and
``previous`` members. The first entry's ``previous`` is 64 zeros. Everything outside printable ASCII is
escaped, so no value can start a second line or speak to a terminal. Whoever checks a line hashes the bytes
as they stand: nothing is decoded and encoded again.

It does not write, does not sign, and does not decide what goes into a body.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

import orjson

GENESIS: Final = "0" * 64
# The kind that only the log itself writes: what readers learn from it decides which bytes count.
RECOVERED: Final = "recovered"
# An entry holds names, counts and fingerprints; beyond this something else was put in.
ENTRY_BYTES_MAX: Final = 4 * 1024 * 1024

# What the fast encoder takes; whatever is written must also be readable with Python's own decoder.
_DEPTH_MAX: Final = 250
# Types that JSON does not have are refused, not guessed at.
_STRICT: Final = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME

# The end is of fixed form and a string holds no bare quote, so a line divides in one way only.
_LINE: Final = re.compile(
    rb'\{"at_ms":(0|-?[1-9][0-9]{0,18}),"body":(\{[ -~]*\}),"hash":"([0-9a-f]{64})"'
    rb',"kind":("(?:[ !#-\[\]-~]|\\[ -~])*"),"previous":"([0-9a-f]{64})","seq":([1-9][0-9]{0,18})\}\n'
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the audit log.

    Attributes:
        seq: its number, from 1, without gaps.
        at_ms: when it was written, in milliseconds since 1970.
        kind: what kind of event it records.
        body: what happened.
        previous: the hash of the entry before it.
        hash: its own hash.
    """

    seq: int
    at_ms: int
    kind: str
    body: Mapping[str, object] = field(repr=False)
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log, divided but not decoded."""

    seq: int
    at_ms: int
    kind: bytes = field(repr=False)
    body: bytes = field(repr=False)
    previous: str
    hash: str

    def sound(self) -> bool:
        """Say whether the hash is the hash of the rest."""
        return digest(self.previous, payload(self.seq, self.at_ms, self.kind, self.body)) == self.hash

    def entry(self) -> Entry:
        """Decode it."""
        body: dict[str, object] = json.loads(self.body)
        return Entry(self.seq, self.at_ms, json.loads(self.kind), body, self.previous, self.hash)


def encoded(kind: str, body: Mapping[str, object]) -> tuple[bytes, bytes]:
    """Encode the kind and the body of an entry.

    Raises:
        ValueError, TypeError, RecursionError: they hold what JSON cannot hold, or are nested too deep or
            too large.
    """
    if kind == RECOVERED:
        raise ValueError("only the log itself says what it recovered")
    written = ascii_json(kind), ascii_json(dict(body))
    if len(written[0]) + len(written[1]) > ENTRY_BYTES_MAX:
        raise ValueError("the entry is too large")
    return written


def ascii_json(value: object) -> bytes:
    """Encode *value* as JSON in printable ASCII.

    Raises:
        ValueError, TypeError, RecursionError: it holds what JSON cannot hold, or is nested too deep.
    """
    try:
        text = orjson.dumps(value, option=_STRICT)
    except TypeError as error:
        # Half of a surrogate pair and whole numbers over 64 bits are JSON all the same.
        if "ecursion" in str(error) or _deeper(value, _DEPTH_MAX):
            raise
        text = _slowly(value)
    if not text.isascii():
        text = _slowly(orjson.loads(text))
    return text.replace(b"\x7f", b"\\u007f")


def payload(seq: int, at_ms: int, kind: bytes, body: bytes) -> bytes:
    """Return what is hashed of an entry, beside the hash before it."""
    return b'{"at_ms":%d,"body":%b,"kind":%b,"seq":%d}' % (at_ms, body, kind, seq)


def digest(previous: str, content: bytes) -> str:
    """Return the hash of *content* after *previous*."""
    return sha256(bytes.fromhex(previous) + content).hexdigest()


def chained(seq: int, at_ms: int, written: tuple[bytes, bytes], previous: str) -> tuple[bytes, str]:
    """Return the line of an entry and its hash; *written* is its kind and its body, encoded."""
    kind, body = written
    own = digest(previous, payload(seq, at_ms, kind, body))
    members = (at_ms, body, own.encode(), kind, previous.encode(), seq)
    line = b'{"at_ms":%d,"body":%b,"hash":"%b","kind":%b,"previous":"%b","seq":%d}\n' % members
    return line, own


def divide(line: bytes) -> Line | None:
    """Divide *line* into its members, or return None where it is no line of a log."""
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    at_ms, body, own, kind, previous, seq = match.groups()
    return Line(int(seq), int(at_ms), kind, body, previous.decode(), own.decode())


def commitment(key: bytes, text: str) -> str:
    """Return a keyed fingerprint of *text*: equal texts can be found again, and nothing can be read back."""
    raw = text.encode("utf-8", "surrogatepass")
    return "hmac:" + hmac.new(key, raw, sha256).hexdigest()[:32]


def _deeper(value: object, levels: int) -> bool:
    """Say whether *value* is nested deeper than *levels*."""
    if not isinstance(value, dict | list | tuple):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_deeper(one, levels - 1) for one in inner)


def _slowly(value: object) -> bytes:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return text.encode("ascii")
