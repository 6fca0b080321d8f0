"""Bytes to a JSON object and back, so that every parser downstream reads what was inspected.

What two parsers could read differently is refused: duplicate keys, numbers that do not survive a round
trip, a byte order mark, lone surrogates. Meaning and types of the fields are the wires' business.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import orjson

from stockade.core.errors import InputError
from stockade.core.limits import JSON_DEPTH_MAX, LEAVES_MAX
from stockade.wires.pointer import too_deep, too_many_values

# Beyond this a reader with binary64 numbers (JavaScript, jq, Go's default) sees another integer.
_INTEGER_MAX = 2**53

_CONTAINERS = (dict, list)
_NUMBERS = (int, float)

# A colon written as an escape: orjson writes it plainly, which would shift the count.
_HIDDEN_COLON = b"\\u003"


def decode(raw: bytes, *, bytes_max: int) -> dict[str, Any]:
    """Return the JSON object in *raw*.

    Raises:
        InputError: with one of the codes ``too_large``, ``empty_body``, ``not_utf8``, ``invalid_json``,
            ``not_an_object``, ``too_deep``, ``too_many_values``, ``number_out_of_range``, ``duplicate_key``.
    """
    if len(raw) > bytes_max:
        raise InputError(f"the body is larger than {bytes_max} bytes", code="too_large")
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        # The error keeps the whole document as an attribute: it must not travel on as a cause.
        raise _unreadable(raw, error.msg) from None
    if type(body) is not dict:
        raise InputError("the body is not a JSON object", code="not_an_object", hint="send {...}")
    if _survey(body) or not _has_single_keys(raw, body):
        _check_exactly(raw)
    return body


def encode(body: object) -> bytes:
    """Return *body* as compact JSON."""
    return orjson.dumps(body)


def _survey(body: dict[str, Any]) -> bool:
    """Check the bounds, and say whether a number needs to be read exactly."""
    level: list[Any] = [body]
    depth = keys = texts = 0
    exact = False
    while level:
        depth += 1
        if depth > JSON_DEPTH_MAX:
            raise too_deep()
        deeper: list[Any] = []
        for container in level:
            values = container
            if type(container) is dict:
                keys += len(container)
                values = container.values()
            count, inexact = _survey_values(values, deeper)
            texts += count
            exact = exact or inexact
        if max(texts, keys, len(deeper)) > LEAVES_MAX:
            raise too_many_values()
        level = deeper
    return exact


def _survey_values(values: Iterable[Any], deeper: list[Any]) -> tuple[int, bool]:
    """Count the texts, note what has to be gone into, and say whether a number is not exact."""
    texts = 0
    inexact = False
    for value in values:
        kind = type(value)
        if kind is str:
            texts += 1
        elif kind in _CONTAINERS:
            deeper.append(value)
        elif kind in _NUMBERS and not -_INTEGER_MAX <= value <= _INTEGER_MAX:
            inexact = True
    return texts, inexact


def _has_single_keys(raw: bytes, body: object) -> bool:
    """Say whether it is certain, without reading *raw* again, that no object repeats a key.

    Every member of an object shows as one colon, all other colons stand in texts. What is parsed, written
    again, has at most as many of both; each member that a repeated key swallowed is a colon less.
    """
    again = orjson.dumps(body)
    return again == raw or (_HIDDEN_COLON not in raw and again.count(b":") == raw.count(b":"))


def _check_exactly(raw: bytes) -> None:
    """Read *raw* once more with a parser that shows every key and every number."""
    # orjson has taken it and the depth is bounded: this can only fail where a hook refuses.
    try:
        json.loads(raw, object_pairs_hook=_single_keys, parse_int=_exact_integer)
    except RecursionError:
        raise too_deep() from None


def _single_keys(pairs: list[tuple[str, Any]]) -> None:
    seen = {key for key, _ in pairs}
    if len(seen) < len(pairs):
        raise InputError(
            "an object holds the same key twice", code="duplicate_key", hint="send every key once"
        )


def _exact_integer(digits: str) -> int:
    # 17 characters: a sign and the 16 digits of 2**53. Longer ones are not worth converting.
    if len(digits) > 17 or not -_INTEGER_MAX <= int(digits) <= _INTEGER_MAX:
        raise _number_out_of_range()
    return 0


def _number_out_of_range() -> InputError:
    return InputError(
        "a number is larger than every reader can represent",
        code="number_out_of_range",
        hint="send it as a string",
    )


def _unreadable(raw: bytes, why: str) -> InputError:
    if not raw.strip():
        return InputError("the body is empty", code="empty_body", hint="send a JSON object")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return InputError("the body is not UTF-8", code="not_utf8", hint="encode it as UTF-8")
    if text.startswith("\ufeff"):
        return InputError(
            "the body begins with a byte order mark", code="invalid_json", hint="send UTF-8 without a mark"
        )
    if "limit" in why:
        return too_deep()
    if "infinity" in why:
        return _number_out_of_range()
    return InputError("the body is not JSON", code="invalid_json", hint="see RFC 8259; NaN is not JSON")
