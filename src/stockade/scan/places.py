"""Spans of a text to lines and columns, and matched values to what may be shown of them."""

from __future__ import annotations

from bisect import bisect_right

from stockade.core.finding import Rule, Span
from stockade.reports import Place

# Values shorter than this show nothing of themselves; the first characters of longer ones are their kind.
SHOWN_CHARS_MIN = 20
SHOWN_CHARS = 4
REVEALED_CHARS_MAX = 200


class Lines:
    """The lines of one text."""

    __slots__ = ("_starts",)

    def __init__(self, text: str) -> None:
        starts = [0]
        at = text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = text.find("\n", at + 1)
        self._starts = starts

    def place(self, path: str, span: Span, commit: str = "") -> Place:
        """Return where *span* is."""
        line, column = self._spot(span.start)
        last = max(span.start, span.end - 1)
        end_line, end_column = self._spot(last)
        return Place(path, line, column, end_line, end_column + 1, commit)

    def _spot(self, at: int) -> tuple[int, int]:
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1


def redacted(rule: Rule, value: str) -> str:
    """Return what may be shown of *value*: the first characters of a long credential, else nothing."""
    if rule.data_class == "credentials" and len(value) >= SHOWN_CHARS_MIN:
        return f"{value[:SHOWN_CHARS]}…"
    return "…"


def revealed(value: str) -> str:
    """Return *value* as it is shown to somebody who asked for it at a terminal."""
    return value if len(value) <= REVEALED_CHARS_MAX else f"{value[:REVEALED_CHARS_MAX]}…"
