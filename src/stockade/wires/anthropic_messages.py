"""Anthropic messages, the request: who wrote which text, and what cannot be read.

Every string is looked at. The patterns here only raise trust: a string in a place nobody described is the
user's. Tool results and documents are untrusted whoever sends them. Thinking of earlier turns is inspected
and left as it is where nothing is found: its signature holds for these very words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from stockade.core.message import Origin
from stockade.wires import anthropic_answer, anthropic_shapes
from stockade.wires.anthropic_stream import MessagesStream
from stockade.wires.openai_chat import HINT, lowered, schema
from stockade.wires.part import Collector, Part, Uninspected, is_binary, replace
from stockade.wires.plain import PlainWire
from stockade.wires.pointer import escape, is_plain
from stockade.wires.wire import AnswerStream, LaneFactory, WireError

_ROLES = {"user": Origin.USER, "assistant": Origin.MODEL, "system": Origin.SYSTEM}
_BINARY = {"image": "image", "container_upload": "file"}
# Blocks that hold what others wrote, whatever the role of their message.
_DOCUMENTS = frozenset({"document", "search_result", "web_search_tool_result", "web_fetch_tool_result"})
_RESULTS = frozenset({"tool_result", "mcp_tool_result", "code_execution_tool_result"})
_TYPES = frozenset(
    "text thinking redacted_thinking tool_use server_tool_use mcp_tool_use ephemeral base64 url content "
    "auto any tool none enabled disabled adaptive custom".split()
)
_TYPES |= _DOCUMENTS | _RESULTS | frozenset(_BINARY)
# Where a block keeps words.
_WORDS = frozenset({"text", "thinking"})
# Ciphertext of the provider's own, opaque to everybody else.
_SEALED = frozenset({"signature", "data", "encrypted_content", "encrypted_index"})


class AnthropicMessages:
    """The wire of ``/v1/messages``; without state."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """The word for it in a configuration."""
        return "anthropic"

    @property
    def path(self) -> str:
        """The route it is served on."""
        return "/v1/messages"

    @property
    def upstream_path(self) -> str:
        """The path under an upstream's base URL, which has no version in it."""
        return "/v1/messages"

    def validate(self, body: dict[str, Any]) -> None:
        """Check the types that the rest relies on.

        Raises:
            InputError: with the pointer of the offending place.
        """
        anthropic_shapes.check_request(body)

    def messages(self, body: dict[str, Any]) -> list[Part]:
        """Return every text of a valid request with its author."""
        return _collect(body).parts

    def uninspected(self, body: dict[str, Any]) -> Sequence[Uninspected]:
        """Return the parts of a valid request that cannot be read as text."""
        return _collect(body).uninspected

    def replace(self, body: dict[str, Any], changes: Iterable[tuple[Part, str]]) -> None:
        """Put changed texts back, and take our own hints out."""
        replace(changes)
        _clean(body)

    def answer_texts(self, body: dict[str, Any]) -> list[Part]:
        """Return every text of an answer that is not streamed.

        Raises:
            InputError: it is no answer of this wire (code ``upstream_garbage``).
        """
        return anthropic_answer.texts(body)

    def replace_answer(self, body: dict[str, Any], changes: Iterable[tuple[Part, str]]) -> None:
        """Put changed texts back into an answer."""
        del body
        replace(changes)

    def blocked_answer(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return the answer that says the model refuses, without any of it."""
        return anthropic_answer.blocked(body)

    def error_body(self, error: WireError) -> dict[str, Any]:
        """Return *error* in Anthropic's shape."""
        return anthropic_shapes.error_body(error)

    def error_event(self, error: WireError) -> bytes:
        """Return *error* as the last frame of a stream."""
        return anthropic_shapes.error_event(error)

    def stream(self, lane: LaneFactory) -> AnswerStream:
        """Return the way of one streamed answer through *lane*'s lanes."""
        return MessagesStream(lane)


def count_tokens() -> PlainWire:
    """Return the wire of ``/v1/messages/count_tokens``: the same request, an answer that is a number."""
    path = "/v1/messages/count_tokens"
    return PlainWire(
        "anthropic",
        path,
        path,
        anthropic_shapes.check_request,
        _collect,
        anthropic_answer.count_texts,
        anthropic_answer.count_alone,
        clean=_clean,
        shape=anthropic_shapes.error_body,
        told=anthropic_shapes.error_event,
    )


def _collect(body: dict[str, Any]) -> Collector:
    found = Collector()
    for key, value in body.items():
        if not is_plain(key):
            found.key(body, key, f"/{escape(key)}#key", Origin.USER)
        if key == "messages":
            for index, message in enumerate(value):
                _message(found, message, f"/messages/{index}")
        elif key == "tools":
            for index, tool in enumerate(value or ()):
                schema(found, tool, f"/tools/{index}")
        elif key not in anthropic_shapes.NUMBERS:
            _setting(found, body, key)
    return found


def _setting(found: Collector, body: dict[str, Any], key: str) -> None:
    """Take a field beside messages and tools."""
    if key == "system":
        _content(found, body, key, "/system", Origin.SYSTEM)
    elif key == "model":
        found.text(body, key, "/model", Origin.USER)
    else:
        found.anything(body, key, f"/{escape(key)}", Origin.USER)


def _message(found: Collector, message: dict[str, Any], pointer: str) -> None:
    role = message["role"]
    origin = _ROLES.get(role, Origin.USER)
    if HINT in message:
        origin = lowered(origin, message[HINT], f"{pointer}/{HINT}")
    for key, value in message.items():
        if key == "content":
            _content(found, message, key, f"{pointer}/content", origin)
        elif (key != "role" or value not in _ROLES) and key != HINT:
            _unknown(found, message, key, pointer, origin)


def _content(found: Collector, container: dict[str, Any], key: str, pointer: str, origin: Origin) -> None:
    """Take a string, or a list of blocks."""
    value = container[key]
    if type(value) is str:
        if value:
            found.text(container, key, pointer, origin)
    elif type(value) is list and all(type(block) is dict for block in value):
        for index, block in enumerate(value):
            _block(found, block, f"{pointer}/{index}", origin)
    elif value is not None:
        found.anything(container, key, pointer, origin)


def _block(found: Collector, block: dict[str, Any], pointer: str, origin: Origin) -> None:
    kind = block.get("type")
    if HINT in block:
        origin = lowered(origin, block[HINT], f"{pointer}/{HINT}")
    origin = _author(kind, origin)
    if kind in _BINARY:
        found.uninspected.append(Uninspected(pointer, _BINARY[kind]))
    sealed = _SEALED if kind in anthropic_answer.INTACT else frozenset()
    for key, value in block.items():
        if key == HINT or (key == "type" and value in _TYPES):
            continue
        if type(value) is str and (key in _WORDS or key in sealed):
            # Not `anything`: long base64 is read here, too, since nobody else could.
            if value:
                found.text(block, key, f"{pointer}/{key}", origin)
        else:
            _member(found, block, key, pointer, origin)


def _member(found: Collector, block: dict[str, Any], key: str, pointer: str, origin: Origin) -> None:
    """Take a field of a block that is no text of its own."""
    value = block[key]
    if key == "content":
        _content(found, block, key, f"{pointer}/content", origin)
    elif key == "source" and type(value) is dict:
        _source(found, value, f"{pointer}/source", block.get("type"), origin)
    else:
        _unknown(found, block, key, pointer, origin)


def _author(kind: Any, origin: Origin) -> Origin:
    if kind in _RESULTS:
        return Origin.TOOL
    return Origin.DOCUMENT if kind in _DOCUMENTS else origin


def _source(found: Collector, source: dict[str, Any], pointer: str, kind: Any, origin: Origin) -> None:
    """Take where a document or an image comes from; text sources are read, all others are not text."""
    readable = source.get("type") in {"text", "content"}
    if not readable and kind not in _BINARY:
        found.uninspected.append(Uninspected(pointer, "file"))
    for key, value in source.items():
        where = f"{pointer}/{escape(key)}"
        if key == "type" and value in _TYPES | {"text", "file"}:
            continue
        if readable and key in {"data", "content"}:
            _content(found, source, key, where, origin)
        elif key != "data" or type(value) is not str or not is_binary(value):
            _unknown(found, source, key, pointer, origin)


def _unknown(found: Collector, container: dict[str, Any], key: str, pointer: str, origin: Origin) -> None:
    """Take a field nobody described: the user's, unless its block is trusted even less."""
    origin = Origin.USER if origin is Origin.SYSTEM else origin
    where = f"{pointer}/{escape(key)}"
    if not is_plain(key):
        found.key(container, key, f"{where}#key", origin)
    found.anything(container, key, where, origin)


def _clean(body: dict[str, Any]) -> None:
    """Take our own hints out of a request."""
    _drop_hints(body.get("system"))
    for message in body["messages"]:
        message.pop(HINT, None)
        _drop_hints(message.get("content"))


def _drop_hints(content: Any) -> None:
    if type(content) is list:
        for block in content:
            if type(block) is dict:
                block.pop(HINT, None)
                _drop_hints(block.get("content"))
