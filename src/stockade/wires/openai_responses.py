"""OpenAI responses, the request and the answer that is not streamed: who wrote which text.

Every string is looked at. The patterns here only raise trust: a string in a place nobody described is the
user's. Outputs of tools and results of searches are untrusted whoever sends them. The streamed answer:
``openai_responses_stream``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from stockade.core.message import Origin
from stockade.wires import openai_shapes
from stockade.wires.openai_chat import HINT, lowered, schema
from stockade.wires.openai_chat_answer import garbage
from stockade.wires.openai_responses_stream import CONSTANTS, ResponseStream
from stockade.wires.openai_shapes import invalid, wrong_type
from stockade.wires.part import Collector, Part, Uninspected, is_binary, replace
from stockade.wires.pointer import escape, is_plain
from stockade.wires.wire import AnswerStream, LaneFactory, WireError

_ROLES = {
    "system": Origin.SYSTEM,
    "developer": Origin.SYSTEM,
    "user": Origin.USER,
    "assistant": Origin.MODEL,
}
_BINARY = {
    "input_image": "image",
    "input_file": "file",
    "input_audio": "audio",
    "computer_screenshot": "image",
}
_BINARY_KEYS = frozenset({"image_url", "file_data", "file_url", "data"})
# What a call of the model's looks like, and what came of one.
_CALLS = frozenset(
    "function_call custom_tool_call mcp_call computer_call local_shell_call shell_call apply_patch_call "
    "web_search_call file_search_call code_interpreter_call image_generation_call reasoning".split()
)
_TYPES = _CALLS | frozenset(
    "message input_text output_text refusal summary_text reasoning_text function_call_output "
    "custom_tool_call_output computer_call_output local_shell_call_output shell_call_output mcp_list_tools "
    "mcp_approval_request mcp_approval_response item_reference function".split()
)
# The provider's ciphertext: nobody else can read it, nobody may change it.
_SEALED = "encrypted_content"
_FLAGS = frozenset({"stream", "store", "background", "parallel_tool_calls"})
_NUMBERS = frozenset({"temperature", "top_p", "max_output_tokens", "max_tool_calls", "top_logprobs"})
_ANSWER_NUMBERS = frozenset({"created_at", "completed_at"})


class OpenAIResponses:
    """The wire of ``/v1/responses``; without state."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """The word for it in a configuration."""
        return "openai"

    @property
    def path(self) -> str:
        """The route it is served on."""
        return "/v1/responses"

    @property
    def upstream_path(self) -> str:
        """The path under an upstream's base URL."""
        return "/responses"

    def validate(self, body: dict[str, Any]) -> None:
        """Check the types that the rest relies on.

        Raises:
            InputError: with the pointer of the offending place.
        """
        if type(body.get("model")) is not str or not body["model"]:
            raise invalid("model is missing or empty", "/model")
        for key in _FLAGS & body.keys():
            if type(body[key]) not in {bool, type(None)}:
                raise wrong_type(f"/{key}", (bool, type(None)))
        if type(body.get("input", "")) not in {str, list}:
            raise wrong_type("/input", (str, list))
        if type(body.get("tools", [])) not in {list, type(None)}:
            raise wrong_type("/tools", (list, type(None)))
        if body.get("background"):
            # Its answer would be fetched on another path, and nobody would look at it.
            raise invalid("an answer in the background cannot be inspected", "/background")

    def messages(self, body: dict[str, Any]) -> list[Part]:
        """Return every text of a valid request with its author."""
        return _collect(body).parts

    def uninspected(self, body: dict[str, Any]) -> Sequence[Uninspected]:
        """Return the parts of a valid request that cannot be read as text."""
        return _collect(body).uninspected

    def replace(self, body: dict[str, Any], changes: Iterable[tuple[Part, str]]) -> None:
        """Put changed texts back, and take our own hints out."""
        replace(changes)
        _drop_hints(body.get("input"))

    def answer_texts(self, body: dict[str, Any]) -> list[Part]:
        """Return every text of an answer that is not streamed.

        Raises:
            InputError: it is no answer of this wire (code ``upstream_garbage``).
        """
        if type(body.get("output")) is not list:
            raise garbage("/output")
        return answer(body).parts

    def replace_answer(self, body: dict[str, Any], changes: Iterable[tuple[Part, str]]) -> None:
        """Put changed texts back into an answer."""
        del body
        replace(changes)

    def blocked_answer(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return the answer that says the content was filtered, without any of it."""
        created = body.get("created_at")
        return {
            "id": "resp_blocked",
            "object": "response",
            "created_at": created if type(created) is int else 0,
            "status": "incomplete",
            "incomplete_details": {"reason": "content_filter"},
            "error": None,
            "model": "",
            "output": [],
            "parallel_tool_calls": False,
            "tool_choice": "auto",
            "tools": [],
        }

    def error_body(self, error: WireError) -> dict[str, Any]:
        """Return *error* in OpenAI's shape."""
        return openai_shapes.error_body(error)

    def error_event(self, error: WireError) -> bytes:
        """Return *error* as the last frame of a stream."""
        return openai_shapes.named_error_event(error)

    def stream(self, lane: LaneFactory) -> AnswerStream:
        """Return the way of one streamed answer through *lane*'s lanes."""
        return ResponseStream(lane)


def answer(body: dict[str, Any]) -> Collector:
    """Gather the texts of an answer, or of the part of one."""
    found = Collector(read_all=True)
    _answered(found, body, "")
    return found


def _answered(found: Collector, value: dict[str, Any], pointer: str) -> None:
    for key, item in value.items():
        where = f"{pointer}/{escape(key)}"
        if not is_plain(key):
            found.key(value, key, f"{where}#key", Origin.MODEL)
        if type(item) is dict:
            _answered(found, item, where)
        elif type(item) is list and all(type(one) is dict for one in item):
            for index, one in enumerate(item):
                _answered(found, one, f"{where}/{index}")
        elif key == "arguments" and type(item) is str:
            found.json(value, key, where, Origin.MODEL)
        elif key not in _ANSWER_NUMBERS and key != _SEALED and not (type(item) is str and item in CONSTANTS):
            found.anything(value, key, where, Origin.MODEL)


def _collect(body: dict[str, Any]) -> Collector:
    found = Collector()
    for key, value in body.items():
        if not is_plain(key):
            found.key(body, key, f"/{escape(key)}#key", Origin.USER)
        if key == "input" and type(value) is list:
            for index, item in enumerate(value):
                _item(found, item, f"/input/{index}")
        elif key == "tools":
            for index, tool in enumerate(value or ()):
                schema(found, tool, f"/tools/{index}")
        elif key not in _FLAGS | _NUMBERS:
            origin = Origin.SYSTEM if key == "instructions" else Origin.USER
            found.anything(body, key, f"/{escape(key)}", origin)
    return found


def _item(found: Collector, item: Any, pointer: str) -> None:
    """Take one item of the input: a message, a call of the model's, what came of a call."""
    if type(item) is not dict:
        raise wrong_type(pointer, (dict,))
    origin = _author(item.get("type", "message"), item.get("role"))
    if HINT in item:
        origin = lowered(origin, item[HINT], f"{pointer}/{HINT}")
    for key, value in item.items():
        constant = (key == "type" and value in _TYPES) or (key == "role" and value in _ROLES)
        if not constant and key != HINT:
            _member(found, item, key, pointer, origin)


def _member(found: Collector, item: dict[str, Any], key: str, pointer: str, origin: Origin) -> None:
    value = item[key]
    where = f"{pointer}/{escape(key)}"
    if key in {"content", "output", "summary"} and type(value) is list:
        for index in range(len(value)):
            _part(found, value, index, f"{where}/{index}", origin)
    elif key == "output" and type(value) is dict:
        _part(found, item, key, where, origin)
    elif key in {"arguments", "input"} and type(value) is str:
        found.json(item, key, where, origin)
    else:
        _field(found, item, key, pointer, origin)


def _author(kind: Any, role: Any) -> Origin:
    if kind in _CALLS:
        return Origin.MODEL
    if type(kind) is str and kind.endswith("_output"):
        return Origin.TOOL
    if kind == "mcp_list_tools":
        return Origin.TOOL
    return _ROLES.get(role, Origin.USER) if type(role) is str else Origin.USER


def _part(found: Collector, container: Any, key: str | int, pointer: str, origin: Origin) -> None:
    part = container[key]
    if type(part) is not dict:
        found.anything(container, key, pointer, origin)
        return
    kind = part.get("type")
    if HINT in part:
        origin = lowered(origin, part[HINT], f"{pointer}/{HINT}")
    if kind in _BINARY:
        found.uninspected.append(Uninspected(pointer, _BINARY[kind]))
        origin = Origin.DOCUMENT
    for name, value in part.items():
        if name == HINT or (name == "type" and (value in _TYPES or value in _BINARY)):
            continue
        if kind in _BINARY and name in _BINARY_KEYS and type(value) is str and is_binary(value):
            continue  # reported above, as what it is
        _field(found, part, name, pointer, origin)


def _field(found: Collector, container: dict[str, Any], key: str, pointer: str, origin: Origin) -> None:
    value = container[key]
    where = f"{pointer}/{escape(key)}"
    if not is_plain(key):
        found.key(container, key, f"{where}#key", origin)
    if key in {"text", "content", "output", "refusal", _SEALED} and type(value) is str:
        # Not `anything`: long base64 is read here, too, since nobody else could.
        if value:
            found.text(container, key, where, origin)
    else:
        plain = Origin.USER if origin is Origin.SYSTEM else origin
        found.anything(container, key, where, plain)


def _drop_hints(items: Any) -> None:
    for item in items if type(items) is list else ():
        if type(item) is dict:
            item.pop(HINT, None)
            _drop_hints(item.get("content"))
            _drop_hints(item.get("output"))
