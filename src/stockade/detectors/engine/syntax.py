"""What every match of a pattern must contain, worked out from the pattern itself.

Reads the part of the syntax that both engines share (literals, classes, groups, alternatives, repeats,
edges) into a tree, and answers questions about the tree: the cheapest way to try a pattern is to know that
it cannot match. Sets of bytes are numbers with a bit for each byte. It matches nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import NamedTuple, Protocol

ALL = (1 << 256) - 1
# How many bytes that are not counted may stand between two that are.
GAP_MAX = 3
_ENDLESS = 1 << 30


def mask(members: Iterable[int]) -> int:
    """Return the set of the bytes *members*."""
    found = 0
    for member in members:
        found |= 1 << member
    return found


class Run(NamedTuple):
    """How many bytes of some kind stand together in every match, at least.

    Attributes:
        best: anywhere.
        first: at the start of the match.
        last: at its end.
        whole: whether a match consists of nothing else.
    """

    best: int = 0
    first: int = 0
    last: int = 0
    whole: bool = False


_NO_RUN = Run()
_EMPTY = Run(whole=True)
_ONE = Run(1, 1, 1, whole=True)


class Node(Protocol):
    """A part of a pattern.

    Attributes:
        members: every byte that a match may contain.
    """

    members: int

    def run(self, kind: int, also: int) -> Run:
        """Return how many bytes of *kind* stand together; those of *also* may be between."""
        ...


class Chars:
    """One byte out of some; out of none is an edge: of a word, a line or the text."""

    __slots__ = ("members",)

    def __init__(self, members: int) -> None:
        self.members = members

    def run(self, kind: int, also: int) -> Run:
        """Count a byte if it is certainly of *kind*."""
        if self.members & ~(kind | also):
            return _NO_RUN
        return _EMPTY if self.members & ~kind or not self.members else _ONE


class Row:
    """One after the other."""

    __slots__ = ("items", "members")

    def __init__(self, items: Sequence[Node]) -> None:
        self.items = items
        self.members = 0
        for item in items:
            self.members |= item.members

    def run(self, kind: int, also: int) -> Run:
        """Join the runs of the parts where they touch."""
        best = first = last = 0
        whole = True
        for item in self.items:
            more, begins, ends, only = item.run(kind, also)
            best = max(best, more, last + begins)
            if whole:
                first += begins
            last = last + ends if only else ends
            whole = whole and only
        return Run(best, first, last, whole)


class Either:
    """One of several."""

    __slots__ = ("members", "options")

    def __init__(self, options: Sequence[Node]) -> None:
        self.options = options
        self.members = 0
        for option in options:
            self.members |= option.members

    def run(self, kind: int, also: int) -> Run:
        """Count what even the poorest option has."""
        best, first, last, whole = zip(*(option.run(kind, also) for option in self.options), strict=True)
        return Run(min(best), min(first), min(last), all(whole))


class Repeat:
    """At least and at most so often."""

    __slots__ = ("item", "least", "members", "most")

    def __init__(self, item: Node, least: int, most: int) -> None:
        self.item = item
        self.least = least
        self.most = most
        self.members = item.members

    def run(self, kind: int, also: int) -> Run:
        """Join what stands there at least so often."""
        one = self.item.run(kind, also)
        least = self.least
        if not one.first and self.most > GAP_MAX:
            # More than a few bytes between two of the kind is not "together" any more.
            return _NO_RUN
        if one.whole:
            return Run(one.best * least, one.first * least, one.last * least, whole=True)
        if not least:
            return _NO_RUN
        return one if least == 1 else Row((self.item, self.item)).run(kind, also)


_EDGE = Chars(0)


@dataclass(slots=True)
class _Reader:
    """Reads a pattern from left to right."""

    text: bytes
    fold: bool
    at: int = 0

    def either(self) -> Node:
        options = [self.row()]
        while self.peek() == b"|":
            self.at += 1
            options.append(self.row())
        return options[0] if len(options) == 1 else Either(options)

    def row(self) -> Node:
        items: list[Node] = []
        while self.at < len(self.text) and self.peek() not in b"|)":
            items.append(self.repeated(self.atom()))
        return items[0] if len(items) == 1 else Row(items)

    def peek(self) -> bytes:
        return self.text[self.at : self.at + 1]

    def take(self) -> int:
        self.at += 1
        return self.text[self.at - 1]

    def atom(self) -> Node:
        char = self.take()
        if char == ord("("):
            return self.group()
        if char == ord("["):
            start = self.at
            self.at = _class_end(self.text, start)
            return Chars(_class(self.text[start : self.at - 1], self.fold))
        if char == ord("\\"):
            return self.escaped()
        if char in b"^$":
            return _EDGE
        return Chars(ALL if char == ord(".") else _class(bytes((char,)), self.fold))

    def group(self) -> Node:
        outer = self.fold
        if self.peek() == b"?":
            stop = self.text.index(b":", self.at)
            self.fold = outer or b"i" in self.text[self.at : stop]
            self.at = stop + 1
        inner = self.either()
        self.at += 1
        self.fold = outer
        return inner

    def escaped(self) -> Node:
        start = self.at - 1
        char = self.take()
        if char in b"bBAzZ":
            return _EDGE
        self.at += 2 * (char == ord("x"))
        return Chars(_class(self.text[start : self.at], self.fold))

    def repeated(self, item: Node) -> Node:
        sign = self.peek()
        if sign == b"" or sign not in b"?*+{":
            return item
        self.at += 1
        least, most = {b"?": (0, 1), b"*": (0, _ENDLESS), b"+": (1, _ENDLESS)}.get(sign, (0, 0))
        if sign == b"{":
            stop = self.text.index(b"}", self.at)
            low, comma, high = self.text[self.at : stop].partition(b",")
            least = int(low)
            most = int(high) if high else _ENDLESS if comma else least
            self.at = stop + 1
        self.at += self.peek() == b"?"
        return Repeat(item, least, most)


def _class_end(text: bytes, at: int) -> int:
    """Return the place after the bracket that closes the class whose inside begins at *at*."""
    at += text.startswith(b"^", at)
    at += text.startswith(b"]", at)
    while text[at] != ord("]"):
        at += 2 if text[at] == ord("\\") else 1
    return at + 1


@cache
def _class(inside: bytes, fold: bool) -> int:  # noqa: FBT001 - a key of the cache
    """Return the bytes of a class, given what stands between its brackets."""
    negated = inside.startswith(b"^") and len(inside) > 1
    at = int(negated)
    found = 0
    while at < len(inside):
        low, at = _member(inside, at)
        if inside[at : at + 1] == b"-" and at + 1 < len(inside):
            high, at = _member(inside, at + 1)
            low = mask(range((low & -low).bit_length() - 1, high.bit_length()))
        found |= low
    if fold:
        members = bytes(byte for byte in range(256) if found >> byte & 1)
        found |= mask(members.lower()) | mask(members.upper())
    return ALL ^ found if negated else found


def _member(inside: bytes, at: int) -> tuple[int, int]:
    """Return what stands at *at* of a class, and the place behind it."""
    if inside[at] != ord("\\"):
        return 1 << inside[at], at + 1
    char = inside[at + 1]
    if char == ord("x"):
        return 1 << int(inside[at + 2 : at + 4], 16), at + 4
    kind = _KINDS.get(char, 0)
    if kind:
        return kind, at + 2
    small = _KINDS.get(char + 32, 0) if char in b"DWS" else 0
    return ALL ^ small if small else 1 << char, at + 2


_DIGITS = b"0123456789"
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_KINDS = MappingProxyType(
    {
        ord("d"): mask(_DIGITS),
        ord("w"): mask(_LETTERS + _DIGITS + b"_"),
        ord("s"): mask(b" \t\n\r\x0b\x0c"),
        ord("n"): mask(b"\n"),
        ord("r"): mask(b"\r"),
        ord("t"): mask(b"\t"),
    }
)


def parse(pattern: bytes, *, fold: bool = False) -> Node:
    """Return the tree of *pattern*."""
    return _Reader(pattern, fold).either()
