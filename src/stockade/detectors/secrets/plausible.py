"""Whether a value can be a secret at all: not a placeholder, not a reference, not a word.

Entropy and rarity only support: they never make a finding, they only keep a match from being one.
"""

from __future__ import annotations

import re
from collections import Counter
from math import log2

_PLACEHOLDER = re.compile(
    r"example|sample|dummy|placeholder|change.?me|your[_-]?|my[_-]?(?:key|secret|token|password)|xxxx|\*\*\*\*|\.\.\.\.?|"
    r"<[^>]*>|\$\{|\{\{|%[({]|redacted|todo|fixme|foobar|insert|replace|test_?test|abcdefghij|0123456789|1234567890|"
    r"aaaaaa|000000|11111|fake|notreal|not_a_real|deadbeef",
    re.IGNORECASE,
)
_LONG_ENOUGH = 24


def entropy(value: str) -> float:
    """Return Shannon's entropy of *value* in bits a character."""
    if not value:
        return 0.0
    length = len(value)
    return -sum(n / length * log2(n / length) for n in Counter(value).values())


def is_placeholder(value: str) -> bool:
    """Say whether *value* stands for a secret instead of being one."""
    return len(set(value)) < 4 or _PLACEHOLDER.search(value) is not None


def is_plausible(value: str) -> bool:
    """Say whether a value with a provider's prefix can be a key: enough different characters."""
    tail = value[-_LONG_ENOUGH:]
    return len(set(tail)) >= min(6, len(tail) // 3) and "xxxx" not in value.lower() and "..." not in value


def is_random(value: str) -> bool:
    """Say whether *value* looks drawn by chance: letters and digits mixed, or more letters than words have."""
    if is_placeholder(value):
        return False
    digits = sum(char.isdigit() for char in value)
    return digits > 0 and entropy(value) >= min(3.0, log2(len(value)) * 0.62)
