"""What the fields of an OpenAI chat request may be, how its errors look, and which words are protocol.

Types are checked only where something relies on them. Unknown fields are nobody's error.
"""

from __future__ import annotations

from typing import Any

import orjson

from stockade.core.errors import InputError
from stockade.wires.sse import render
from stockade.wires.wire import WireError

_NONE = type(None)
_TEXT = (str, _NONE)
_FLAG = (bool, _NONE)
_COUNT = (int, _NONE)
_NUMBER = (int, float, _NONE)
_LIST = (list, _NONE)
_OBJECT = (dict, _NONE)

# Compared by exact type, so that true is not a number.
_TYPES: dict[str, tuple[type, ...]] = {
    "stream": _FLAG,
    "logprobs": _FLAG,
    "store": _FLAG,
    "parallel_tool_calls": _FLAG,
    "n": _COUNT,
    "max_tokens": _COUNT,
    "max_completion_tokens": _COUNT,
    "top_logprobs": _COUNT,
    "seed": _COUNT,
    "temperature": _NUMBER,
    "top_p": _NUMBER,
    "frequency_penalty": _NUMBER,
    "presence_penalty": _NUMBER,
    "tools": _LIST,
    "functions": _LIST,
    "modalities": _LIST,
    "response_format": _OBJECT,
    "stream_options": _OBJECT,
    "metadata": _OBJECT,
    "logit_bias": _OBJECT,
    "audio": _OBJECT,
    "prediction": _OBJECT,
    "user": _TEXT,
    "reasoning_effort": _TEXT,
    "service_tier": _TEXT,
    "stop": (str, list, _NONE),
    "tool_choice": (str, dict, _NONE),
    "function_call": (str, dict, _NONE),
    "model": (str,),
    "messages": (list,),
}
_NAMES = {str: "a string", bool: "a boolean", int: "an integer", float: "a number", list: "an array"}
_NAMES |= {dict: "an object", _NONE: "null"}

FIELDS = frozenset(_TYPES)
# A frozen set is one look-up; every one of these fields holds a number and nothing else (checked above).
NUMBERS = frozenset(key for key, types in _TYPES.items() if int in types)


def check_request(body: dict[str, Any]) -> None:
    """Check the types that the wire and the door rely on.

    Raises:
        InputError: with the pointer of the first field that is wrong.
    """
    types = _TYPES
    for key, value in body.items():
        allowed = types.get(key)
        if allowed is not None and type(value) not in allowed:
            raise wrong_type(f"/{key}", allowed)
    for key in ("model", "messages"):
        if not body.get(key):
            raise invalid(f"{key} is missing or empty", f"/{key}")
    if not 1 <= (body.get("n") or 1) <= 128 or body.get("n") == 0:
        raise invalid("n is not between 1 and 128", "/n")
    for index, message in enumerate(body["messages"]):
        _check_message(message, f"/messages/{index}")
    for key in ("tools", "functions"):
        _check_objects(body.get(key), f"/{key}")


def _check_message(message: Any, pointer: str) -> None:
    if type(message) is not dict:
        raise wrong_type(pointer, (dict,))
    if type(message.get("role")) is not str:
        raise invalid("the message has no role", f"{pointer}/role")
    content = message.get("content")
    if type(content) is list:
        _check_objects(content, f"{pointer}/content")
        for index, part in enumerate(content):
            if type(part.get("type")) is not str:
                raise wrong_type(f"{pointer}/content/{index}/type", (str,))
    elif type(content) is not str and content is not None:
        raise wrong_type(f"{pointer}/content", (str, list, _NONE))
    if len(message) > 2 or "content" not in message:
        _check_objects(message.get("tool_calls"), f"{pointer}/tool_calls")


def _check_objects(items: Any, pointer: str) -> None:
    if items is None:
        return
    if type(items) is not list:
        raise wrong_type(pointer, _LIST)
    for index, item in enumerate(items):
        if type(item) is not dict:
            raise wrong_type(f"{pointer}/{index}", (dict,))


def wrong_type(pointer: str, allowed: tuple[type, ...]) -> InputError:
    """Return the error for a value of another type than *allowed*."""
    names = " or ".join(_NAMES[kind] for kind in allowed)
    return InputError(f"the value must be {names}", code="invalid_type", pointer=pointer)


def invalid(message: str, pointer: str) -> InputError:
    """Return the error for a field that is missing or out of bounds."""
    return InputError(message, code="invalid_value", pointer=pointer)


def error_body(error: WireError) -> dict[str, Any]:
    """Return *error* in OpenAI's shape."""
    return {
        "error": {
            "message": error.message,
            "type": error.kind,
            "code": error.code,
            "param": error.param or None,
            "stockade": dict(error.details),
        }
    }


def named_error_event(error: WireError) -> bytes:
    """Return *error* as the last frame of a stream whose events have names."""
    told = {"type": "error", "message": error.message, "code": error.code, "param": error.param or None}
    return render(orjson.dumps({**told, **error_body(error)}), "error")


def error_event(error: WireError) -> bytes:
    """Return *error* as the last frame of a stream."""
    return render(orjson.dumps(error_body(error)))
