r"""What one line of the audit log is.

A line is a JSON object in ASCII, keys in order, no spaces:

    {"at_ms":1,"body":{...},"key":"k_1","key_seq":7,"kind":"request","run":2,"seq":31}

``seq`` counts entries from 1, ``run`` the starts of the writer, ``key_seq`` the entries of one key in one
run; ``key`` is the body's ``key_id``, or empty with a ``key_seq`` of 0. Everything outside printable ASCII is
escaped, so no value can start a second line or speak to a terminal. The line without its end is the leaf of
a Merkle tree; whoever checks it hashes the bytes as they stand.

It does not write, does not sign, and does not decide what goes into a body.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final, NamedTuple

import orjson

from stockade_verify.entries import Line

# Kinds that only the log itself writes: readers learn from them what counts and whether anything is missing.
RECOVERED: Final = "recovered"
OWN_KINDS: Final = frozenset({RECOVERED, "start", "stop", "clock"})
# An entry holds names, counts and fingerprints; beyond this something else was put in.
ENTRY_BYTES_MAX: Final = 4 * 1024 * 1024
KEY_ID: Final = "key_id"
NO_KEY: Final = b'""'

# What the fast encoder takes; whatever is written must also be readable with Python's own decoder.
_DEPTH_MAX: Final = 250
# Types that JSON does not have are refused, not guessed at.
_STRICT: Final = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the audit log.

    Attributes:
        seq: its number, from 1, without gaps.
        at_ms: when it was written, in milliseconds since 1970.
        kind: what kind of event it records.
        body: what happened.
        key: the id of the gateway key it is about, or empty.
        key_seq: its number among the entries of this key in this run, from 1; 0 without a key.
        run: how many times the writer had been started.
    """

    seq: int
    at_ms: int
    kind: str
    body: Mapping[str, object] = field(repr=False)
    key: str = ""
    key_seq: int = 0
    run: int = 1


class Written(NamedTuple):
    """The encoded parts of an entry that has no number yet."""

    kind: bytes
    body: bytes
    key: bytes = NO_KEY


def entry_of(line: Line) -> Entry:
    """Decode a line."""
    body: dict[str, object] = json.loads(line.body)
    kind, key = json.loads(line.kind), json.loads(line.key)
    return Entry(line.seq, line.at_ms, kind, body, key, line.key_seq, line.run)


def encoded(kind: str, body: Mapping[str, object]) -> Written:
    """Encode an entry.

    Raises:
        ValueError, TypeError, RecursionError: it holds what JSON cannot hold, or is nested too deep or
            too large, or only the log itself says such a thing.
    """
    if kind in OWN_KINDS:
        raise ValueError("only the log itself writes entries of this kind")
    key = body.get(KEY_ID)
    named = ascii_json(key) if key and isinstance(key, str) else NO_KEY
    written = Written(ascii_json(kind), ascii_json(dict(body)), named)
    if sum(map(len, written)) > ENTRY_BYTES_MAX:
        raise ValueError("the entry is too large")
    return written


def own_words(kind: str, body: Mapping[str, object]) -> Written:
    """Encode an entry of the log about itself."""
    return Written(ascii_json(kind), ascii_json(body))


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


def line_of(seq: int, run: int, at_ms: int, key_seq: int, written: Written) -> bytes:
    """Return the line of an entry, with its end."""
    kind, body, key = written
    return b'{"at_ms":%d,"body":%b,"key":%b,"key_seq":%d,"kind":%b,"run":%d,"seq":%d}\n' % (
        at_ms, body, key, key_seq, kind, run, seq,
    )  # fmt: skip


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
