"""What one pattern of a rule is: data for the scanner. It decides nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from stockade.core.finding import Rule

# How far to the left of a value its context words are looked for, in bytes of the folded text.
CONTEXT_BYTES = 96
# What joins texts that are scanned together; no pattern contains it and no context is looked for across it.
SEPARATOR = b"\0"
# No hit with white space in it is longer, save those of finders (a card has 23, an IBAN 42, a date 30).
SPACED_BYTES_MAX = 120


@dataclass(frozen=True, slots=True)
class Context:
    """Words that say what a value is; looked for to its left only.

    Attributes:
        name: for people and for caches.
        words: lower case, folded as the text is; a word ends where letters end.
        reach: how many bytes to the left they may stand.
    """

    name: str
    words: tuple[str, ...]
    reach: int = CONTEXT_BYTES


@dataclass(frozen=True, slots=True)
class Spec:
    """One pattern of one rule.

    Attributes:
        rule: what a hit claims.
        pattern: the exact pattern, over bytes; its first group is the span, if it has one.
        words: literals, one of which is in every text the pattern can match; lower case.
        shapes: small patterns, one of which is in every text the pattern can match.
        check: whether a matched value can be real (checksum, structure, rarity).
        near: words that raise the confidence to ``strong``.
        veto: words that say it is something else.
        alone: confidence without a word near it; below one half nothing is reported.
        strong: confidence with a word near it.
        left: bytes that may not stand before the value.
        right: bytes that may not stand after the value.
        fold: whether ASCII case is ignored.
        digits: how many digits every value has at least, near each other; where only words give a value
            away, that saves most tries. What the pattern says itself need not be repeated.
        finder: instead of a pattern, for what needs more than one; proven linear by its own test.
    """

    rule: Rule
    pattern: bytes = b""
    words: tuple[str, ...] = ()
    shapes: tuple[bytes, ...] = ()
    check: Callable[[str], bool] | None = None
    near: Context | None = None
    veto: Context | None = None
    alone: float = 0.9
    strong: float = 0.95
    left: bytes = b""
    right: bytes = b""
    fold: bool = False
    digits: int = 1
    finder: Callable[[bytes], Iterator[tuple[int, int, float]]] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Hit:
    """A match that passed its checks: bytes ``start:end`` of the scanned data."""

    start: int
    end: int
    confidence: float
    rule: Rule
