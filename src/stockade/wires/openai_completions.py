"""OpenAI completions, the legacy endpoint: a prompt in, a text out, plain and streamed.

The prompt is the user's; token numbers in place of it hide what they say and are reported as unreadable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from stockade.core.message import Origin
from stockade.wires import openai_shapes
from stockade.wires.lanes import Lanes
from stockade.wires.openai_chat_answer import garbage
from stockade.wires.openai_shapes import invalid, wrong_type
from stockade.wires.part import Collector, Part, Uninspected, replace
from stockade.wires.pointer import escape, is_plain
from stockade.wires.sse import render
from stockade.wires.wire import AnswerStream, Lane, LaneFactory, WireError

_CONSTANTS = frozenset({"text_completion", "stop", "length", "content_filter"})
_CONSTANT_KEYS = frozenset({"object", "finish_reason"})
_CHOICES_MAX = 128
_DONE = b"[DONE]"


class OpenAICompletions:
    """The wire of ``/v1/completions``; without state."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """The word for it in a configuration."""
        return "openai"

    @property
    def path(self) -> str:
        """The route it is served on."""
        return "/v1/completions"

    @property
    def upstream_path(self) -> str:
        """The path under an upstream's base URL."""
        return "/completions"

    def validate(self, body: dict[str, Any]) -> None:
        """Check the types that the rest relies on.

        Raises:
            InputError: with the pointer of the offending place.
        """
        if type(body.get("model")) is not str or not body["model"]:
            raise invalid("model is missing or empty", "/model")
        if type(body.get("prompt", "")) not in {str, list}:
            raise wrong_type("/prompt", (str, list))
        if type(body.get("stream")) not in {bool, type(None)}:
            raise wrong_type("/stream", (bool, type(None)))

    def messages(self, body: dict[str, Any]) -> list[Part]:
        """Return every text of a valid request with its author."""
        return _collect(body).parts

    def uninspected(self, body: dict[str, Any]) -> Sequence[Uninspected]:
        """Return the parts of a valid request that cannot be read as text."""
        return _collect(body).uninspected

    def replace(self, body: dict[str, Any], changes: Iterable[tuple[Part, str]]) -> None:
        """Put changed texts back."""
        del body
        replace(changes)

    def answer_texts(self, body: dict[str, Any]) -> list[Part]:
        """Return every text of an answer that is not streamed; token lists count as texts.

        Raises:
            InputError: it is no answer of this wire (code ``upstream_garbage``).
        """
        choices = body.get("choices")
        if type(choices) is not list or any(type(choice) is not dict for choice in choices):
            raise garbage("/choices")
        found = Collector(read_all=True)
        for key in body:
            if key not in {"choices", "created"}:
                _field(found, body, key, "")
        for index, choice in enumerate(choices):
            # It spells the text a second time, token by token, where a value would be cut in pieces.
            choice["logprobs"] = None
            for key in choice:
                _field(found, choice, key, f"/choices/{index}")
        return found.parts

    def replace_answer(self, body: dict[str, Any], changes: Iterable[tuple[Part, str]]) -> None:
        """Put changed texts back into an answer."""
        del body
        replace(changes)

    def blocked_answer(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return the answer that says the content was filtered, without any of it."""
        del body
        choice = {"index": 0, "text": "", "logprobs": None, "finish_reason": "content_filter"}
        fields = {"id": "cmpl-blocked", "object": "text_completion", "created": 0, "model": ""}
        return {**fields, "choices": [choice]}

    def error_body(self, error: WireError) -> dict[str, Any]:
        """Return *error* in OpenAI's shape."""
        return openai_shapes.error_body(error)

    def error_event(self, error: WireError) -> bytes:
        """Return *error* as the last frame of a stream."""
        return openai_shapes.error_event(error)

    def stream(self, lane: LaneFactory) -> AnswerStream:
        """Return the way of one streamed answer through *lane*'s lanes."""
        return CompletionStream(lane)


class CompletionStream:
    """One streamed answer on its way through.

    Args:
        lane: makes the lane for a text channel.
    """

    __slots__ = ("_choices", "_done", "_ended", "_failed", "_finished", "_lanes")

    def __init__(self, lane: LaneFactory) -> None:
        self._lanes = Lanes(lane, _CONSTANTS)
        self._choices: dict[int, Lane] = {}
        self._finished: set[int] = set()
        self._done = False
        self._failed = False
        self._ended = False

    @property
    def blocked(self) -> bool:
        """Whether a lane was blocked; nothing more will come out."""
        return self._lanes.blocked

    @property
    def failed(self) -> bool:
        """Whether the upstream reported an error inside the stream (it was passed on as an error)."""
        return self._failed

    @property
    def complete(self) -> bool:
        """Whether every choice was finished, the terminator came, and everything passed."""
        if not self._done or self._failed or self._lanes.blocked:
            return False
        return bool(self._choices) and set(self._choices) == self._finished

    def event(self, data: bytes) -> list[bytes]:
        """Take the data of one event and return the frames to send now.

        Raises:
            InputError: the data is not an event of this wire (code ``upstream_garbage``).
        """
        if self._done or self._failed or self._lanes.blocked:
            return []
        if data == _DONE:
            self._done = True
            return []
        try:
            chunk = orjson.loads(data)
        except orjson.JSONDecodeError:
            raise garbage() from None
        if type(chunk) is not dict:
            raise garbage()
        if chunk.get("error") is not None:
            return self._error(chunk["error"])
        return self._chunk(chunk)

    def finish(self) -> list[bytes]:
        """Return the success terminator if the answer is complete; nothing otherwise, nor a second time."""
        if self._ended or not self.complete:
            return []
        self._ended = True
        return [render(_DONE)]

    def _chunk(self, chunk: dict[str, Any]) -> list[bytes]:
        choices = chunk.pop("choices", None) or []
        if type(choices) is not list:
            raise garbage("/choices")
        created = chunk.pop("created", 0)
        self._lanes.once_below(chunk, "")
        for position, choice in enumerate(choices):
            self._choice(choice, position)
        if self._lanes.blocked:
            return []
        # A second count: ten digits that are nobody's.
        chunk["created"] = created if type(created) is int else 0
        chunk["choices"] = choices
        return [render(orjson.dumps(chunk))]

    def _choice(self, choice: Any, position: int) -> None:
        if type(choice) is not dict:
            raise garbage(f"/choices/{position}")
        index, text = choice.get("index", position), choice.get("text", "")
        known = type(index) is int and 0 <= index < _CHOICES_MAX and index not in self._finished
        if not known or type(text) is not str:
            raise garbage(f"/choices/{position}")
        lane = self._choices.get(index)
        if lane is None:
            lane = self._choices[index] = self._lanes.open(f"/choices/{index}/text", in_json=False)
        choice["logprobs"] = None
        choice["text"] = ""
        self._lanes.once_below(choice, f"/choices/{index}")
        shown = lane.feed(text)
        if choice.get("finish_reason") is not None:
            self._finished.add(index)
            shown += lane.close()
        choice["text"] = shown
        if lane.blocked:
            self._lanes.blocked = True

    def _error(self, error: Any) -> list[bytes]:
        """Pass an error of the upstream on, as an error: what the lanes hold is dropped, nothing follows."""
        self._failed = True
        words = error.get("message") if type(error) is dict else error
        told = {"message": "the upstream reported an error", "type": "upstream_error"}
        if type(words) is str:
            shown, blocked = self._lanes.look(words, "/error/message")
            if not blocked:
                told["message"] = shown
        return [render(orjson.dumps({"error": told}))]


def _collect(body: dict[str, Any]) -> Collector:
    found = Collector()
    for key, value in body.items():
        if not is_plain(key):
            found.key(body, key, f"/{escape(key)}#key", Origin.USER)
        if key == "prompt" and type(value) is list and any(type(item) is not str for item in value):
            found.uninspected.append(Uninspected("/prompt", "tokens"))
        elif key != "stream":
            found.anything(body, key, f"/{escape(key)}", Origin.USER)
    return found


def _field(found: Collector, container: dict[str, Any], key: str, pointer: str) -> None:
    value = container[key]
    where = f"{pointer}/{escape(key)}"
    if not is_plain(key):
        found.key(container, key, f"{where}#key", Origin.MODEL)
    if value is not None and not (key in _CONSTANT_KEYS and type(value) is str and value in _CONSTANTS):
        found.anything(container, key, where, Origin.MODEL)
