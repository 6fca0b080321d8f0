"""OpenAI chat completions, the request: who wrote which text, and what cannot be read.

Every string is looked at. The patterns here only raise trust: a string in a place nobody described is the
user's, or the message's author's where that one is trusted less. Answers: ``openai_chat_answer``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from stockade.core.message import Origin, Trust
from stockade.wires import openai_chat_answer, openai_shapes
from stockade.wires.openai_chat_stream import ChatStream
from stockade.wires.openai_shapes import invalid
from stockade.wires.part import Collector, Part, Uninspected, is_binary, is_blob, replace
from stockade.wires.pointer import escape, is_plain
from stockade.wires.wire import LaneFactory, WireError

# Our own field in a message or a content part: {"stockade": {"origin": "document"}}. Never sent on.
HINT = "stockade"

_ROLES = {
    "system": Origin.SYSTEM,
    "developer": Origin.SYSTEM,
    "user": Origin.USER,
    "assistant": Origin.MODEL,
    "tool": Origin.TOOL,
    "function": Origin.TOOL,
}
_TRUST = {Trust.TRUSTED: 2, Trust.CALLER: 1, Trust.UNTRUSTED: 0}
_TEXT_TYPES = {"text": "text", "input_text": "text", "output_text": "text", "refusal": "refusal"}
_BINARY_TYPES = {
    "image_url": "image",
    "input_image": "image",
    "image": "image",
    "input_audio": "audio",
    "audio": "audio",
    "video_url": "video",
    "file": "file",
    "input_file": "file",
}
# The names under which those types keep what is no text.
_BINARY_KEYS = frozenset({"data", "file_data", "url", "image_url", "file_url", "b64_json"})
_CALL_TYPES = frozenset({"function", "custom"})
_SCHEMA_TYPES = frozenset("object string number integer boolean array null function".split())
# Read as text whatever they hold: no blob stands there.
_NAMES = ("model", "user")
_TOOLS = ("tools", "functions")
_CALLED = ("function", "custom")


class OpenAIChat:
    """The wire of ``/v1/chat/completions``; without state."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """The word for it in a configuration."""
        return "openai"

    @property
    def path(self) -> str:
        """The route it is served on."""
        return "/v1/chat/completions"

    @property
    def upstream_path(self) -> str:
        """The path under an upstream's base URL, which ends in ``/v1``."""
        return "/chat/completions"

    def validate(self, body: dict[str, Any]) -> None:
        """Check the types that the rest relies on.

        Raises:
            InputError: with the pointer of the offending place.
        """
        openai_shapes.check_request(body)

    def messages(self, body: dict[str, Any]) -> list[Part]:
        """Return every text of a valid request with its author.

        Raises:
                InputError: a hint that names no origin, or one that would raise trust.
        """
        return _collect(body).parts

    def uninspected(self, body: dict[str, Any]) -> Sequence[Uninspected]:
        """Return the parts of a valid request that cannot be read as text."""
        if _is_plain_talk(body):
            return ()
        return _collect(body).uninspected

    def replace(self, body: dict[str, Any], changes: Iterable[tuple[Part, str]]) -> None:
        """Put changed texts back, and take our own hints out."""
        replace(changes)
        for message in body["messages"]:
            message.pop(HINT, None)
            content = message.get("content")
            if type(content) is list:
                for part in content:
                    part.pop(HINT, None)

    def answer_texts(self, body: dict[str, Any]) -> list[Part]:
        """Return every text of an answer that is not streamed.

        Raises:
            InputError: it is no answer of this wire (code ``upstream_garbage``).
        """
        return openai_chat_answer.texts(body)

    def replace_answer(self, body: dict[str, Any], changes: Iterable[tuple[Part, str]]) -> None:
        """Put changed texts back into an answer; drop the tokens that would repeat the unchanged ones."""
        openai_chat_answer.put_back(body, changes)

    def blocked_answer(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return the answer that says the content was filtered, without any of it."""
        return openai_chat_answer.blocked(body)

    def error_body(self, error: WireError) -> dict[str, Any]:
        """Return *error* in OpenAI's shape."""
        return openai_shapes.error_body(error)

    def error_event(self, error: WireError) -> bytes:
        """Return *error* as the last frame of a stream."""
        return openai_shapes.error_event(error)

    def stream(self, lane: LaneFactory) -> ChatStream:
        """Return the way of one streamed answer through *lane*'s lanes."""
        return ChatStream(lane)


def _is_plain_talk(body: dict[str, Any]) -> bool:
    """Say whether there is nothing but strings in messages, and scalars around them."""
    for key, value in body.items():
        kind = type(value)
        if kind is dict or (kind is list and key != "messages") or (kind is str and is_blob(value)):
            return False
    return all(len(message) == 2 and type(message.get("content")) is str for message in body["messages"])


def _collect(body: dict[str, Any]) -> Collector:
    found = Collector()
    for key, value in body.items():
        if key not in openai_shapes.FIELDS and not is_plain(key):
            found.key(body, key, f"/{escape(key)}#key", Origin.USER)
        if key == "messages":
            for index, message in enumerate(value):
                _message(found, message, f"/messages/{index}")
        elif key not in openai_shapes.NUMBERS:
            _setting(found, body, key)
    if "audio" in (body.get("modalities") or ()):
        # The answer would be sound, and nobody here listens.
        found.uninspected.append(Uninspected("/modalities", "audio"))
    return found


def _setting(found: Collector, body: dict[str, Any], key: str) -> None:
    """Take a field beside the messages."""
    value = body[key]
    if key in _TOOLS:
        for index, tool in enumerate(value or ()):
            schema(found, tool, f"/{key}/{index}")
    elif type(value) is str and key in _NAMES:
        found.text(body, key, f"/{key}", Origin.USER)
    else:
        found.anything(body, key, f"/{escape(key)}", Origin.USER)


def _message(found: Collector, message: dict[str, Any], pointer: str) -> None:
    role = message["role"]
    origin = _ROLES.get(role, Origin.USER)
    if HINT in message:
        origin = lowered(origin, message[HINT], f"{pointer}/{HINT}")
    for key, value in message.items():
        if key == "content":
            if type(value) is str and value:
                found.text(message, key, f"{pointer}/content", origin)
            elif type(value) is list:
                for index, part in enumerate(value):
                    _content_part(found, part, f"{pointer}/content/{index}", origin)
        elif (key != "role" or value not in _ROLES) and value is not None and key != HINT:
            _extra(found, message, key, pointer, origin)


def _extra(found: Collector, message: dict[str, Any], key: str, pointer: str, origin: Origin) -> None:
    """Take a field of a message beside its role and content."""
    value = message[key]
    if key == "tool_calls":
        for index, call in enumerate(value):
            _call(found, call, f"{pointer}/tool_calls/{index}", origin)
    elif key == "function_call" and type(value) is dict:
        _function(found, value, f"{pointer}/function_call", origin)
    else:
        _unknown(found, message, key, pointer, origin)


def _unknown(found: Collector, container: dict[str, Any], key: str, pointer: str, origin: Origin) -> None:
    """Take a field nobody described: the user's, unless its message is trusted even less."""
    origin = Origin.USER if origin is Origin.SYSTEM else origin
    pointer = f"{pointer}/{escape(key)}"
    if not is_plain(key):
        found.key(container, key, f"{pointer}#key", origin)
    found.anything(container, key, pointer, origin)


def _content_part(found: Collector, part: dict[str, Any], pointer: str, origin: Origin) -> None:
    if HINT in part:
        origin = lowered(origin, part[HINT], f"{pointer}/{HINT}")
    kind = part["type"]
    text_key = _TEXT_TYPES.get(kind)
    binary = _BINARY_TYPES.get(kind)
    if binary is not None:
        found.uninspected.append(Uninspected(pointer, binary))
        origin = Origin.DOCUMENT
    for key, value in part.items():
        if key == text_key and type(value) is str:
            if value:
                found.text(part, key, f"{pointer}/{key}", origin)
        elif key == HINT or (key == "type" and (text_key is not None or binary is not None)):
            continue
        elif binary is not None:
            _binary(found, part, key, f"{pointer}/{escape(key)}", origin)
        else:
            _unknown(found, part, key, pointer, origin)


def _binary(found: Collector, container: dict[str, Any], key: str, pointer: str, origin: Origin) -> None:
    """Take what is text in a part that is not: names, addresses; the part itself is reported already."""
    value = container[key]
    if type(value) is dict:
        for inner in value:
            _binary(found, value, inner, f"{pointer}/{escape(inner)}", origin)
        return
    if not is_plain(key):
        found.key(container, key, f"{pointer}#key", origin)
    if key not in _BINARY_KEYS or type(value) is not str or not is_binary(value):
        found.anything(container, key, pointer, origin)


def _call(found: Collector, call: dict[str, Any], pointer: str, origin: Origin) -> None:
    for key, value in call.items():
        if key in _CALLED and type(value) is dict:
            _function(found, value, f"{pointer}/{key}", origin)
        elif key != "type" or value not in _CALL_TYPES:
            _unknown(found, call, key, pointer, origin)


def _function(found: Collector, function: dict[str, Any], pointer: str, origin: Origin) -> None:
    for key, value in function.items():
        if key == "arguments" and type(value) is str:
            found.json(function, key, f"{pointer}/arguments", origin)
        else:
            _unknown(found, function, key, pointer, origin)


def schema(found: Collector, value: dict[str, Any], pointer: str) -> None:
    """Take the texts of a tool's description and its JSON schema, but for the schema language's own words."""
    for key, item in value.items():
        where = f"{pointer}/{escape(key)}"
        if not is_plain(key):
            found.key(value, key, f"{where}#key", Origin.TOOL)
        if type(item) is dict:
            schema(found, item, where)
        elif not _is_schema_word(key, item):
            found.anything(value, key, where, Origin.TOOL)


def _is_schema_word(key: str, item: Any) -> bool:
    if key == "type":
        return type(item) is str and item in _SCHEMA_TYPES
    return key == "required" and type(item) is list and all(type(n) is str and is_plain(n) for n in item)


def lowered(origin: Origin, hint: object, pointer: str) -> Origin:
    """Return the origin that *hint* asks for, if it is trusted no more than *origin*.

    Raises:
        InputError: the hint names no origin, or one that is trusted more.
    """
    asked = hint.get("origin") if type(hint) is dict else None
    if type(asked) is not str or asked not in set(Origin):
        raise invalid("the hint names no origin", pointer)
    wanted = Origin(asked)
    if _TRUST[wanted.trust] > _TRUST[origin.trust]:
        raise invalid("a hint may lower the trust in a text, not raise it", f"{pointer}/origin")
    return wanted
