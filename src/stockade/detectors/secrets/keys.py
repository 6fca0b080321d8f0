"""Rows of the key tables: one line becomes a rule, its probe made from its own pattern.

Three kinds: keys that a prefix of their own gives away (``prefixed``), keys whose shape alone is too common
and that need a word to their left (``near``), and keys that only a name beside an assignment tells from any
random string (``assigned``). A name that begins with ``~`` says who somebody is rather than letting anybody
in: an account's id, a publishable key. Such a finding is of low severity.
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
from stockade.detectors.secrets.plausible import is_plausible, is_random

WORD = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
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
_FOLLOWS = re.compile(r"(\[[^\]]{1,40}\])\{(\d+)")
# A prefix of so many characters is rare enough to wake a row; a shorter one is not.
SHORT_PREFIX_CHARS = 7
SHAPE_CHARS_MAX = 8
# One in some thousand random strings has no digit; a row whose samples all fail is a mistake.
PROBE_TRIES = 16
# Between a provider's name and the value: the rest of a variable's name, then what assigns.
# A name does not begin inside a word: after a small letter only with a capital.
_NOT_A_LETTER = b"(?:^|[^A-Za-z])"
_BEHIND = rb"(?:[^A-Za-z0-9_+/=\-]|$)"
ASSIGNS = (
    rb"[A-Za-z0-9_ \t.\-\[\]'\"]{0,40}(?:=>|:{1,3}=|\?=|\|\||=|:|,|>|\()"
    rb"[ \t\r\n'\"=\x60>(]{0,12}"
)
CHECKS: MappingProxyType[str, Callable[[str], bool]] = MappingProxyType(
    {
        "any": lambda _: True,
        "plausible": is_plausible,
        "random": is_random,
        "stockade": checksums.stockade,
        "summed": checksums.summed,
    }
)


def prefixed(table: str) -> tuple[Spec, ...]:
    """Return the specs of keys with a prefix: ``name | title | pattern [| words [| check]]``."""
    return tuple(_prefixed(*row) for row in _rows(table))


def near(table: str) -> tuple[Spec, ...]:
    """Return the specs of keys that need a word to their left: ``name | title | pattern | words``."""
    return tuple(_near(*row) for row in _rows(table))


def assigned(table: str) -> tuple[Spec, ...]:
    """Return the specs of keys told by a name beside them: ``name | title | words | pattern``."""
    return tuple(_assigned(*row) for row in _rows(table))


def assigned_value(spec: Spec) -> bytes:
    """Return the pattern of the value of an ``assigned`` spec; empty for any other."""
    _, assigns, rest = spec.pattern.partition(ASSIGNS + b"(")
    return rest.removesuffix(b"))" + _BEHIND) if assigns and rest.endswith(b"))" + _BEHIND) else b""


def key_rule(name: str, title: str, probe: str, finds: str = "") -> Rule:
    """Return the rule of a kind of key; a name that begins with ``~`` is of low severity."""
    return rule_row(
        "credentials",
        name.removeprefix("~").upper(),
        title,
        probe,
        finds=finds or f"{title}, by its shape.",
        severity=Severity.LOW if name.startswith("~") else Severity.CRITICAL,
    )


def _rows(table: str) -> Iterator[list[str]]:
    """Yield the cells of each row; a row goes on after a backslash at the end of its line."""
    whole = _CONTINUED.sub("", table)
    for name, pattern in SHORTHANDS.items():
        whole = whole.replace(name, pattern)
    for line in whole.strip().splitlines():
        if line.strip() and not line.startswith("#"):
            yield [cell.strip() for cell in line.split(" | ")]


def _names(cell: str) -> tuple[str, ...]:
    return tuple(word.strip().lower() for word in cell.split(",") if word.strip())


def _triggers(cell: str, pattern: str) -> tuple[tuple[str, ...], tuple[bytes, ...]]:
    """Return the words and the shapes that wake a row: those of its cell, else what its pattern begins with.

    Between slashes stands a shape. A short prefix is in every other text, so what follows it is added.
    """
    names = _names(cell)
    literal = _LITERAL.match(pattern)
    follows = _FOLLOWS.match(pattern, literal.end()) if literal is not None else None
    is_prefix = len(names) == 1 and literal is not None and _plain(literal) == names[0]
    if names and not (is_prefix and follows is not None):
        shapes = tuple(name[1:-1].encode() for name in names if name.startswith("/"))
        return tuple(name for name in names if not name.startswith("/")), shapes
    prefix = _prefix(pattern)
    if len(prefix) >= SHORT_PREFIX_CHARS or follows is None:
        return (prefix,), ()
    length = min(int(follows.group(2)), SHAPE_CHARS_MAX)
    return (), (f"{re.escape(prefix)}{follows.group(1)}{{{length}}}".encode(),)


def _plain(literal: re.Match[str]) -> str:
    return literal.group().replace("\\", "").lower()


def _prefixed(name: str, title: str, pattern: str, words: str = "", check: str = "plausible") -> Spec:
    accepts = CHECKS[check]
    literals, shapes = _triggers(words, pattern)
    return Spec(
        key_rule(name, title, f"key {_probe(pattern, accepts, check)} "),
        pattern.encode(),
        words=literals,
        shapes=shapes,
        check=accepts,
        left=WORD,
        right=WORD,
        # What only says "some key of this provider" yields to the row that says which.
        alone=0.8 if name.endswith("_other") else 0.95,
    )


def _near(name: str, title: str, pattern: str, words: str) -> Spec:
    names = _names(words)
    finds = f"{title}, beside a word that names it."
    return Spec(
        key_rule(name, title, f"{names[0]} key {_probe(pattern, is_random)} ", finds),
        pattern.encode(),
        check=is_random,
        near=Context(name, names),
        left=WORD,
        right=WORD,
        alone=0.0,
        strong=0.85,
    )


def _assigned(name: str, title: str, words: str, pattern: str) -> Spec:
    names = _names(words)
    plain = b"|".join(re.escape(word.encode()) for word in names)
    humps = b"|".join(re.escape(hump.encode()) for word in names for hump in {word.title(), word.upper()})
    finds = f"{title}, after the provider's name."
    return Spec(
        key_rule(name, title, f'{names[0]}_key = "{_probe(pattern, is_random)}"', finds),
        b"(?:" + _NOT_A_LETTER + b"(?i:" + plain + b")|[a-z](?:" + humps + b"))"
        b"(?i:" + ASSIGNS + b"(" + pattern.encode() + b"))" + _BEHIND,
        words=names,
        check=is_random,
        # Of two names that both fit, the longer says more.
        alone=0.85 + min(0.04, min(map(len, names)) / 1000),
    )


def _probe(pattern: str, accepts: Callable[[str], bool], check: str = "") -> str:
    """Return a match of *pattern* that its check accepts."""
    finish = checksums.PROBES.get(check, str)
    # An empty group changes nothing about what matches, only which match is drawn.
    tries = (finish(sample("(?:)" * number + pattern)) for number in range(PROBE_TRIES))
    probe = next((probe for probe in tries if accepts(probe)), "")
    if not probe:
        raise ValueError(f"no match of a key row passes its own check: {pattern[:20]}")
    return probe


def _prefix(pattern: str) -> str:
    """Return the literal that every match begins with, in lower case."""
    match = _LITERAL.match(pattern)
    found = _plain(match) if match else ""
    # A character that a repeat follows belongs to the repeat.
    after = pattern[match.end() :][:1] if match else ""
    found = found[:-1] if after in {"{", "?"} and found else found
    if len(found) < 2:
        raise ValueError(f"a key row without a prefix needs words: {pattern[:20]}")
    return found
