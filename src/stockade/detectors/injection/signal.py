"""What one signal is: a pattern over folded lower-case bytes, with its weight. Data only; it weighs nothing.

Patterns are written as phrases: a blank stands for what may separate two words, ``~3`` for up to three
words in between. What is not ASCII is folded the way texts are, so it must not stand in character classes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from stockade.detectors.normalize.fold import fold_character

# What may stand between two words of a phrase: blanks, marks, the edge of a comment line.
SEPARATOR = rb"(?:[^0-9a-z\x80-\xff]{1,4})"
# A gate that begins with it stands for a whole word.
WORD_EDGE = rb"\b"
# Stands for an upright stroke in a gate, where strokes part the literals.
_STROKE = "¦"
_WORD = rb"[0-9a-z'\x80-\xff-]+"
_GAP = re.compile(rb"~(\d) ")
_FOREIGN = re.compile(r"[^\x00-\x7f]")


class Family(StrEnum):
    """What kind of evidence a signal is; each kind is a rule, save ``HINT``.

    Hints and hidden places support other evidence; alone they are nothing.
    """

    OVERRIDE = "override"
    REVEAL = "reveal"
    JAILBREAK = "jailbreak"
    ADDRESSED = "addressed"
    TASK = "new-task"
    ROLE = "role-token"
    EXFILTRATION = "exfiltration"
    ACTION = "dangerous-action"
    CONCEALMENT = "concealment"
    STEERING = "steering"
    HIDDEN = "hidden-text"
    HINT = "hint"


SUPPORTING = frozenset({Family.HIDDEN, Family.HINT})


@dataclass(frozen=True, slots=True)
class Signal:
    """One pattern.

    Attributes:
        family: the kind of evidence.
        weight: how likely an attack is, given this signal alone.
        pattern: bytes of a regular expression, in what RE2 and ``re`` share.
        gates: groups of literals; of each group one occurs in every text the pattern matches.
    """

    family: Family
    weight: float
    pattern: bytes
    gates: tuple[tuple[bytes, ...], ...]


def folded(text: str) -> str:
    """Return the pattern *text* with its letters as they stand in folded, lower-case text.

    Some capitals look Latin where their small letters do not (Cyrillic T, V, N), and fold that way; a letter
    of a pattern stands for both.
    """
    return _FOREIGN.sub(lambda found: _either(found.group()), text)


def _either(char: str) -> str:
    small, large = _fold(char), _fold(char.upper())
    return small if small == large else f"(?:{small}|{large})"


def _fold(text: str) -> str:
    return "".join(c if c == _STROKE else fold_character(c).lower() for c in text)


def phrase(text: str) -> bytes:
    """Return the pattern of a phrase: blanks become separators, ``~n`` up to n words."""
    data = folded(text).encode()
    parts: list[bytes] = []
    at = 0
    for found in _GAP.finditer(data):
        parts.append(data[at : found.start()].replace(b" ", SEPARATOR))
        parts.append(rb"(?:" + _WORD + SEPARATOR + rb"){0," + found[1] + rb"}")
        at = found.end()
    parts.append(data[at:].replace(b" ", SEPARATOR))
    return b"".join(parts)


class Phrase(NamedTuple):
    """One row of a table: a phrase in words; its edges are word edges."""

    family: Family
    weight: float
    gates: str | tuple[str, ...]
    text: str


class Pattern(NamedTuple):
    """One row of a table: a pattern taken as it is, its letters folded."""

    family: Family
    weight: float
    gates: str | tuple[str, ...]
    text: str


Row = Phrase | Pattern


def signals(rows: Iterable[Row]) -> tuple[Signal, ...]:
    """Return the signals that *rows* describe."""
    return tuple(_signal(row) for row in rows)


def _signal(row: Row) -> Signal:
    groups = (row.gates,) if isinstance(row.gates, str) else row.gates
    words = rb"\b(?:" + phrase(row.text) + rb")" if isinstance(row, Phrase) else folded(row.text).encode()
    return Signal(row.family, row.weight, words, _literals(groups))


def _literals(groups: Iterable[str]) -> tuple[tuple[bytes, ...], ...]:
    return tuple(
        tuple(dict.fromkeys(form for word in group.split("|") for form in _forms(word))) for group in groups
    )


def _forms(word: str) -> Iterator[bytes]:
    """Yield a gate as it stands in folded text, in small letters, with a capital, and in capitals."""
    if word.isascii():
        yield word.encode()
        return
    for form in (word, word.capitalize(), word.upper()):
        yield _fold(form).replace(_STROKE, "|").encode()
