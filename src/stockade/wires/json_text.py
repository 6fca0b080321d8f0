"""JSON that is written piece by piece (tool-call arguments): every string in it gets a lane of its own.

The lanes see what a reader of the JSON will see, escapes decoded, and what they give back is escaped
again, so the document stays well-formed at every cut. A number with many digits is a text as well. What
turns out not to be JSON goes through one lane as it is. Nothing is parsed into values and nothing is kept
but the token under way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from stockade.wires.pointer import digits
from stockade.wires.wire import Lane

_STRUCTURE = re.compile(r"[\s{}\[\]:,]*")
_TOKEN = re.compile(r"[^\s{}\[\]:,\"]*")
_STOP = re.compile(r'["\\]')
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_LITERALS = ("true", "false", "null")
# A double has 17 significant digits and a three-digit exponent; longer is no number anybody sends.
_TOKEN_CHARS_MAX = 64
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_HEX = re.compile(r"[0-9a-fA-F]{4}")
# Not str.isdigit: the standard's digits are these.
_REPLACEMENT = "\ufffd"


class JsonLane:
    """Takes pieces of one JSON document and gives back what may be shown of it.

    Args:
        lane: makes a lane for one text.
    """

    __slots__ = ("_blocked", "_current", "_in_string", "_lane", "_pending", "_raw", "_sound")

    def __init__(self, lane: Callable[[], Lane]) -> None:
        self._lane = lane
        self._current: Lane | None = None
        self._in_string = False
        self._pending = ""  # an escape or a token that is not whole yet
        self._raw = False
        self._blocked = False
        self._sound = True  # the lane gave back exactly what it got, so the source's own escapes can stay

    @property
    def blocked(self) -> bool:
        """Whether a lane was blocked; nothing more will come out."""
        return self._blocked

    def feed(self, piece: str) -> str:
        """Take the next *piece* and return what may be shown."""
        text = self._pending + piece
        self._pending = ""
        out: list[str] = []
        at = 0
        while at < len(text) and not self._blocked:
            if self._raw:
                out.append(self._pass(text[at:]))
                break
            at = self._string(text, at, out) if self._in_string else self._between(text, at, out)
        return "" if self._blocked else "".join(out)

    def close(self) -> str:
        """Return what was held back; the document ends here, whole or not."""
        pending, self._pending = self._pending, ""
        out: list[str] = []
        if self._blocked:
            return ""
        if self._raw:
            out.append(self._end())
        elif self._in_string:
            # An escape cut in half is shown as it came: it cannot be part of anything.
            out.append(self._inside(pending, pending, closed=True))
        elif pending:
            out.append(self._token(pending))
            out.append(self._end())
        return "" if self.blocked else "".join(out)

    # -- between strings ------------------------------------------------------------------------------

    def _between(self, text: str, at: int, out: list[str]) -> int:
        match = _STRUCTURE.match(text, at)
        assert match is not None
        out.append(match[0])
        at = match.end()
        if at == len(text):
            return at
        if text[at] == '"':
            out.append('"')
            self._in_string = True
            self._sound = True
            return at + 1
        match = _TOKEN.match(text, at)
        assert match is not None
        if match.end() == len(text) and len(match[0]) <= _TOKEN_CHARS_MAX:
            self._pending = match[0]
            return len(text)
        out.append(self._token(match[0]))
        return match.end()

    def _token(self, token: str) -> str:
        if token in _LITERALS:
            return token
        if len(token) > _TOKEN_CHARS_MAX or not _NUMBER.fullmatch(token):
            self._raw = True
            return self._pass(token)
        number = digits(float(token)) if len(token) > 7 else ""
        if not number:
            return token
        # As written where it is an integer, or too large: a double would round the last digits, or all.
        number = token if token.lstrip("-").isdigit() or number.endswith("inf") else number
        shown = self._pass(number) + self._end()
        return token if shown == number else json.dumps(shown, ensure_ascii=False)

    # -- inside a string ------------------------------------------------------------------------------

    def _string(self, text: str, at: int, out: list[str]) -> int:
        begin, decoded = at, []
        closed = False
        while at < len(text):
            stop = _STOP.search(text, at)
            if stop is None:
                decoded.append(text[at:])
                at = len(text)
                break
            decoded.append(text[at : stop.start()])
            at = stop.start()
            if text[at] == '"':
                closed = True
                break
            char, length = _escaped(text, at)
            if not length:
                self._pending = text[at:]
                break
            decoded.append(char)
            at += length
        out.append(self._inside("".join(decoded), text[begin:at], closed=closed))
        if not closed:
            return len(text)
        out.append('"')
        self._in_string = False
        return at + 1

    def _inside(self, decoded: str, source: str, *, closed: bool) -> str:
        shown = self._pass(decoded)
        if closed:
            shown += self._end()
        if self._sound and shown == decoded:
            return source
        self._sound = False
        return json.dumps(shown, ensure_ascii=False)[1:-1]

    # -- the lane under way ---------------------------------------------------------------------------

    def _pass(self, text: str) -> str:
        if not text:
            return ""
        if self._current is None:
            self._current = self._lane()
        shown = self._current.feed(text)
        self._blocked = self._blocked or self._current.blocked
        return shown

    def _end(self) -> str:
        lane, self._current = self._current, None
        if lane is None or self._blocked:
            return ""
        shown = lane.close()
        self._blocked = lane.blocked
        return shown


def _escaped(text: str, at: int) -> tuple[str, int]:
    """Return the character that the escape at *at* stands for and the escape's length; 0: it is not whole."""
    kind = text[at + 1 : at + 2]
    if not kind:
        return "", 0
    if kind != "u":
        # An escape JSON does not know is two characters; a strict reader refuses it, a lax one shows them.
        return _ESCAPES.get(kind, "\\" + kind), 2
    unit = _unit(text, at)
    if unit is None:
        return ("", 0) if len(text) < at + 6 else ("\\u", 2)
    if not 0xD800 <= unit < 0xE000:
        return chr(unit), 6
    if unit >= 0xDC00:
        return _REPLACEMENT, 6
    follows = text[at + 6 : at + 8]
    if follows == "\\u"[: len(follows)] and len(text) < at + 12:
        return "", 0
    low = _unit(text, at + 6) if follows == "\\u" else None
    if low is None or not 0xDC00 <= low < 0xE000:
        return _REPLACEMENT, 6
    return chr(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)), 12


def _unit(text: str, at: int) -> int | None:
    match = _HEX.match(text, at + 2)
    return int(match[0], 16) if match else None
