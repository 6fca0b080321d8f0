"""Whether a value can be a secret at all: not a placeholder, not a reference, not a word.

Entropy and rarity only support: they never make a finding, they only keep a match from being one.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections import Counter
from math import log2

_PLACEHOLDER = re.compile(
    r"example|sample|dummy|placeholder|change.?me|your[_-]?|my[_-]?(?:key|secret|token|password)|xxxx|\*\*\*|\.\.\.|"
    r"<[^>]*>|\$\{|\{\{|%[({]|redacted|todo|fixme|foobar|insert|replace|test_?test|abcdefghij|"
    r"aaaaaa|000000|notreal|not_a_real",
    re.IGNORECASE,
)
_LONG_ENOUGH = 24
# Letters alone are a password only from here on; what is shorter stands in documentation.
PLAIN_CHARS_MIN = 8
_PASSWORD_WORDS = frozenset(
    "password passwd pass pwd secret token username user none null true false empty undefined hidden "
    "test admin string xxx tiger".split()
)


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
    """Say whether *value* looks drawn by chance: letters and digits mixed."""
    if is_placeholder(value):
        return False
    digits = sum(char.isdigit() for char in value)
    return digits > 0 and entropy(value) >= min(3.0, log2(len(value)) * 0.62)


def is_url_password(value: str) -> bool:
    """Say whether the password of an address or a command is one: not a variable, not a short plain word."""
    return not (
        value.startswith(("$", "%", "{", "<", "*"))
        or (value.isalpha() and len(value) < PLAIN_CHARS_MIN)
        or value.lower() in _PASSWORD_WORDS
        or is_placeholder_word(value)
    )


def is_placeholder_word(value: str) -> bool:
    """Say whether *value* is a stand-in by its words; short values may repeat letters."""
    return _PLACEHOLDER.search(value) is not None


def is_basic(value: str) -> bool:
    """Say whether *value* is base64 of ``name:password``."""
    try:
        plain = b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=False)
    except ValueError:
        return False
    return b":" in plain.strip(b":") and all(32 <= byte < 127 for byte in plain)


def is_bearer(value: str) -> bool:
    """Say whether *value* is a token: not a variable, not a word."""
    return not is_placeholder_word(value) and any(char.isdigit() for char in value) and len(set(value)) > 5


def is_pair(value: str) -> bool:
    """Say whether *value* is ``user:password`` with a password that is one."""
    user, colon, password = value.strip("\"'").partition(":")
    word = password.strip("\"'") or user
    return (
        bool(colon)
        and len(word) > 3
        and word.lower() != user.lower()
        and is_url_password(word)
        and not ("$" in word[:1] or "://" in value)
    )
