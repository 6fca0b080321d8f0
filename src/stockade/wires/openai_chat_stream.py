"""OpenAI chat completions, the streamed answer: one lane for each text that grows.

An event whose texts all pass unchanged goes on as the bytes it came in. Text that a lane holds back comes
out before the choice ends, or not at all. The door is told whether the stream was complete, and it alone
sends what ends one that was not.
"""

from __future__ import annotations

from typing import Any

import orjson

from stockade.wires.lanes import Lanes
from stockade.wires.openai_chat_answer import CONSTANTS, garbage
from stockade.wires.openai_chat_deltas import Choice
from stockade.wires.openai_chat_repeat import PADDING_MAX, Repeat, growing_key, repeat_of
from stockade.wires.pointer import digits, escape
from stockade.wires.sse import render
from stockade.wires.wire import LaneFactory

DONE = b"[DONE]"

# The fields that tie a frame of ours to the stream it belongs to.
_ENVELOPE = ("id", "object", "created", "model", "system_fingerprint", "service_tier")
_ERROR_FIELDS = ("message", "type", "code", "param")
# OpenAI's maximum for n.
_CHOICES_MAX = 128
_UNSEEN = object()


class ChatStream:
    """One streamed answer on its way through.

    Args:
        lane: makes the lane for a text channel.
    """

    __slots__ = ("_choices", "_done", "_ended", "_envelope", "_failed", "_lanes", "_last", "_repeat")

    def __init__(self, lane: LaneFactory) -> None:
        self._lanes = Lanes(lane, CONSTANTS)
        self._choices: dict[int, Choice] = {}
        self._envelope: dict[str, Any] = {}
        self._last: dict[str, Any] = {}
        self._repeat: Repeat | None = None
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
        return bool(self._choices) and all(choice.finished for choice in self._choices.values())

    def event(self, data: bytes) -> list[bytes]:
        """Take the data of one event and return the frames to send now.

        The terminator is never among them: ``finish`` returns it, after the door has done what must be
        done before success is told.

        Raises:
            InputError: the data is not an event of this wire (code ``upstream_garbage``).
        """
        if self._done or self._failed or self._lanes.blocked:
            return []
        repeat = self._repeat
        if repeat is not None:
            piece = repeat.piece(data)
            if piece is not None:
                return self._again(repeat, data, piece)
            self._repeat = None
        if data == DONE:
            return self._terminate()
        try:
            chunk = orjson.loads(data)
        except orjson.JSONDecodeError:
            raise garbage() from None
        if type(chunk) is not dict:
            raise garbage()
        if chunk.get("error") is not None:
            return self._error(chunk["error"])
        return self._chunk(chunk, data)

    def finish(self) -> list[bytes]:
        """Return the success terminator if the answer is complete; nothing otherwise, nor a second time."""
        if self._ended or not self.complete:
            return []
        self._ended = True
        return [render(DONE)]

    # -- one event ------------------------------------------------------------------------------------

    def _again(self, repeat: Repeat, data: bytes, piece: str) -> list[bytes]:
        """Take an event that is the last one again with another text."""
        lane = repeat.lane
        shown = lane.feed(piece)
        if lane.blocked:
            self._lanes.blocked = True
            return []
        if shown != piece:
            if not shown:
                return []
            data = repeat.render(data, piece, shown)
        return [b"data: " + data + b"\n\n"]

    def _chunk(self, chunk: dict[str, Any], data: bytes) -> list[bytes]:
        keys = len(chunk)
        anew = changed = self._fields(chunk)
        frames: list[bytes] = []
        emptied = False
        alone = growing_key(chunk)
        for position, delta in enumerate(_choices(chunk)):
            choice = self._choice(delta, position)
            choice.take(delta)
            keys += choice.keys
            changed = changed or choice.changed
            emptied = emptied or choice.emptied
            if choice.held:
                frames.append(self._extra(chunk, choice))
        if self._lanes.blocked:
            return []
        self._last = chunk
        anew = anew or _may_hide(data, keys)
        if alone and not anew:
            self._remember(data, alone, chunk["choices"][0].get("index", 0))
        if emptied and not _has_substance(chunk):
            return frames
        if changed or anew:
            data = orjson.dumps(chunk)
        frames.append(b"data: " + data + b"\n\n")
        return frames

    def _remember(self, data: bytes, key: str, index: int) -> None:
        """Keep the frame of an event that says nothing but a text, for the next one."""
        lane = self._choices[index].channel(key)
        self._repeat = repeat_of(data, key, lane) if lane is not None else None

    def _fields(self, chunk: dict[str, Any]) -> bool:
        """Screen the envelope; say whether the event has to be written anew."""
        changed = False
        seen = self._envelope
        for key, value in chunk.items():
            if key != "choices" and value is not None and seen.get(key, _UNSEEN) != value:
                changed = self._field(chunk, key) or changed
        return changed

    def _field(self, chunk: dict[str, Any], key: str) -> bool:
        """Screen a field of the envelope; most are the same in every event and seen once."""
        value = chunk[key]
        kind = type(value)
        pointer = f"/{escape(key)}"
        self._lanes.name(key, "")
        if kind is dict or kind is list:
            self._lanes.once_below(value, pointer)
            return True  # its keys are not counted
        if (
            key == "obfuscation"
            and kind is str
            and len(value) <= PADDING_MAX
            and value.isascii()
            and value.isalnum()
        ):
            # Padding against traffic analysis: random, different every time, and nobody's words.
            return False
        text = value if kind is str else "" if key == "created" else digits(value)
        shown = self._lanes.once(text, pointer) if text else text
        if shown != text:
            chunk[key] = shown
            return True
        self._envelope[key] = value
        return False

    def _choice(self, delta: Any, position: int) -> Choice:
        if type(delta) is not dict:
            raise garbage(f"/choices/{position}")
        index = delta.get("index", position)
        choice = self._choices.get(index) if type(index) is int else None
        if choice is None:
            if type(index) is not int or not 0 <= index < _CHOICES_MAX:
                raise garbage(f"/choices/{position}/index")
            choice = self._choices[index] = Choice(self._lanes, index)
        return choice

    def _extra(self, chunk: dict[str, Any], choice: Choice) -> bytes:
        """Return a frame of our own for what the lanes of *choice* had held back."""
        frame = {key: chunk[key] for key in _ENVELOPE if key in chunk}
        delta, choice.held = choice.held, {}
        frame["choices"] = [{"index": choice.index, "delta": delta, "logprobs": None, "finish_reason": None}]
        return render(orjson.dumps(frame))

    # -- the end --------------------------------------------------------------------------------------

    def _terminate(self) -> list[bytes]:
        self._done = True
        frames: list[bytes] = []
        for choice in self._choices.values():
            choice.close()
            if choice.held:
                frames.append(self._extra(self._last, choice))
        return [] if self._lanes.blocked else frames

    def _error(self, error: Any) -> list[bytes]:
        """Pass an error of the upstream on, as an error: what the lanes hold is dropped, nothing follows."""
        self._failed = True
        fields = error if type(error) is dict else {"message": str(error)}
        told: dict[str, Any] = {"message": "the upstream reported an error", "type": "upstream_error"}
        for key in _ERROR_FIELDS:
            value = fields.get(key)
            if type(value) is int:
                told[key] = value
            elif type(value) is str:
                # An error that may not be told is still an error, and told without its words.
                shown, blocked = self._lanes.look(value, f"/error/{key}")
                if not blocked:
                    told[key] = shown
        return [render(orjson.dumps({"error": told}))]


def _choices(chunk: dict[str, Any]) -> list[Any]:
    choices = chunk.get("choices")
    if choices is None:
        return []
    if type(choices) is not list:
        raise garbage("/choices")
    return choices


def _may_hide(data: bytes, keys: int) -> bool:
    """Say whether *data* could hold more than was parsed: a repeated key, a line end, white space."""
    # As in wires.body: every key token shows as `":` where no white space stands before the colon.
    if data.count(b'":') != keys or b" :" in data or b"\t:" in data:
        return True
    return b"\n" in data or b"\r" in data


def _has_substance(chunk: dict[str, Any]) -> bool:
    """Say whether a frame whose text is held back tells the client anything else."""
    if chunk.get("usage"):
        return True
    for choice in chunk["choices"]:
        for key, value in choice.items():
            if value and key not in {"index", "delta"}:
                return True
            if key == "delta" and type(value) is dict and _says_something(value):
                return True
    return False


def _says_something(value: Any) -> bool:
    if type(value) is dict:
        return any(_says_something(item) for key, item in value.items() if key != "index")
    if type(value) is list:
        return any(_says_something(item) for item in value)
    return bool(value)
