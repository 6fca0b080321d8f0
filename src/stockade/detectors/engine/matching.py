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


class Matcher(Protocol):
    """One compiled pattern."""

    def find(self, data: bytes, start: int, end: int) -> Sequence[tuple[int, int]] | None:
        """Return the spans of the first match within ``data[start:end]`` and its groups, or ``None``."""
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
    def Match(self, text: bytes) -> Sequence[int] | None: ...  # noqa: N802 - RE2's name


class _Re2Matcher:
    """RE2. The wrapper's match objects cost three times the match, so the binding is asked directly."""

    __slots__ = ("_anchor", "_pattern", "_raw")

    def __init__(self, pattern: bytes) -> None:
        import re2

        options = _options()
        compiled = re2.compile(pattern, options)
        self._pattern = compiled  # keeps the binding's object alive
        self._raw: _Raw = compiled._regexp  # noqa: SLF001 - measured: 0.9 instead of 2.3 µs a match
        self._anchor: object = re2._re2.RE2.Anchor.UNANCHORED  # noqa: SLF001 - same

    def find(self, data: bytes, start: int, end: int) -> Sequence[tuple[int, int]] | None:
        spans = self._raw.Match(self._anchor, data, start, end)
        return None if spans[0][0] < 0 else spans


class _StdMatcher:
    __slots__ = ("_pattern",)

    def __init__(self, pattern: bytes) -> None:
        self._pattern = re.compile(pattern)

    def find(self, data: bytes, start: int, end: int) -> Sequence[tuple[int, int]] | None:
        match = self._pattern.search(data, start, end)
        return None if match is None else match.regs


class _Re2Triggers:
    __slots__ = ("_all", "_set")

    def __init__(self, patterns: Sequence[bytes]) -> None:
        import re2

        options = _options()
        options.case_sensitive = False
        options.max_mem = TRIGGER_MEMORY_BYTES
        compiled = re2.Set.SearchSet(options)
        # The canary is the empty pattern: it is in every text, so an answer without it means that the
        # automaton ran out of memory, and then every rule is tried. RE2 says nothing else about it.
        for pattern in (b"", *patterns):
            compiled.Add(pattern)
        compiled.Compile()
        self._set: _RawSet = compiled
        self._all = range(len(patterns))

    def hits(self, data: bytes) -> Sequence[int]:
        found = self._set.Match(data)
        if not found:
            return self._all
        return [number - 1 for number in found if number]


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


def compile_pattern(pattern: bytes, *, linear: bool = True) -> Matcher:
    """Return *pattern* compiled, by RE2 if *linear* and installed."""
    return _Re2Matcher(pattern) if linear and re2_available() else _StdMatcher(pattern)


def compile_triggers(patterns: Sequence[bytes], *, linear: bool = True) -> Triggers:
    """Return *patterns* compiled into one automaton that ignores the case of ASCII letters."""
    return _Re2Triggers(patterns) if linear and re2_available() else _StdTriggers(patterns)


def _options():  # type: ignore[no-untyped-def]
    import re2

    options = re2.Options()
    # Bytes one by one: offsets need no translation, and text that is not UTF-8 cannot stop the search.
    options.encoding = re2.Options.Encoding.LATIN1
    options.log_errors = False
    return options
