"""OpenAI responses, the streamed answer: lanes for the texts that grow, one look for those told whole.

Every text comes twice here: in deltas, and whole in the events that end its part, its item and the response.
The deltas go through lanes; what is told whole is screened whole, and by the law of streams it comes to the
same. ``response.completed``, the success terminator, is never among an event's frames: ``finish`` returns it.
"""

from __future__ import annotations

import re
from typing import Any

import orjson

from stockade.wires.json_text import JsonLane
from stockade.wires.lanes import Lanes
from stockade.wires.openai_chat_answer import garbage
from stockade.wires.pointer import KEY_SUFFIX, digits, escape, is_plain
from stockade.wires.sse import render
from stockade.wires.wire import Lane, LaneFactory

CONSTANTS = frozenset(
    "response message function_call custom_tool_call reasoning output_text refusal summary_text "
    "reasoning_text assistant completed in_progress incomplete failed cancelled queued auto none required "
    "function default flex priority disabled text low medium high minimal max_output_tokens "
    "content_filter".split()
)
_DELTA = ".delta"
_ENDS = frozenset({"response.completed", "response.incomplete", "response.failed"})
# What the upstream calls an event is a text of the upstream's: only what reads like a name is repeated.
_NAME = re.compile(r"error|response(?:\.[a-z_]{1,40}){1,4}")
# Channels that carry no text of the model's: pictures and sound in base64.
_BINARY = frozenset({"response.audio.delta", "response.image_generation_call.partial_image"})
_DOCUMENTS = frozenset(
    {"response.function_call_arguments", "response.mcp_call_arguments", "response.mcp_call.arguments"}
)
_INDEXES = ("output_index", "content_index", "summary_index")
_NOT_TEXT = frozenset({*_INDEXES, "sequence_number", "created_at", "completed_at", "encrypted_content"})
_CHANNELS_MAX = 1024

Channel = tuple[str, int, int, int]


class ResponseStream:
    """One streamed answer on its way through.

    Args:
        lane: makes the lane for a text channel.
    """

    __slots__ = ("_channels", "_ended", "_failed", "_lanes", "_last", "_seen")

    def __init__(self, lane: LaneFactory) -> None:
        self._lanes = Lanes(lane, CONSTANTS)
        self._channels: dict[Channel, Lane] = {}
        self._last: bytes = b""
        self._seen = False
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
        """Whether the response began and ended as the provider ends one, and everything passed."""
        return bool(self._last) and self._seen and not (self._channels or self._failed or self.blocked)

    def event(self, data: bytes) -> list[bytes]:
        """Take the data of one event and return the frames to send now.

        Raises:
            InputError: the data is not an event of this wire (code ``upstream_garbage``).
        """
        if self._last or self._failed or self._lanes.blocked:
            return []
        try:
            event = orjson.loads(data)
        except orjson.JSONDecodeError:
            raise garbage() from None
        kind = event.get("type") if type(event) is dict else None
        if type(kind) is not str:
            raise garbage("/type")
        frames = self._take(kind, event)
        return [] if self.blocked else frames

    def finish(self) -> list[bytes]:
        """Return the event that ends the response if it is complete; nothing otherwise, nor a second time."""
        if self._ended or not self.complete:
            return []
        self._ended = True
        return [self._last]

    # -- one event ------------------------------------------------------------------------------------

    def _take(self, kind: str, event: dict[str, Any]) -> list[bytes]:
        if kind == "error":
            return self._error(event)
        if kind in _BINARY:
            raise garbage("/type")  # nobody asked for what nobody can read
        if kind.endswith(_DELTA) and type(event.get("delta")) is str:
            return self._delta(kind, event)
        frames = self._close(kind, event)
        if kind == "response.created":
            self._seen = True
        self._whole(event, "")
        frame = _frame(event, kind)
        if kind not in _ENDS or kind == "response.failed":
            self._failed = kind == "response.failed"
            return [*frames, frame]
        # What ends it is told once the record of it is safe.
        self._last = frame
        return frames

    def _delta(self, kind: str, event: dict[str, Any]) -> list[bytes]:
        channel = _channel(kind.removesuffix(_DELTA), event)
        lane = self._channels.get(channel)
        if lane is None:
            if len(self._channels) >= _CHANNELS_MAX:
                raise garbage("/output_index")
            pointer = "/output/" + "/".join(str(step) for step in channel[1:])
            lane = self._lanes.open(pointer, in_json=channel[0] in _DOCUMENTS)
            self._channels[channel] = lane
        piece, event["delta"] = event["delta"], ""
        # Token lists and padding spell the text a second time, in pieces.
        event.pop("logprobs", None)
        event.pop("obfuscation", None)
        self._whole(event, "")
        shown = lane.feed(piece)
        if lane.blocked:
            self._lanes.blocked = True
        if not shown and piece:
            return []
        event["delta"] = shown
        return [_frame(event, kind)]

    def _close(self, kind: str, event: dict[str, Any]) -> list[bytes]:
        """End the channels that *kind* ends, and return what they had held back."""
        ending = [c for c in self._channels if kind in _ENDS or _ends(kind, event, c)]
        frames = []
        for channel in ending:
            lane = self._channels.pop(channel)
            held = lane.close()
            if lane.blocked:
                self._lanes.blocked = True
            if held:
                kind_of = channel[0] + _DELTA
                own: dict[str, Any] = {"type": kind_of, "delta": held}
                own |= {name: at for name, at in zip(_INDEXES, channel[1:], strict=True) if at >= 0}
                own["item_id"] = self._lanes.once(str(event.get("item_id", "")), "/item_id")
                own["sequence_number"] = event.get("sequence_number", 0)
                frames.append(_frame(own, kind_of))
        return frames

    def _whole(self, value: dict[str, Any], pointer: str) -> None:
        """Screen every text below *value* in place; none of them grows."""
        for key, item in value.items():
            where = f"{pointer}/{escape(key)}"
            if not is_plain(key) and self._lanes.once(key, where + KEY_SUFFIX) != key:
                self._lanes.blocked = True
            if type(item) is dict:
                self._whole(item, where)
            elif type(item) is list:
                self._items(item, where)
            elif key not in _NOT_TEXT and not (key == "type" and _is_name(item)):
                value[key] = self._text(item, where, in_json=key == "arguments")

    def _items(self, items: list[Any], pointer: str) -> None:
        for index, item in enumerate(items):
            where = f"{pointer}/{index}"
            if type(item) is dict:
                self._whole(item, where)
            elif type(item) is list:
                self._items(item, where)
            else:
                items[index] = self._text(item, where, in_json=False)

    def _text(self, value: Any, pointer: str, *, in_json: bool) -> Any:
        if type(value) is not str:
            text = digits(value) if type(value) in {int, float} else ""
            return value if not text or self._lanes.once(text, pointer) == text else 0
        if not value:
            return value
        if not in_json:
            return self._lanes.once(value, pointer)
        lane = JsonLane(lambda: self._lanes.open(pointer, in_json=False))
        shown = lane.feed(value) + lane.close()
        if lane.blocked:
            self._lanes.blocked = True
        return shown

    def _error(self, event: dict[str, Any]) -> list[bytes]:
        """Pass an error of the upstream on, as an error: what the lanes hold is dropped, nothing follows."""
        self._failed = True
        told: dict[str, Any] = {"type": "error", "message": "the upstream reported an error"}
        for key in ("code", "message", "param"):
            value = event.get(key)
            if type(value) is str:
                shown, blocked = self._lanes.look(value, f"/error/{key}")
                if not blocked:
                    told[key] = shown
        return [_frame(told, "error")]


def _channel(kind: str, event: dict[str, Any]) -> Channel:
    at = []
    for name in _INDEXES:
        index = event.get(name, -1)
        if type(index) is not int or not -1 <= index < _CHANNELS_MAX:
            raise garbage(f"/{name}")
        at.append(index)
    return (kind, at[0], at[1], at[2])


def _ends(kind: str, event: dict[str, Any], channel: Channel) -> bool:
    """Say whether an event of *kind* ends *channel*: its own end, or that of its part or item."""
    if kind == channel[0] + ".done":
        return _channel(channel[0], event) == channel
    if kind == "response.output_item.done":
        return event.get("output_index") == channel[1]
    part = "summary_index" if kind == "response.reasoning_summary_part.done" else "content_index"
    if kind not in {"response.content_part.done", "response.reasoning_summary_part.done"}:
        return False
    at = channel[3] if part == "summary_index" else channel[2]
    return event.get("output_index") == channel[1] and event.get(part) == at


def _is_name(kind: Any) -> bool:
    return type(kind) is str and _NAME.fullmatch(kind) is not None


def _frame(event: dict[str, Any], kind: str) -> bytes:
    return render(orjson.dumps(event), kind if _is_name(kind) else "")
