"""Put the caller's own values back where surrogates stand, in whole texts and in streams.

Only surrogates issued in this request are restored; ``core.marks`` says how they are recognised. One whose
identity was altered, or that was issued elsewhere, is left as it is, and a restored value is never looked
at again. In JSON (tool-call arguments) the value is escaped, so what is around it stays JSON at every cut.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from stockade.core.marks import LiteralMarks, TagMarks, start_pattern


class Restorer:
    """Restores the surrogates of one request.

    Args:
        pairs: surrogate to value.
    """

    __slots__ = ("_literals", "_longest", "_pairs", "_starts", "_tags")

    def __init__(self, pairs: Mapping[str, str]) -> None:
        self._tags = TagMarks(pairs)
        self._literals = LiteralMarks(pairs)
        self._starts: re.Pattern[str] | None = None
        self._longest = 0
        self._pairs = pairs

    def __repr__(self) -> str:
        """Return a form that holds no value."""
        return f"Restorer(surrogates={len(self._pairs)})"

    def __bool__(self) -> bool:
        """Say whether there is anything to restore."""
        return bool(self._pairs)

    def restore(self, text: str, *, in_json: bool = False) -> str:
        """Return *text* with every surrogate of this request replaced by its value.

        Args:
            text: what came back.
            in_json: *text* is (part of) a JSON document, so values are escaped.
        """
        if not self._pairs or not text:
            return text
        return self.replaced(text, len(text), in_json=in_json)[0]

    def stream(self, *, in_json: bool = False) -> RestoreStream:
        """Return an incremental restorer over this request's surrogates."""
        return RestoreStream(self, in_json=in_json)

    def held_from(self, text: str) -> int:
        """Return the offset from which *text* might still grow into a surrogate (its length if none)."""
        starts = self._starts or self._prepare()
        for start in starts.finditer(text, max(0, len(text) - self._longest)):
            end = text[start.start() :]
            if self._tags.may_grow(end) or self._literals.may_grow(end):
                return start.start()
        return len(text)

    def replaced(self, text: str, limit: int, *, in_json: bool) -> tuple[str, int]:
        """Return *text* up to *limit* with values restored, and where what was used of it ends."""
        lowered = _lower(text)
        found = [*self._tags.matches(text, lowered), *self._literals.matches(lowered)]
        pieces: list[str] = []
        at = 0
        for start, end, value in sorted(found, key=lambda m: (m[0], -m[1])):
            if start < at or start >= limit:
                continue
            pieces.append(text[at:start])
            pieces.append(json.dumps(value, ensure_ascii=False)[1:-1] if in_json else value)
            at = end
        if at < limit:
            pieces.append(text[at:limit])
            at = limit
        return "".join(pieces), at

    def _prepare(self) -> re.Pattern[str]:
        # On the first streamed piece only: an answer that is whole does not need it.
        self._tags.prepare()
        self._literals.prepare()
        self._longest = max(self._tags.longest, self._literals.longest)
        self._starts = start_pattern(self._tags.starts | self._literals.starts)
        return self._starts


class RestoreStream:
    """Restores a text that arrives in pieces; holds back at most the longest surrogate."""

    __slots__ = ("_held", "_in_json", "_last", "_restorer")

    def __init__(self, restorer: Restorer, *, in_json: bool) -> None:
        self._restorer = restorer
        self._in_json = in_json
        self._held = ""
        self._last = ""

    def feed(self, piece: str) -> str:
        """Take the next *piece* and return what is certain."""
        if not self._restorer:
            return piece
        text = self._held + piece
        hold = self._restorer.held_from(text)
        return self._release(text, hold)

    def close(self) -> str:
        """Return what was held back; the text ends here."""
        return self._release(self._held, len(self._held))

    def _release(self, text: str, limit: int) -> str:
        if not text:
            return ""
        # One character of what went before, so that a word that ran on is not taken for a surrogate.
        lead = len(self._last)
        out, at = self._restorer.replaced(self._last + text, limit + lead, in_json=self._in_json)
        rest = (self._last + text)[at:]
        self._held = rest
        done = at - lead
        out = out[lead:]
        if done > 0:
            self._last = text[done - 1 : done]
        return out


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)
