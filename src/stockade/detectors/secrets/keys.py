"""Rows of the key tables: ``name | title | pattern | words`` becomes a rule, its probe made from the pattern.

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
from stockade.detectors.engine.spec import Context, Spec
from stockade.detectors.secrets import checksums
from stockade.detectors.secrets.plausible import is_basic, is_bearer, is_plausible, is_random, is_url_password

_WORD = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_LITERAL = re.compile(r"(?:[A-Za-z0-9_:/@~-]|\\[.$\-])+")
_CONTINUED = re.compile(r"\\\n[ ]*")
_HEX = "[0-9a-f]"
_ANY_HEX = "[0-9A-Fa-f]"
SHORTHANDS: MappingProxyType[str, str] = MappingProxyType(
    {
        "<uuid>": "-".join(f"{_HEX}{{{length}}}" for length in (8, 4, 4, 4, 12)),
        "<UUID>": "-".join(f"{_ANY_HEX}{{{length}}}" for length in (8, 4, 4, 4, 12)),
    }
)
# For patterns that the sampler cannot read.
PROBES: MappingProxyType[str, str] = MappingProxyType(
    {
        "url": "amqp://app:" + "k7Vq9zR2" + "@db.internal/app",
        "basic": "Basic " + "YXBwOms3VnE5elIy",
        "bearer": "Authorization: Bearer " + "k7Vq9zR2mW4x",
    }
)
# One in some thousand random strings has no digit; a row whose samples all fail is a mistake.
PROBE_TRIES = 16
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


def near(table: str) -> tuple[Spec, ...]:
    """Return the specs of keys that need a word to their left; columns as for ``prefixed``."""
    return tuple(_near(*row) for row in _rows(table))


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
    """Yield the cells of each row; a row goes on after a backslash at the end of its line."""
    whole = _CONTINUED.sub("", table)
    for name, pattern in SHORTHANDS.items():
        whole = whole.replace(name, pattern)
    for line in whole.strip().splitlines():
        if line.strip() and not line.startswith("#"):
            yield [cell.strip() for cell in line.split(" | ")]


def _prefixed(name: str, title: str, pattern: str, words: str = "", check: str = "") -> Spec:
    triggers = tuple(word.strip().lower() for word in words.split(",") if word.strip()) or (_prefix(pattern),)
    accepts = CHECKS.get(check, is_plausible)
    return Spec(
        key_rule(name, title, f"key {_probe(pattern, accepts, check)} "),
        pattern.encode(),
        words=triggers,
        check=accepts,
        left=_WORD,
        right=_WORD,
        # What only says "some key of this provider" yields to the row that says which.
        alone=0.9 if name.endswith("_other") else 0.95,
    )


def _near(name: str, title: str, pattern: str, words: str, check: str = "") -> Spec:
    names = tuple(word.strip().lower() for word in words.split(","))
    accepts = CHECKS.get(check, is_random)
    return Spec(
        key_rule(
            name,
            title,
            f"{names[0]} key {_probe(pattern, accepts)} ",
            f"{title}, beside a word that names it.",
        ),
        pattern.encode(),
        check=accepts,
        near=Context(name, names),
        left=_WORD,
        right=_WORD,
        alone=0.0,
        strong=0.85,
    )


def _assigned(name: str, title: str, words: str, pattern: str) -> Spec:
    names = [word.strip().lower() for word in words.split(",")]
    either = b"|".join(re.escape(word.encode()) for word in names)
    return Spec(
        key_rule(
            name,
            title,
            f'{names[0]}_key = "{_probe(pattern, is_random)}"',
            f"{title}, after the provider's name.",
        ),
        b"(?:" + either + b")" + ASSIGNS + b"(" + pattern.encode() + rb")(?:[^A-Za-z0-9_+/=\-]|$)",
        words=tuple(names),
        check=is_random,
        # Of two names that both fit, the longer says more.
        alone=0.85 + min(0.04, min(map(len, names)) / 1000),
        fold=True,
    )


def _probe(pattern: str, accepts: Callable[[str], bool], check: str = "") -> str:
    """Return a match of *pattern* that its check accepts."""
    if check in PROBES:
        return PROBES[check]
    finish = checksums.PROBES.get(check, str)
    # An empty group changes nothing about what matches, only which match is drawn.
    tries = (finish(sample("(?:)" * number + pattern)) for number in range(PROBE_TRIES))
    probe = next((probe for probe in tries if accepts(probe)), "")
    if not probe:
        raise ValueError(f"no match of a key row passes its own check: {pattern[:20]}")
    return probe


def _prefix(pattern: str) -> str:
    match = _LITERAL.match(pattern.removeprefix(r"\b"))
    found = match.group().replace("\\", "").lower() if match else ""
    # A character that a repeat follows belongs to the repeat.
    after = pattern.removeprefix(r"\b")[match.end() :][:1] if match else ""
    found = found[:-1] if after in {"{", "?"} and found else found
    if len(found) < 2:
        raise ValueError(f"a key row without a prefix needs words: {pattern[:20]}")
    return found
