"""OpenAI embeddings and moderations: requests that are a list of texts, answers that are numbers.

Token numbers in place of texts hide what they say; they are reported as what cannot be read.
"""

from __future__ import annotations

from typing import Any

from stockade.core.message import Origin
from stockade.wires.openai_chat_answer import garbage
from stockade.wires.openai_shapes import invalid, wrong_type
from stockade.wires.part import Collector, Part, Uninspected, is_blob
from stockade.wires.plain import PlainWire
from stockade.wires.pointer import escape, is_plain

_INPUTS_MAX = 4096
# What stands under these names in an answer is measured, not written: vectors, scores, counts.
_MEASURED = frozenset({"embedding", "usage"})
_CONSTANTS = frozenset({"list", "embedding"})


def check(body: dict[str, Any]) -> None:
    """Check the types that the rest relies on.

    Raises:
        InputError: with the pointer of the offending place.
    """
    if type(body.get("model", "")) is not str:
        raise wrong_type("/model", (str,))
    if not body.get("input"):
        raise invalid("input is missing or empty", "/input")
    value = body["input"]
    if type(value) not in {str, list}:
        raise wrong_type("/input", (str, list))
    if len(value) > _INPUTS_MAX and type(value) is list:
        raise invalid(f"input holds more than {_INPUTS_MAX} items", "/input")


def check_embeddings(body: dict[str, Any]) -> None:
    """Check a request for embeddings, which has to name its model.

    Raises:
        InputError: with the pointer of the offending place.
    """
    check(body)
    if not body.get("model"):
        raise invalid("model is missing or empty", "/model")


def collect(body: dict[str, Any]) -> Collector:
    """Gather the texts of a request."""
    found = Collector()
    for key, value in body.items():
        if not is_plain(key):
            found.key(body, key, f"/{escape(key)}#key", Origin.USER)
        if key == "input":
            _inputs(found, body, value)
        else:
            found.anything(body, key, f"/{escape(key)}", Origin.USER)
    return found


def _inputs(found: Collector, body: dict[str, Any], value: Any) -> None:
    if type(value) is str:
        _text(found, body, "input", "/input")
        return
    for index, item in enumerate(value):
        where = f"/input/{index}"
        if type(item) is str:
            _text(found, value, index, where)
        elif type(item) is dict:
            _part(found, item, where)
        else:
            # A number, or a list of them: tokens.
            found.uninspected.append(Uninspected(where, "tokens"))
            return


def _text(found: Collector, container: Any, key: str | int, pointer: str) -> None:
    if is_blob(container[key]):
        found.uninspected.append(Uninspected(pointer, "data"))
    elif container[key]:
        found.text(container, key, pointer, Origin.USER)


def _part(found: Collector, part: dict[str, Any], pointer: str) -> None:
    """Take one part of a multi-modal input."""
    kind = part.get("type")
    if kind not in {"text", "input_text"}:
        found.uninspected.append(Uninspected(pointer, "image" if "image" in str(kind) else "data"))
    for key in part:
        if key != "type" or kind not in {"text", "image_url"}:
            found.anything(part, key, f"{pointer}/{escape(key)}", Origin.USER)


def texts(body: dict[str, Any]) -> list[Part]:
    """Return every text of an answer; vectors and scores are none.

    Raises:
        InputError: it is no answer of this wire (code ``upstream_garbage``).
    """
    items = body.get("data", body.get("results"))
    if type(items) is not list or any(type(item) is not dict for item in items):
        raise garbage("/data")
    found = Collector(read_all=True)
    for key in body:
        if key not in {"data", "results"}:
            _answered(found, body, key, "")
    for index, item in enumerate(items):
        for key in item:
            _answered(found, item, key, f"/data/{index}")
    return found.parts


def _answered(found: Collector, container: dict[str, Any], key: str, pointer: str) -> None:
    value = container[key]
    where = f"{pointer}/{escape(key)}"
    if not is_plain(key):
        found.key(container, key, f"{where}#key", Origin.MODEL)
    if key not in _MEASURED and not (type(value) is str and value in _CONSTANTS):
        found.anything(container, key, where, Origin.MODEL)


def blocked(body: dict[str, Any]) -> dict[str, Any]:
    """Return an answer without anything of the upstream's."""
    del body
    return {"object": "list", "data": [], "model": "", "usage": {"prompt_tokens": 0, "total_tokens": 0}}


def embeddings() -> PlainWire:
    """Return the wire of ``/v1/embeddings``."""
    return PlainWire("openai", "/v1/embeddings", "/embeddings", check_embeddings, collect, texts, blocked)


def moderations() -> PlainWire:
    """Return the wire of ``/v1/moderations``."""
    return PlainWire("openai", "/v1/moderations", "/moderations", check, collect, texts, blocked)
