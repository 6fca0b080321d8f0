"""Anthropic messages, the streamed answer: one lane for each text that grows.

An event whose texts all pass unchanged goes on as it came. What a lane holds back comes out in a delta of our
own before its block is said to be over, or not at all. ``message_stop``, the success terminator, is never
among an event's frames: ``finish`` returns it, after the door has done what must be done before.
"""

from __future__ import annotations

from typing import Any

import orjson

from stockade.wires.anthropic_answer import CONSTANTS, INTACT, SEALED
from stockade.wires.lanes import Lanes
from stockade.wires.openai_chat_answer import garbage
from stockade.wires.sse import render
from stockade.wires.wire import Lane, LaneFactory

STOP = b'{"type":"message_stop"}'
# Type of a delta -> the field in it that grows, and whether that is a JSON document.
_GROWING = {
    "text_delta": ("text", False),
    "input_json_delta": ("partial_json", True),
    "thinking_delta": ("thinking", False),
}
# Far more than any answer has; each may hold a lane.
_BLOCKS_MAX = 1024


class _Block:
    """A content block under way."""

    __slots__ = ("kind", "lanes")

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.lanes: dict[str, Lane] = {}


class MessagesStream:
    """One streamed answer on its way through.

    Args:
        lane: makes the lane for a text channel.
    """

    __slots__ = ("_blocks", "_ended", "_failed", "_lanes", "_opened", "_seen", "_stopped")

    def __init__(self, lane: LaneFactory) -> None:
        self._lanes = Lanes(lane, CONSTANTS)
        self._blocks: dict[int, _Block] = {}
        self._opened = 0
        self._seen = False
        self._stopped = False
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
        """Whether the message began and ended, every block was closed, and everything passed."""
        return self._seen and self._stopped and not (self._blocks or self._failed or self._lanes.blocked)

    def event(self, data: bytes) -> list[bytes]:
        """Take the data of one event and return the frames to send now.

        Raises:
            InputError: the data is not an event of this wire (code ``upstream_garbage``).
        """
        if self._stopped or self._failed or self.blocked:
            return []
        try:
            event = orjson.loads(data)
        except orjson.JSONDecodeError:
            raise garbage() from None
        kind = event.get("type") if type(event) is dict else None
        if type(kind) is not str:
            raise garbage("/type")
        frames = self._take(kind, event)
        return [] if self._lanes.blocked else frames

    def finish(self) -> list[bytes]:
        """Return the success terminator if the answer is complete; nothing otherwise, nor a second time."""
        if self._ended or not self.complete:
            return []
        self._ended = True
        return [render(STOP, "message_stop")]

    # -- one event ------------------------------------------------------------------------------------

    def _take(self, kind: str, event: dict[str, Any]) -> list[bytes]:
        if kind == "message_stop":
            self._stopped = True
            return []
        if kind == "error":
            return self._error(event.get("error"))
        if kind == "content_block_delta":
            return self._delta(event)
        if kind == "content_block_start":
            return self._start(event)
        if kind == "content_block_stop":
            return self._stop(event)
        if kind == "message_start":
            self._seen = True
        # Everything else comes whole: looked at, and passed on under its own name if that is one.
        self._lanes.once_below(event, "")
        return [_frame(event, kind)]

    def _start(self, event: dict[str, Any]) -> list[bytes]:
        index, block = _index(event), event.get("content_block")
        if type(block) is not dict or index in self._blocks or self._opened >= _BLOCKS_MAX:
            raise garbage("/content_block")
        self._opened += 1
        kind = block.get("type")
        self._blocks[index] = made = _Block(kind if type(kind) is str else "")
        for key, value in block.items():
            self._lanes.name(key, f"/content/{index}")
            if key in {"text", "thinking"} and type(value) is str and value:
                block[key] = self._lane(made, index, key, in_json=False).feed(value)
            elif type(value) is dict or type(value) is list:
                self._lanes.once_below(value, f"/content/{index}/{key}")
            elif type(value) is str and key not in SEALED and made.kind != "redacted_thinking":
                block[key] = self._lanes.once(value, f"/content/{index}/{key}")
        self._note(made)
        return [_frame(event, "content_block_start")]

    def _delta(self, event: dict[str, Any]) -> list[bytes]:
        index, delta = _index(event), event.get("delta")
        block = self._blocks.get(index)
        if block is None or type(delta) is not dict or type(delta.get("type")) is not str:
            raise garbage("/delta")
        growing = _GROWING.get(delta["type"])
        if growing is None:
            self._whole(block, index, delta)
            return [_frame(event, "content_block_delta")]
        key, in_json = growing
        if type(delta.get(key)) is not str:
            raise garbage(f"/delta/{key}")
        lane = self._lane(block, index, key, in_json=in_json)
        piece, delta[key] = delta[key], ""
        self._lanes.once_below(delta, f"/content/{index}")
        shown = lane.feed(piece)
        self._note(block)
        if not shown and piece:
            return []
        delta[key] = shown
        return [_frame(event, "content_block_delta")]

    def _whole(self, block: _Block, index: int, delta: dict[str, Any]) -> None:
        """Screen a delta that does not grow: citations, and whatever is new."""
        kept = {key: delta[key] for key in SEALED if type(delta.get(key)) is str}
        for key in kept:
            delta[key] = ""
        self._lanes.once_below(delta, f"/content/{index}")
        if block.kind in INTACT:
            delta.update(kept)
        else:
            delta |= {key: self._lanes.once(text, f"/content/{index}/{key}") for key, text in kept.items()}

    def _stop(self, event: dict[str, Any]) -> list[bytes]:
        index = _index(event)
        block = self._blocks.pop(index, None)
        if block is None:
            raise garbage("/index")
        frames = []
        for key, lane in block.lanes.items():
            held = lane.close()
            if held:
                kind = next(name for name, (field, _) in _GROWING.items() if field == key)
                delta = {"type": kind, key: held}
                own = {"type": "content_block_delta", "index": index, "delta": delta}
                frames.append(_frame(own, "content_block_delta"))
        self._note(block)
        self._lanes.once_below(event, f"/content/{index}")
        return [*frames, _frame(event, "content_block_stop")]

    def _lane(self, block: _Block, index: int, key: str, *, in_json: bool) -> Lane:
        lane = block.lanes.get(key)
        if lane is None:
            pointer = f"/content/{index}/{key}"
            intact = block.kind in INTACT
            lane = self._lanes.intact(pointer) if intact else self._lanes.open(pointer, in_json=in_json)
            block.lanes[key] = lane
        return lane

    def _note(self, block: _Block) -> None:
        if any(lane.blocked for lane in block.lanes.values()):
            self._lanes.blocked = True

    def _error(self, error: Any) -> list[bytes]:
        """Pass an error of the upstream on, as an error: what the lanes hold is dropped, nothing follows."""
        self._failed = True
        fields = error if type(error) is dict else {}
        told = {"type": "api_error", "message": "the upstream reported an error"}
        for key in ("type", "message"):
            value = fields.get(key)
            if type(value) is str:
                shown, blocked = self._lanes.look(value, f"/error/{key}")
                if not blocked:
                    told[key] = shown
        return [_frame({"type": "error", "error": told}, "error")]


def _index(event: dict[str, Any]) -> int:
    index = event.get("index")
    if type(index) is not int or not 0 <= index < _BLOCKS_MAX:
        raise garbage("/index")
    return index


def _frame(event: dict[str, Any], kind: str) -> bytes:
    # A name of the protocol, or no name: what the upstream calls an event is a text of the upstream's.
    return render(orjson.dumps(event), kind if kind in CONSTANTS or kind == "error" else "")
