"""Rows of the key tables: ``name | title | pattern | words`` becomes a rule with a probe made from its pattern.

Two kinds: keys that a prefix of their own gives away, and keys that only the provider's name beside an
assignment tells from a random string. The prefix of the first kind is its trigger.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType

from stockade.core.finding import Rule, Severity
from stockade.detectors.engine.manual import rule_row
from stockade.detectors.engine.sample import sample
from stockade.detectors.engine.spec import Spec
from stockade.detectors.secrets import checksums
from stockade.detectors.secrets.plausible import is_basic, is_bearer, is_plausible, is_random, is_url_password

_WORD = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_LITERAL = re.compile(r"(?:[A-Za-z0-9_:/@~-]|\\[.$\-])+")
# Between a provider's name and the value: the rest of a variable's name, then what assigns.
ASSIGNS = (
    rb"[A-Za-z0-9_ \t.\-\[\]'\"]{0,40}(?:=>|:{1,3}=|\?=|\|\||=|:|,|>|\()"
    rb"[ \t\r\n'\"=\x60>(]{0,12}"
)
CHECKS: MappingProxyType[str, Callable[[str], bool]] = MappingProxyType(
    {
        "github": checksums.github,
        "stockade": checksums.stockade,
        "url": is_url_password,
        "basic": is_basic,
        "bearer": is_bearer,
        "any": lambda _: True,
    }
)


def prefixed(table: str) -> tuple[Spec, ...]:
    """Return the specs of keys with a prefix: ``name | title | pattern [| words [| check]]``."""
    return tuple(_prefixed(*row) for row in _rows(table))


def assigned(table: str) -> tuple[Spec, ...]:
    """Return the specs of keys told by a name beside them: ``name | title | words, … | pattern``."""
    return tuple(_assigned(*row) for row in _rows(table))


def key_rule(name: str, title: str, probe: str, finds: str = "") -> Rule:
    """Return the rule of a kind of key."""
    return rule_row(
        "credentials",
        name.upper(),
        title,
        probe,
        finds=finds or f"{title}, by its shape.",
        severity=Severity.CRITICAL,
    )


def _rows(table: str) -> Iterator[list[str]]:
    for line in table.strip().splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield [cell.strip() for cell in line.split(" | ")]


def _prefixed(name: str, title: str, pattern: str, words: str = "", check: str = "") -> Spec:
    triggers = tuple(word.strip().lower() for word in words.split(",") if word.strip()) or (_prefix(pattern),)
    probe = checksums.PROBES[check](sample(pattern)) if check in checksums.PROBES else sample(pattern)
    return Spec(
        key_rule(name, title, f"key {probe} "),
        pattern.encode(),
        words=triggers,
        check=CHECKS.get(check, is_plausible),
        left=_WORD,
        right=_WORD,
        # What only says "some key of this provider" yields to the row that says which.
        alone=0.9 if name.endswith("_other") else 0.95,
    )


def _assigned(name: str, title: str, words: str, pattern: str) -> Spec:
    names = [word.strip().lower() for word in words.split(",")]
    either = b"|".join(re.escape(word.encode()) for word in names)
    return Spec(
        key_rule(
            name, title, f'{names[0]}_key = "{sample(pattern)}"', f"{title}, after the provider's name."
        ),
        b"(?:" + either + b")" + ASSIGNS + b"(" + pattern.encode() + rb")(?:[^A-Za-z0-9_+/=\-]|$)",
        words=tuple(names),
        check=is_random,
        alone=0.85,
        fold=True,
    )


def _prefix(pattern: str) -> str:
    match = _LITERAL.match(pattern.removeprefix(r"\b"))
    found = match.group().replace("\\", "").lower() if match else ""
    # A character that a repeat follows belongs to the repeat.
    after = pattern.removeprefix(r"\b")[match.end() :][:1] if match else ""
    found = found[:-1] if after in {"{", "?"} and found else found
    if len(found) < 2:
        raise ValueError("a key row without a prefix needs words")
    return found
