"""What a streamed answer screens its strings with: lanes for texts that grow, one look for those that do not.

Shared by the stream halves of the wires. Which string is which is for them to say.
"""

from __future__ import annotations

from typing import Any

from stockade.wires.json_text import JsonLane
from stockade.wires.pointer import KEY_SUFFIX, escape, is_plain, put, walk
from stockade.wires.wire import Lane, LaneFactory

# Strings remembered as harmless in one stream: ids, model names, verdicts of the provider's own filters.
_PASSED_MAX = 256
_PASSED_CHARS_MAX = 128


class Lanes:
    """The lanes of one streamed answer.

    Args:
        factory: makes a lane.
        constants: words of the protocol, known to be harmless.
    """

    __slots__ = ("_factory", "_passed", "blocked")

    def __init__(self, factory: LaneFactory, constants: frozenset[str]) -> None:
        self._factory = factory
        self._passed = set(constants)
        self.blocked = False

    def open(self, pointer: str, *, in_json: bool) -> Lane:
        """Return a new lane for the channel at *pointer*; *in_json*: its text is a JSON document."""
        if in_json:
            return JsonLane(lambda: self._factory("text", pointer))
        return self._factory("text", pointer)

    def intact(self, pointer: str) -> Lane:
        """Return a new lane that inspects and turns nothing back."""
        return self._factory("intact", pointer)

    def once(self, text: str, pointer: str) -> str:
        """Return what may be shown of a *text* that is whole."""
        if text in self._passed:
            return text
        shown, blocked = self.look(text, pointer)
        if blocked:
            self.blocked = True
        elif shown == text and len(text) <= _PASSED_CHARS_MAX and len(self._passed) < _PASSED_MAX:
            self._passed.add(text)
        return shown

    def look(self, text: str, pointer: str) -> tuple[str, bool]:
        """Return what may be shown of a whole *text*, and whether it was blocked; remember neither."""
        lane = self._factory("text", pointer)
        shown = lane.feed(text) + lane.close()
        return ("", True) if lane.blocked else (shown, False)

    def name(self, key: str, pointer: str) -> None:
        """Screen a *key*, which cannot be changed while its object is gone through: a finding blocks."""
        if not is_plain(key) and self.once(key, f"{pointer}/{escape(key)}{KEY_SUFFIX}") != key:
            self.blocked = True

    def once_below(self, value: Any, pointer: str) -> bool:
        """Put what may be shown in place of every text below *value*; say whether anything changed."""
        changes: list[tuple[tuple[Any, str | int, bool], str]] = []

        def emit(container: Any, key: str | int, where: str, text: str, is_key: bool) -> None:  # noqa: FBT001
            shown = self.once(text, where)
            if shown != text:
                changes.append(((container, key, is_key), shown))

        walk(value, pointer, emit)
        put(changes)
        return bool(changes)
