"""Text that a reader does not see and a model does: tag characters, variation selectors, zero-width runs.

Each hidden run is found and, where it spells something, decoded. Single joiners and selectors, as emoji
and several scripts need them, are left alone, and so are the flags that are spelled in tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_RUNS = re.compile(
    "[\U000e0000-\U000e007f]{3,}"
    "|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{3,}"
    "|[\u200b-\u200f\u2060-\u2064\ufeff\u180e\u00ad]{6,}"
)
_FLAG = "\U0001f3f4"
_FLAG_CHARS_MAX = 8
_ZERO_WIDTH_RUN = 16


@dataclass(frozen=True, slots=True)
class HiddenRun:
    """A run of characters nobody sees.

    Attributes:
        start: where it begins.
        end: where it ends.
        confidence: how unlikely it is that it came about by accident.
        decoded: what it spells, or empty.
    """

    start: int
    end: int
    confidence: float
    decoded: str = field(default="", repr=False)


def hidden_runs(text: str) -> Iterator[HiddenRun]:
    """Yield the invisible runs of *text*."""
    if text.isascii():
        return
    for found in _RUNS.finditer(text):
        start, end = found.span()
        run = found.group()
        if 0xE0000 <= ord(run[0]) <= 0xE007F:
            if start and text[start - 1] == _FLAG and len(run) <= _FLAG_CHARS_MAX:
                continue
            yield HiddenRun(start, end, 0.95, _tags(run))
        elif ord(run[0]) >= 0xFE00 and ord(run[0]) != 0xFEFF:
            yield HiddenRun(start, end, 0.95 if len(run) > 7 else 0.6, _selectors(run))
        else:
            yield HiddenRun(start, end, 0.75 if len(run) >= _ZERO_WIDTH_RUN else 0.45, _binary(run))


def _tags(run: str) -> str:
    return "".join(chr(ord(c) - 0xE0000) for c in run if 0xE0020 <= ord(c) <= 0xE007E)


def _selectors(run: str) -> str:
    """Decode one byte a selector: VS1-16 are 0 to 15, VS17-256 the rest."""
    data = bytes(ord(c) - 0xFE00 if ord(c) <= 0xFE0F else ord(c) - 0xE0100 + 16 for c in run)
    return data.decode("utf-8", "replace")


def _binary(run: str) -> str:
    """Decode eight characters a byte where just two different ones are used; the first seen is zero."""
    kinds = sorted(set(run))
    if len(kinds) != 2:
        return ""
    for zero in kinds:
        bits = "".join("0" if c == zero else "1" for c in run)
        spelled = bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits) - 7, 8))
        if spelled.isascii() and spelled.decode().isprintable():
            return spelled.decode()
    return ""
