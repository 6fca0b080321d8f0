"""Anthropic messages, the answer that is not streamed: its texts, all of them the model's.

Thinking is inspected and otherwise left as it came: surrogates in it are not turned back, because the
provider signed these very words and wants them back unchanged in the next turn.
"""

from __future__ import annotations

from typing import Any

from stockade.core.message import Origin
from stockade.wires.openai_chat_answer import garbage
from stockade.wires.part import Collector, Part
from stockade.wires.pointer import escape, is_plain

CONSTANTS = frozenset(
    "message message_start message_delta message_stop content_block_start content_block_delta "
    "content_block_stop ping text thinking redacted_thinking tool_use server_tool_use mcp_tool_use "
    "text_delta input_json_delta thinking_delta signature_delta citations_delta assistant end_turn "
    "max_tokens stop_sequence pause_turn refusal compaction standard priority batch".split()
)
_CONSTANT_KEYS = frozenset({"type", "role", "stop_reason", "service_tier"})
# The provider's ciphertext: nobody else can read it, nobody may change it.
SEALED = frozenset({"signature", "encrypted_content", "encrypted_index"})
INTACT = frozenset({"thinking", "redacted_thinking"})


def texts(body: dict[str, Any]) -> list[Part]:
    """Return every text of the answer.

    Raises:
        InputError: it is no message (code ``upstream_garbage``).
    """
    blocks = body.get("content")
    if type(blocks) is not list:
        raise garbage("/content")
    found = Collector(read_all=True)
    for key in body:
        if key != "content":
            _field(found, body, key, "")
    for index, block in enumerate(blocks):
        if type(block) is not dict:
            raise garbage(f"/content/{index}")
        _block(found, block, f"/content/{index}")
    return found.parts


def _block(found: Collector, block: dict[str, Any], pointer: str) -> None:
    before = len(found.parts)
    for key, value in block.items():
        if key not in SEALED or type(value) is not str:
            _field(found, block, key, pointer)
    if block.get("type") in INTACT:
        for part in found.parts[before:]:
            part.intact = True


def count_texts(body: dict[str, Any]) -> list[Part]:
    """Return every text beside a count of tokens.

    Raises:
        InputError: there is no count (code ``upstream_garbage``).
    """
    if type(body.get("input_tokens")) is not int:
        raise garbage("/input_tokens")
    found = Collector(read_all=True)
    for key in body:
        if key != "input_tokens":
            _field(found, body, key, "")
    return found.parts


def count_alone(body: dict[str, Any]) -> dict[str, Any]:
    """Return a count of tokens without anything beside it."""
    return {"input_tokens": body["input_tokens"]}


def blocked(body: dict[str, Any]) -> dict[str, Any]:
    """Return the answer that says the model refuses; no string of the upstream's is taken over."""
    usage = body.get("usage")
    counts = usage if type(usage) is dict else {}
    return {
        "id": "msg_blocked",
        "type": "message",
        "role": "assistant",
        "model": "",
        "content": [],
        "stop_reason": "refusal",
        "stop_sequence": None,
        "usage": {k: v for k, v in counts.items() if type(v) is int and is_plain(k)},
    }


def _field(found: Collector, container: dict[str, Any], key: str, pointer: str) -> None:
    value = container[key]
    where = f"{pointer}/{escape(key)}"
    if not is_plain(key):
        found.key(container, key, f"{where}#key", Origin.MODEL)
    if value is None or (key in _CONSTANT_KEYS and type(value) is str and value in CONSTANTS):
        return
    if type(value) is not str:
        found.anything(container, key, where, Origin.MODEL)
    elif value:
        found.text(container, key, where, Origin.MODEL)
