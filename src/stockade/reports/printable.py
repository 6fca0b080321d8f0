"""Text of others made safe to print: no character that steers a terminal, reorders a line or breaks XML."""

from __future__ import annotations

import unicodedata

_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def one_line(text: str) -> str:
    """Return *text* on one line, with a replacement mark for what should not be printed."""
    return "".join(char if unicodedata.category(char) not in _UNSAFE else "\ufffd" for char in text)
