"""Compiled patterns over bytes: RE2 where its wheel exists, the standard library where it does not.

Patterns are written in what both engines share: no look-around, no back-reference, bounded repeats, bytes
of UTF-8 one by one. RE2 is linear whatever the input. The standard library's engine is not; it is the
fallback for platforms without a wheel (musl), and every pattern shipped here is free of nested repeats.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Protocol

# 64 MiB: about a thousand literals need 2 MiB of automaton; the rest is room for its cache of states.
TRIGGER_MEMORY_BYTES = 64 * 1024 * 1024
# RE2 refuses a repeat beyond 1,000 and unrolls every repeat below it; where a table says "up to 4,000" it
# means "however long", and that costs one state instead of four thousand.
_REPEAT = re.compile(rb"\{(\d+),(\d{4,})\}")
_CANARY = rb"\z"


class Matcher(Protocol):
    """One compiled pattern."""

    def find(self, data: bytes, start: int, end: int) -> Sequence[tuple[int, int]] | None:
        """Return the spans of the first match within ``data[start:end]`` and its groups, or ``None``."""
        ...

    def match(self, data: bytes, start: int, end: int) -> Sequence[tuple[int, int]] | None:
        """Return the spans of the match that begins at *start*, or ``None``."""
        ...


class Triggers(Protocol):
    """Many small patterns, asked at once."""

    def hits(self, data: bytes) -> Sequence[int]:
        """Return the numbers of the patterns that occur in *data*."""
        ...


class _Raw(Protocol):
    """What of RE2's compiled pattern is used: its binding, below the slower wrapper."""

    def Match(  # noqa: N802 - RE2's name
        self, anchor: object, text: bytes, start: int, end: int
    ) -> Sequence[tuple[int, int]]: ...


class _RawSet(Protocol):
    def Add(self, pattern: bytes) -> int: ...  # noqa: N802 - RE2's name

    def Compile(self) -> None: ...  # noqa: N802 - RE2's name

    def Match(self, text: bytes) -> list[int] | None: ...  # noqa: N802 - RE2's name


class _Options(Protocol):
    encoding: object
    log_errors: bool
    case_sensitive: bool
    max_mem: int


class _Re2Matcher:
    """RE2. The wrapper's match objects cost three times the match, so the binding is asked directly."""

    __slots__ = ("_anchored", "_match", "_pattern", "_unanchored")

    def __init__(self, pattern: bytes, memory: int) -> None:
        import re2

        compiled = re2.compile(pattern, _options(memory))
        self._pattern = compiled  # keeps the binding's object alive
        raw: _Raw = compiled._regexp  # noqa: SLF001 - measured: 0.9 instead of 2.3 µs a match
        self._match = raw.Match
        anchor = re2._re2.RE2.Anchor  # noqa: SLF001 - same
        self._unanchored: object = anchor.UNANCHORED
        self._anchored: object = anchor.ANCHOR_START

    def find(self, data: bytes, start: int, end: int) -> Sequence[tuple[int, int]] | None:
        spans = self._match(self._unanchored, data, start, end)
        return None if spans[0][0] < 0 else spans

    def match(self, data: bytes, start: int, end: int) -> Sequence[tuple[int, int]] | None:
        spans = self._match(self._anchored, data, start, end)
        return None if spans[0][0] < 0 else spans


class _StdMatcher:
    __slots__ = ("_pattern",)

    def __init__(self, pattern: bytes) -> None:
        self._pattern = re.compile(pattern)

    def find(self, data: bytes, start: int, end: int) -> Sequence[tuple[int, int]] | None:
        match = self._pattern.search(data, start, end)
        return None if match is None else match.regs

    def match(self, data: bytes, start: int, end: int) -> Sequence[tuple[int, int]] | None:
        match = self._pattern.match(data, start, end)
        return None if match is None else match.regs


class _Re2Triggers:
    __slots__ = ("_all", "_match")

    def __init__(self, patterns: Sequence[bytes]) -> None:
        import re2

        options = _options()
        options.case_sensitive = False
        compiled: _RawSet = re2.Set.SearchSet(options)
        # The canary is the end of the text: it is in every text, so an answer without it means that the
        # automaton ran out of memory, and then every rule is tried. RE2 says nothing else about it. (The
        # empty pattern would do as well, but matching at every byte it halves the speed.)
        for pattern in (*patterns, _CANARY):
            compiled.Add(pattern)
        compiled.Compile()
        self._match = compiled.Match
        self._all = range(len(patterns))

    def hits(self, data: bytes) -> Sequence[int]:
        found = self._match(data)
        canary = len(self._all)
        if found is None or canary not in found:
            return self._all
        found.remove(canary)
        return found


class _StdTriggers:
    __slots__ = ("_patterns",)

    def __init__(self, patterns: Sequence[bytes]) -> None:
        self._patterns = [re.compile(pattern, re.IGNORECASE) for pattern in patterns]

    def hits(self, data: bytes) -> Sequence[int]:
        return [number for number, pattern in enumerate(self._patterns) if pattern.search(data)]


@cache
def re2_available() -> bool:
    """Say whether the linear engine is installed."""
    try:
        import re2
    except ImportError:
        return False
    return hasattr(re2, "_re2")


def compile_pattern(pattern: bytes, *, linear: bool = True, memory: int = TRIGGER_MEMORY_BYTES) -> Matcher:
    """Return *pattern* compiled, by RE2 if *linear* and installed.

    The memory is a bound, taken as it is needed; a pattern that needs more becomes a hundred times slower.
    """
    pattern = _REPEAT.sub(rb"{\1,}", pattern)
    return _Re2Matcher(pattern, memory) if linear and re2_available() else _StdMatcher(pattern)


def compile_triggers(patterns: Sequence[bytes], *, linear: bool = True) -> Triggers:
    """Return *patterns* compiled into one automaton that ignores the case of ASCII letters."""
    return _Re2Triggers(patterns) if linear and re2_available() else _StdTriggers(patterns)


def _options(memory: int = TRIGGER_MEMORY_BYTES) -> _Options:
    import re2

    options: _Options = re2.Options()
    # Bytes one by one: offsets need no translation, and text that is not UTF-8 cannot stop the search.
    options.encoding = re2.Options.Encoding.LATIN1
    options.log_errors = False
    options.max_mem = memory
    return options
