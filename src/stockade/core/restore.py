"""Put the caller's own values back where surrogates stand, in whole texts and in streams.

Only surrogates issued in this request are restored. A model may change their case, escape them for
Markdown, drop the brackets or put a space or hyphen for the underscore: these are still recognised. A
surrogate whose identity was altered, or one issued elsewhere, is left as it is. In JSON (tool-call
arguments) the value is escaped, so the text around it stays valid JSON at every cut.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from stockade.core.surrogate import normalize_marks

_TAG = re.compile(r"\[([A-Z][A-Z0-9_]*)_([0-9A-F]+(?:_[0-9]+)?)\]")
# Beyond this many literal surrogates one compiled alternation is cheaper than one search for each.
_LITERALS_MAX = 64


class Restorer:
    """Restores the surrogates of one request.

    Args:
        pairs: surrogate to value.
    """

    __slots__ = ("_alternation", "_first", "_labels", "_literals", "_longest", "_pairs", "_prefixes", "_tags")

    def __init__(self, pairs: Mapping[str, str]) -> None:
        self._tags: dict[str, str] = {}
        self._literals: dict[str, str] = {}
        labels: dict[str, None] = {}
        for surrogate, value in pairs.items():
            tag = _TAG.fullmatch(surrogate)
            if tag:
                self._tags[normalize_marks(surrogate[1:-1])] = value
                labels[tag[1]] = None
            else:
                self._literals[surrogate.lower()] = value
        self._labels = tuple((label.split("_")[0].lower(), _tag_pattern(label)) for label in labels)
        self._alternation = _alternation(self._literals) if len(self._literals) > _LITERALS_MAX else None
        self._prefixes: frozenset[str] | None = None
        self._first: frozenset[str] = frozenset()
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
        return self._replace(text, len(text), in_json=in_json)[0]

    def stream(self, *, in_json: bool = False) -> RestoreStream:
        """Return an incremental restorer over this request's surrogates."""
        return RestoreStream(self, in_json=in_json)

    def held_from(self, text: str) -> int:
        """Return the offset from which *text* might still grow into a surrogate (its length if none)."""
        if self._prefixes is None:
            self._prepare()
        prefixes, first = self._prefixes, self._first
        assert prefixes is not None
        for at in range(max(0, len(text) - self._longest), len(text)):
            char = text[at].lower()
            if char in first and _bare(text[at:]) in prefixes:
                return at
            if char in first and text[at:].lower() in prefixes:
                return at
        return len(text)

    def _prepare(self) -> None:
        # Built on the first streamed piece only; the whole set is a few kilobytes.
        forms = [*self._tags, *self._literals]
        self._prefixes = frozenset(form[:cut] for form in forms for cut in range(len(form) + 1))
        self._first = frozenset({form[0] for form in forms} | {"[", "\\"})
        # Room for the brackets and for every underscore escaped.
        self._longest = max((len(f) + f.count("_") + 6 for f in forms), default=0)

    def _replace(self, text: str, limit: int, *, in_json: bool) -> tuple[str, int]:
        lowered = _lower(text)
        found = sorted(self._matches(text, lowered), key=lambda m: (m[0], -m[1]))
        pieces: list[str] = []
        at = 0
        for start, end, value in found:
            if start < at or start >= limit:
                continue
            pieces.append(text[at:start])
            pieces.append(json.dumps(value, ensure_ascii=False)[1:-1] if in_json else value)
            at = end
        if at < limit:
            pieces.append(text[at:limit])
            at = limit
        return "".join(pieces), at

    def _matches(self, text: str, lowered: str) -> Iterable[tuple[int, int, str]]:
        for head, pattern in self._labels:
            at = lowered.find(head)
            while at >= 0:
                match = pattern.match(text, at)
                if match and not _is_word(text, at - 1) and _ends(text, match):
                    value = self._tags.get(normalize_marks(match["core"]))
                    if value is not None:
                        yield (*_bracketed(text, match), value)
                at = lowered.find(head, at + 1)
        if self._alternation is not None:
            for match in self._alternation.finditer(lowered):
                if _stands_alone(text, match.start(), match.end()):
                    yield match.start(), match.end(), self._literals[match[0]]
            return
        for literal, value in self._literals.items():
            at = lowered.find(literal)
            while at >= 0:
                if _stands_alone(text, at, at + len(literal)):
                    yield at, at + len(literal), value
                at = lowered.find(literal, at + 1)


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
        out, at = self._restorer._replace(self._last + text, limit + lead, in_json=self._in_json)
        rest = (self._last + text)[at:]
        self._held = rest
        done = at - lead
        out = out[lead:]
        if done > 0:
            self._last = text[done - 1 : done]
        return out


@lru_cache(maxsize=512)
def _tag_pattern(label: str) -> re.Pattern[str]:
    words = r"\\?[_ -]".join(re.escape(word) for word in label.split("_"))
    return re.compile(
        rf"(?P<core>{words}\\?[_ -][0-9a-f]{{1,16}}(?:\\?_[0-9]{{1,6}})?)(?P<close>\\?\])?", re.IGNORECASE
    )


def _alternation(literals: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(literals, key=len, reverse=True)
    return re.compile("|".join(re.escape(literal) for literal in longest_first))


def _bracketed(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Return the span to replace: brackets go only as a pair, so that nothing of the caller's is eaten."""
    start, end = match.start(), match.end("core")
    close = match["close"]
    if close and text[start - 1 : start] == "[":
        start, end = start - 1, match.end("close")
        if close == "\\]" and text[start - 1 : start] == "\\":
            start -= 1
        elif close == "\\]":
            return match.start(), match.end("core")
    return start, end


def _ends(text: str, match: re.Match[str]) -> bool:
    return bool(match["close"]) or not _is_word(text, match.end("core"))


def _is_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isascii() and (text[at].isalnum() or text[at] == "_")


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = _is_word(text, start - 1) and _is_word(text, start)
    after = _is_word(text, end) and _is_word(text, end - 1)
    return not before and not after


def _bare(text: str) -> str:
    bare = text.lstrip("\\")
    bare = bare.removeprefix("[")
    return normalize_marks(bare)


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)
