"""Where the signals are: one pass of all gates, then each pattern whose gates are open. It weighs nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stockade.detectors.engine.matching import Matcher, Triggers, compile_pattern, compile_triggers
from stockade.detectors.injection.signal import SUPPORTING, WORD_EDGE, Signal

# No phrase is longer; what a pattern with an endless word in it matched beyond this is no phrase.
MATCH_BYTES_MAX = 480
# Matches kept of one signal. Whoever repeats a phrase more often gets one claim on the rest of the text.
_EVENTS_EACH = 400


@dataclass(frozen=True, slots=True)
class Event:
    """One match: bytes ``start:end`` of the scanned data."""

    start: int
    end: int
    signal: Signal


@dataclass(frozen=True, slots=True)
class Events:
    """All matches by place, and from where on they were not counted any more (-1: all were)."""

    events: Sequence[Event]
    cut: int = -1


class SignalScanner:
    """Finds the matches of many signals.

    Args:
        signals: what to look for.
        linear: whether RE2 is used where it is installed.
    """

    __slots__ = ("_groups", "_hints", "_matchers", "_signals", "_triggers")

    def __init__(self, signals: Sequence[Signal], *, linear: bool = True) -> None:
        self._signals = tuple(signals)
        self._hints = sum(1 << at for at, one in enumerate(signals) if one.family in SUPPORTING)
        self._matchers: tuple[Matcher, ...] = tuple(
            compile_pattern(one.pattern, linear=linear) for one in signals
        )
        literals = sorted({word for one in signals for group in one.gates for word in group})
        self._triggers: Triggers = compile_triggers([_pattern(word) for word in literals], linear=linear)
        # For each group, what a literal's presence opens: a bit for each signal. A signal is tried if each
        # of its groups is open; where it has no such group, the group is open from the start.
        numbers = {word: number for number, word in enumerate(literals)}
        groups: list[tuple[int, list[int]]] = []
        for level in range(max(len(one.gates) for one in signals)):
            opened = [0] * len(literals)
            free = 0
            for at, one in enumerate(signals):
                if level >= len(one.gates):
                    free |= 1 << at
                    continue
                for word in one.gates[level]:
                    opened[numbers[word]] |= 1 << at
            groups.append((free, opened))
        self._groups = tuple(groups)

    def events(self, data: bytes) -> Events:
        """Return the matches in *data* (folded, lower case) by place."""
        hits = self._triggers.hits(data)
        if not hits:
            return _NONE
        tried = -1
        for free, opened in self._groups:
            ready = free
            for number in hits:
                ready |= opened[number]
            tried &= ready
        found: list[Event] = []
        cut = self._try(tried & ~self._hints, data, found)
        if not found:
            return _NONE
        # Hints support other evidence, so without any they need not be looked for.
        cut = _first(cut, self._try(tried & self._hints, data, found))
        found.sort(key=_place)
        return Events(found, cut)

    def _try(self, tried: int, data: bytes, found: list[Event]) -> int:
        """Add the matches of the signals in the bit set *tried*; return where counting stopped, or -1."""
        cut = -1
        while tried:
            lowest = tried & -tried
            tried ^= lowest
            cut = _first(cut, self._collect(lowest.bit_length() - 1, data, found))
        return cut

    def _collect(self, index: int, data: bytes, found: list[Event]) -> int:
        """Add the matches of one signal; return where counting stopped, or -1."""
        find, signal = self._matchers[index].find, self._signals[index]
        at, size = 0, len(data)
        for _ in range(_EVENTS_EACH):
            spans = find(data, at, size)
            if spans is None:
                return -1
            start, end = spans[0]
            if end - start <= MATCH_BYTES_MAX:
                found.append(Event(start, end, signal))
            at = max(end, start + 1)
        return at


def _first(one: int, other: int) -> int:
    """Return the smaller of two places, where -1 is none."""
    return max(one, other) if min(one, other) < 0 else min(one, other)


def _pattern(literal: bytes) -> bytes:
    """Return the pattern of a gate: a word with its edges, or words with anything but letters between."""
    if literal.startswith(WORD_EDGE):
        return WORD_EDGE + re.escape(literal.removeprefix(WORD_EDGE)) + WORD_EDGE
    return _BETWEEN.join(re.escape(word) for word in literal.split(b" "))


def _place(event: Event) -> tuple[int, int]:
    return (event.start, event.end)


_BETWEEN = rb"[^0-9a-z]+"
_NONE = Events(())
