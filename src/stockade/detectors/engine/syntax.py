"""What every match of a pattern must contain, worked out from the pattern itself.

Reads the part of the syntax that both engines share (literals, classes, groups, alternatives, repeats,
edges) into a tree, and answers questions about the tree: the cheapest way to try a pattern is to know that
it cannot match. Sets of bytes are numbers with a bit for each byte. It matches nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

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


@dataclass(slots=True)
class Chars:
    """One byte out of some; out of none is an edge: of a word, a line or the text."""

    members: int


@dataclass(slots=True)
class Row:
    """One after the other."""

    items: tuple[Node, ...]


@dataclass(slots=True)
class Either:
    """One of several."""

    options: tuple[Node, ...]


@dataclass(slots=True)
class Repeat:
    """At least and at most so often."""

    item: Node
    least: int
    most: int


Node = Chars | Row | Either | Repeat
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
        return options[0] if len(options) == 1 else Either(tuple(options))

    def row(self) -> Node:
        items: list[Node] = []
        while self.at < len(self.text) and self.peek() not in b"|)":
            items.append(self.repeated(self.atom()))
        return Row(tuple(items))

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


def charset(node: Node) -> int:
    """Return every byte that a match of *node* may contain."""
    match node:
        case Chars(members):
            return members
        case Repeat(item):
            return charset(item)
        case Row(nodes) | Either(nodes):
            found = 0
            for inner in nodes:
                found |= charset(inner)
            return found


@dataclass(slots=True)
class Run:
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


def run_of(node: Node, kind: int, also: int = 0) -> Run:
    """Return how many bytes of *kind* stand together in every match; those of *also* may be between."""
    match node:
        case Chars(members):
            if members & ~(kind | also):
                return _NO_RUN
            return _EMPTY if members & ~kind or not members else _ONE
        case Row(items):
            total = _EMPTY
            for item in items:
                total = _joined(total, run_of(item, kind, also))
            return total
        case Either(options):
            runs = [run_of(option, kind, also) for option in options]
            return Run(
                min(run.best for run in runs),
                min(run.first for run in runs),
                min(run.last for run in runs),
                whole=all(run.whole for run in runs),
            )
        case Repeat(item, least, most):
            run = run_of(item, kind, also)
            # More than a few bytes between two of the kind is not "together" any more.
            return _NO_RUN if not run.first and most > GAP_MAX else _times(run, least)


def _joined(left: Run, right: Run) -> Run:
    return Run(
        max(left.best, right.best, left.last + right.first),
        left.first + right.first if left.whole else left.first,
        left.last + right.last if right.whole else right.last,
        whole=left.whole and right.whole,
    )


def _times(run: Run, least: int) -> Run:
    if run.whole:
        return Run(run.best * least, run.first * least, run.last * least, whole=True)
    if not least:
        return _NO_RUN
    return run if least == 1 else _joined(run, run)
