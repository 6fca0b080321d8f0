"""One choice of a streamed chat completion: its channels, and what one event does to them.

A channel is a text that grows over the events: the content, the refusal, the reasoning, the arguments of
each tool call, and any other string that stands directly in a delta.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from stockade.wires.lanes import Lanes
from stockade.wires.openai_chat_answer import garbage, spelled
from stockade.wires.pointer import digits, escape
from stockade.wires.wire import Lane

Path = tuple[str | int, ...]

# Strings of a delta that come whole; every other one grows.
_WHOLE = frozenset({"role", "id", "type", "name", "object", "format", "status"})
# Names under which nested objects of a delta keep text that grows; their other strings come whole.
_GROWING = frozenset(
    "arguments content delta input output partial_json reasoning reasoning_content refusal summary text "
    "thinking transcript".split()
)
# Channels of one choice: 128 tools can be called at once, each with its arguments.
_CHANNELS_MAX = 256
_DEPTH_MAX = 16
# Less than any number of keys: the event is written anew.
_UNCOUNTED = -(2**31)


class Choice:
    """The channels of one choice.

    Attributes:
        index: the provider's number for it.
        finished: its end was told.
        held: a delta with what the lanes had held back, to be sent before the event it came out with.
        keys: of the last event: how many keys it holds; negative where that was not counted.
        changed: of the last event: something in it is not as it came.
        emptied: of the last event: a text in it is held back altogether.
    """

    __slots__ = ("_channels", "_lanes", "changed", "emptied", "finished", "held", "index", "keys")

    def __init__(self, lanes: Lanes, index: int) -> None:
        self._lanes = lanes
        self._channels: dict[Path, Lane] = {}
        self.index = index
        self.finished = False
        self.held: dict[str, Any] = {}
        self.keys = 0
        self.changed = False
        self.emptied = False

    def __repr__(self) -> str:
        """Return a form without any text."""
        return f"Choice(index={self.index}, channels={len(self._channels)}, finished={self.finished})"

    def take(self, choice: dict[str, Any]) -> None:
        """Screen one event's *choice* in place.

        Raises:
            InputError: it has not the shape of a choice, or goes on after its end.
        """
        self.keys = len(choice)
        self.changed = self.emptied = False
        ending = choice.get("finish_reason") is not None
        for key, value in choice.items():
            if value is None or key == "index":
                continue
            if key == "delta":
                if type(value) is not dict:
                    raise garbage(f"/choices/{self.index}/delta")
                self._delta(value, ending=ending)
            elif key != "logprobs":
                self._lanes.name(key, f"/choices/{self.index}")
                self._whole(choice, key, f"/choices/{self.index}")
        if choice.get("logprobs") is not None:
            self._tokens(choice)
        if ending:
            self.finished = True
            self.close()

    def channel(self, key: str) -> Lane | None:
        """Return the lane of the text that grows at *key* of the delta, if one is open."""
        return self._channels.get((key,))

    def close(self) -> None:
        """End every channel; what they had held back is in ``held``."""
        channels, self._channels = self._channels, {}
        for path, lane in channels.items():
            text = lane.close()
            if lane.blocked:
                self._lanes.blocked = True
            if text:
                _graft(self.held, path, text)

    def _delta(self, delta: dict[str, Any], *, ending: bool) -> None:
        self.keys += len(delta)
        for key, value in delta.items():
            if type(value) is str:
                if key in _WHOLE:
                    self._whole(delta, key, f"/choices/{self.index}/message")
                elif value:
                    self._grow(delta, key, (key,), ending=ending)
            elif value is not None:
                self._lanes.name(key, f"/choices/{self.index}/message")
                self._nested(delta, key, (key,), ending=ending)

    def _grow(self, container: Any, key: str | int, path: Path, *, ending: bool) -> None:
        """Pass a piece of a channel through its lane."""
        piece = container[key]
        lane = self._channels.get(path)
        if lane is None:
            lane = self._open(path)
        shown = lane.feed(piece)
        if ending:
            shown += lane.close()
            del self._channels[path]
        if lane.blocked:
            self._lanes.blocked = True
        if shown != piece:
            container[key] = shown
            self.changed = True
            self.emptied = self.emptied or not shown

    def _open(self, path: Path) -> Lane:
        # What goes on after its end could hide the second half of something from the first.
        if self.finished or len(self._channels) >= _CHANNELS_MAX:
            raise garbage(f"/choices/{self.index}")
        where = "/".join(escape(str(step)) for step in path)
        self._lanes.name(str(path[0]), f"/choices/{self.index}/message")
        in_json = path[-1] == "arguments" and len(path) > 1
        lane = self._lanes.open(f"/choices/{self.index}/message/{where}", in_json=in_json)
        self._channels[path] = lane
        return lane

    def _nested(self, container: Any, key: str | int, path: Path, *, ending: bool) -> None:
        """Screen what stands below a delta: objects, and lists whose items say their own index."""
        value = container[key]
        if len(path) > _DEPTH_MAX:
            raise garbage(f"/choices/{self.index}")
        if type(value) is dict:
            self.keys += len(value)
            for name, item in value.items():
                self._lanes.name(name, f"/choices/{self.index}/message")
                if item is not None and name != "index":
                    self._member(value, name, (*path, name), ending=ending)
        elif type(value) is list:
            for position, item in enumerate(value):
                index = item.get("index") if type(item) is dict else None
                step = index if type(index) is int else position
                self._nested(value, position, (*path, step), ending=ending)
        else:
            self._whole(container, key, f"/choices/{self.index}/message")

    def _member(self, container: dict[str, Any], name: str, path: Path, *, ending: bool) -> None:
        if name not in _GROWING or type(container[name]) is not str:
            self._nested(container, name, path, ending=ending)
        elif container[name]:
            self._grow(container, name, path, ending=ending)

    def _whole(self, container: Any, key: str | int, pointer: str) -> None:
        """Screen a string that does not grow, or everything below a value nobody described."""
        value = container[key]
        if value is None:
            return
        where = f"{pointer}/{escape(str(key))}"
        if type(value) is dict or type(value) is list:
            self._lanes.once_below(value, where)
            self.keys = _UNCOUNTED
            return
        text = value if type(value) is str else digits(value)
        shown = self._lanes.once(text, where) if text else text
        if shown != text:
            container[key] = shown
            self.changed = True

    def _tokens(self, choice: dict[str, Any]) -> None:
        """Drop the token list of an event whose text changed, or that says more than its text."""
        self.keys = _UNCOUNTED
        if not self.changed:
            rest = spelled(choice["logprobs"], choice.get("delta") or {})
            if not rest or self._lanes.once(rest, f"/choices/{self.index}/logprobs") == rest:
                return
        choice["logprobs"] = None


def _graft(delta: dict[str, Any], path: Path, text: str) -> None:
    """Write *text* at *path* of *delta*, making what is missing; list items carry their index."""
    here: Any = delta
    for step, follows in pairwise(path):
        if type(here) is list:
            item = next((item for item in here if item["index"] == step), None)
            if item is None:
                item = {"index": step}
                here.append(item)
            here = item
            continue
        # A list in a list has no item with an index to go on from: its number is a name there.
        here = here.setdefault(str(step), [] if type(follows) is int else {})
    here[path[-1]] = text
