"""Server-sent events out of bytes that arrive in any cutting, and back into bytes.

Follows the parsing rules of the HTML standard §9.2.6 for ``data`` and ``event``; ``id`` and ``retry`` are
for reconnecting, which no model provider offers. What is in the data is the wires' business.
"""

from __future__ import annotations

import re

from stockade.core.errors import InputError
from stockade.core.limits import EVENT_BYTES_MAX

_BOM = b"\xef\xbb\xbf"
# Atomic, so that one CRLF is never taken for two line ends.
_LINE_END = re.compile(rb"(?>\r\n|\n|\r)")
_EVENT_END = re.compile(rb"(?>\r\n|\n|\r)(?>\r\n|\n|\r)")


class Parser:
    """Cuts one stream into events.

    Args:
        event_bytes_max: longer events are refused before they are whole.
    """

    __slots__ = ("_event_bytes_max", "_held", "_searched", "_skip_newline", "_started")

    def __init__(self, event_bytes_max: int = EVENT_BYTES_MAX) -> None:
        self._event_bytes_max = event_bytes_max
        self._held = b""  # the beginning of an event
        self._searched = 0  # how much of it holds no end
        self._started = False
        self._skip_newline = False

    @property
    def pending(self) -> bool:
        """Whether an event has begun that did not end: the stream was cut, if it ended here."""
        return bool(self._held.strip(b"\r\n"))

    def feed(self, piece: bytes) -> list[bytes]:
        """Take the next *piece* and return the data of every event that ended in it.

        Raises:
            InputError: an event is too long (code ``event_too_large``).
        """
        return [data for _, data in self.events(piece)]

    def events(self, piece: bytes) -> list[tuple[str, bytes]]:
        """Take the next *piece* and return the name (empty where none was given) and data of every event.

        Raises:
            InputError: an event is too long (code ``event_too_large``).
        """
        held = self._held + piece if self._held else piece
        if not self._started or self._skip_newline:
            held = self._begin(held)
        if b"\r" in held:
            found, at = self._cut_any(held)
        else:
            found, at = self._cut_plain(held)
        self._held = held[at:] if at else held
        self._searched = max(0, len(self._held) - 3)
        longest = self._event_bytes_max
        if len(held) > longest and (len(self._held) > longest or any(len(d) > longest for _, d in found)):
            raise InputError(f"an event of the stream is longer than {longest} bytes", code="event_too_large")
        return found

    def _begin(self, held: bytes) -> bytes:
        if self._skip_newline and held:
            # The second half of a CRLF whose first half already ended an event.
            held = held.removeprefix(b"\n")
            self._skip_newline = False
        if not self._started and (len(held) >= len(_BOM) or not _BOM.startswith(held)):
            held = held.removeprefix(_BOM)
            self._started = True
        return held

    def _cut_plain(self, held: bytes) -> tuple[list[tuple[str, bytes]], int]:
        found: list[tuple[str, bytes]] = []
        at = 0
        end = held.find(b"\n\n", self._searched)
        while end >= 0:
            # The shape of nearly every event there is: one line of data.
            if held.startswith(b"data: ", at) and end > at + 6 and held.find(b"\n", at, end) < 0:
                found.append(("", held[at + 6 : end]))
            else:
                _read(held[at:end], found)
            at = end + 2
            end = held.find(b"\n\n", at)
        return found, at

    def _cut_any(self, held: bytes) -> tuple[list[tuple[str, bytes]], int]:
        found: list[tuple[str, bytes]] = []
        at = 0
        match = _EVENT_END.search(held, self._searched)
        while match:
            _read(held[at : match.start()], found)
            at = match.end()
            match = _EVENT_END.search(held, at)
        self._skip_newline = at == len(held) and held.endswith(b"\r")
        return found, at


def _read(block: bytes, found: list[tuple[str, bytes]]) -> None:
    name = ""
    data: list[bytes] = []
    for line in _LINE_END.split(block):
        field, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if field == b"data":
            data.append(value)
        elif field == b"event":
            name = value.decode("utf-8", "replace")
    if any(data) or len(data) > 1:
        found.append((name, b"\n".join(data)))


def render(data: bytes, event: str = "") -> bytes:
    """Return *data* as one event, named *event* if that is not empty."""
    if b"\n" in data or b"\r" in data:
        data = b"\ndata: ".join(_LINE_END.split(data))
    if event:
        return b"event: " + event.encode() + b"\ndata: " + data + b"\n\n"
    return b"data: " + data + b"\n\n"
