"""What the fields of an Anthropic messages request may be, how its errors look, and which words are protocol.

Types are checked only where something relies on them. Unknown fields are nobody's error.
"""

from __future__ import annotations

from typing import Any

import orjson

from stockade.wires.openai_shapes import invalid, wrong_type
from stockade.wires.sse import render
from stockade.wires.wire import WireError

_NONE = type(None)
_TYPES: dict[str, tuple[type, ...]] = {
    "stream": (bool, _NONE),
    "max_tokens": (int, _NONE),
    "top_k": (int, _NONE),
    "temperature": (int, float, _NONE),
    "top_p": (int, float, _NONE),
    "stop_sequences": (list, _NONE),
    "tools": (list, _NONE),
    "mcp_servers": (list, _NONE),
    "tool_choice": (dict, _NONE),
    "thinking": (dict, _NONE),
    "metadata": (dict, _NONE),
    "system": (str, list, _NONE),
    "model": (str,),
    "messages": (list,),
}
NUMBERS = frozenset(key for key, types in _TYPES.items() if int in types or bool in types)

# Our words for a refusal -> Anthropic's; what is not here keeps its own.
_KINDS = {
    "policy_violation": "invalid_request_error",
    "not_found": "not_found_error",
    "service_unavailable": "overloaded_error",
    "upstream_error": "api_error",
    "server_error": "api_error",
}


def check_request(body: dict[str, Any]) -> None:
    """Check the types that the wire and the door rely on.

    Raises:
        InputError: with the pointer of the first field that is wrong.
    """
    for key, value in body.items():
        allowed = _TYPES.get(key)
        if allowed is not None and type(value) not in allowed:
            raise wrong_type(f"/{key}", allowed)
    for key in ("model", "messages"):
        if not body.get(key):
            raise invalid(f"{key} is missing or empty", f"/{key}")
    for index, message in enumerate(body["messages"]):
        pointer = f"/messages/{index}"
        if type(message) is not dict:
            raise wrong_type(pointer, (dict,))
        if type(message.get("role")) is not str:
            raise invalid("the message has no role", f"{pointer}/role")
        _check_content(message.get("content"), f"{pointer}/content")
    _check_content(body.get("system"), "/system")
    _check_objects(body.get("tools"), "/tools")


def _check_content(content: Any, pointer: str) -> None:
    if type(content) is list:
        _check_objects(content, pointer)
        for index, block in enumerate(content):
            if type(block.get("type")) is not str:
                raise wrong_type(f"{pointer}/{index}/type", (str,))
    elif type(content) is not str and content is not None:
        raise wrong_type(pointer, (str, list, _NONE))


def _check_objects(items: Any, pointer: str) -> None:
    for index, item in enumerate(items or ()):
        if type(item) is not dict:
            raise wrong_type(f"{pointer}/{index}", (dict,))


def error_body(error: WireError) -> dict[str, Any]:
    """Return *error* in Anthropic's shape; what OpenAI clients switch on stands beside it."""
    return {
        "type": "error",
        "error": {
            "type": _KINDS.get(error.kind, error.kind),
            "message": error.message,
            "code": error.code,
            "param": error.param or None,
            "stockade": dict(error.details),
        },
    }


def error_event(error: WireError) -> bytes:
    """Return *error* as the last frame of a stream."""
    return render(orjson.dumps(error_body(error)), "error")
