"""OpenAI chat completions, the answer that is not streamed: its texts, all of them the model's.

Token lists (``logprobs``) spell the answer a second time. They are kept only while every text of their
choice is unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from stockade.core.errors import InputError
from stockade.core.message import Message, Origin
from stockade.wires.part import Collector, Part, replace
from stockade.wires.pointer import escape, is_plain, walk

CONSTANTS = frozenset(
    "chat.completion chat.completion.chunk assistant function custom tool "
    "stop length tool_calls function_call content_filter".split()
)
# Only at these places is a constant nothing but a constant.
_CONSTANT_KEYS = frozenset({"object", "role", "finish_reason", "type"})
# Where a tool call keeps what is called.
_CALLED = ("function", "custom")
# A second count; ten digits that are nobody's.
_NUMBERS = frozenset({"created"})


def garbage(pointer: str = "") -> InputError:
    """Return the error for what is no answer of this wire."""
    return InputError(
        "the upstream's answer has not the shape of its wire", code="upstream_garbage", pointer=pointer
    )


def texts(body: dict[str, Any]) -> list[Part]:
    """Return every text of the answer.

    Raises:
        InputError: it is no chat completion (code ``upstream_garbage``).
    """
    found = Collector(read_all=True)
    choices = body.get("choices")
    if type(choices) is not list:
        raise garbage("/choices")
    for key in body:
        if key != "choices" and key not in _NUMBERS:
            _field(found, body, key, "")
    for position, choice in enumerate(choices):
        if type(choice) is not dict or type(choice.get("message")) is not dict:
            raise garbage(f"/choices/{position}")
        _choice(found, choice, f"/choices/{position}")
    return found.parts


def _choice(found: Collector, choice: dict[str, Any], pointer: str) -> None:
    for key, value in choice.items():
        if key == "message":
            _message(found, value, f"{pointer}/message")
        elif key == "logprobs":
            _tokens(found, choice, pointer)
        else:
            _field(found, choice, key, pointer)


def _message(found: Collector, message: dict[str, Any], pointer: str) -> None:
    for key, value in message.items():
        if key == "tool_calls" and type(value) is list:
            for index, call in enumerate(value):
                if type(call) is not dict:
                    raise garbage(f"{pointer}/tool_calls/{index}")
                _call(found, call, f"{pointer}/tool_calls/{index}")
        elif key == "function_call" and type(value) is dict:
            _function(found, value, f"{pointer}/function_call")
        else:
            _field(found, message, key, pointer)


def _call(found: Collector, call: dict[str, Any], pointer: str) -> None:
    for key, value in call.items():
        if key in _CALLED and type(value) is dict:
            _function(found, value, f"{pointer}/{key}")
        else:
            _field(found, call, key, pointer)


def _function(found: Collector, function: dict[str, Any], pointer: str) -> None:
    for key, value in function.items():
        if key == "arguments" and type(value) is str:
            found.json(function, key, f"{pointer}/arguments", Origin.MODEL)
        else:
            _field(found, function, key, pointer)


def _field(found: Collector, container: dict[str, Any], key: str, pointer: str) -> None:
    value = container[key]
    where = f"{pointer}/{escape(key)}"
    if not is_plain(key):
        found.key(container, key, f"{where}#key", Origin.MODEL)
    if value is None or (key in _CONSTANT_KEYS and type(value) is str and value in CONSTANTS):
        return
    if type(value) is str:
        if value:
            found.text(container, key, where, Origin.MODEL)
    else:
        found.anything(container, key, where, Origin.MODEL)


def _tokens(found: Collector, choice: dict[str, Any], pointer: str) -> None:
    """Take a token list as one text; it is not needed where it only spells the content."""
    text = spelled(choice["logprobs"], choice["message"])
    if text:
        message = Message(text, Origin.MODEL, f"{pointer}/logprobs")
        found.parts.append(Part(message, choice, "logprobs"))


def spelled(logprobs: Any, message: dict[str, Any]) -> str:
    """Return what a token list says beyond the texts of *message*; empty if nothing."""
    if type(logprobs) is not dict:
        return "" if logprobs is None else _strings([logprobs])
    rest: list[str] = []
    for key, tokens in logprobs.items():
        if type(tokens) is list and all(type(t) is dict and type(t.get("token")) is str for t in tokens):
            joined = "".join(t["token"] for t in tokens)
            if joined != message.get(key):
                rest.append(joined)
            rest += [_token_rest(t) for t in tokens]
        elif tokens is not None:
            rest.append(_strings({key: tokens}))
    return "\n".join(text for text in rest if text)


def _token_rest(token: dict[str, Any]) -> str:
    said = token["token"]
    others = {key: value for key, value in token.items() if key not in {"token", "bytes"}}
    return "\n".join(text for text in (_bytes(token.get("bytes"), said), _strings(others)) if text)


def _bytes(values: Any, said: str) -> str:
    """Return the text in an array of byte values, unless it is what was *said* already."""
    if type(values) is not list:
        return ""
    if not all(type(v) is int and 0 <= v < 256 for v in values):
        return _strings(values)
    text = bytes(values).decode("utf-8", "replace")
    # Half a character per token is usual; it decodes to marks that hold nothing.
    return "" if text == said else text.replace("\ufffd", "")


def _strings(value: Any) -> str:
    found: list[str] = []

    def emit(_container: Any, key: str | int, _pointer: str, text: str, _is_key: bool) -> None:  # noqa: FBT001
        if key != "logprob" and text not in found[-1:]:
            found.append(text)

    walk(value, "", emit)
    return "\n".join(found)


def put_back(body: dict[str, Any], changes: Iterable[tuple[Part, str]]) -> None:
    """Put changed texts back; where a choice changed, its token list goes."""
    kept: list[tuple[Part, str]] = []
    touched: set[int] = set()
    for part, text in changes:
        _, _, rest = part.pointer.partition("/choices/")
        if rest and part.pointer.startswith("/choices/"):
            touched.add(int(rest.partition("/")[0]))
        if part.key != "logprobs" or type(part.container["logprobs"]) is str:
            kept.append((part, text))
    replace(kept)
    for index in touched:
        choice = body["choices"][index]
        if choice.get("logprobs") is not None:
            choice["logprobs"] = None


def blocked(body: dict[str, Any]) -> dict[str, Any]:
    """Return the answer that says the content was filtered.

    No string of the upstream's is taken over: any of them may be what was blocked.
    """
    created, usage = body.get("created"), body.get("usage")
    choices = body.get("choices")
    count = len(choices) if type(choices) is list else 1
    return {
        "id": "chatcmpl-blocked",
        "object": "chat.completion",
        "created": created if type(created) is int else 0,
        "model": "",
        "choices": [
            {
                "index": index,
                "message": {"role": "assistant", "content": "", "refusal": None},
                "logprobs": None,
                "finish_reason": "content_filter",
            }
            for index in range(max(1, min(count, 128)))
        ],
        "usage": {k: v for k, v in usage.items() if type(v) is int and is_plain(k)}
        if type(usage) is dict
        else None,
    }
