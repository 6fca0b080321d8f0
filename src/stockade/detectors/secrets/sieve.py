"""Where in a file a secret can be at all, found in a few fast passes over its bytes.

Files are mostly clean, and a scan reads millions of them, so the full detection runs only around *spots*:
what gives a key away (as it is, in base64, in hexadecimal), a provider's name with something assigned, a
password or secret beside its name. A spot says where to look, never that something is there.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence

from stockade.detectors.engine.matching import Matcher, compile_pattern
from stockade.detectors.engine.spec import Spec
from stockade.detectors.engine.syntax import mask, parse
from stockade.detectors.secrets.assignments import SHAPE, passwords, promising, secrets
from stockade.detectors.secrets.keys import ASSIGNS, WORD, assigned_value

# Some thousand words make an automaton of some ten megabytes; what it has seen is kept.
MEMORY_BYTES = 256 * 1024 * 1024
# What is assigned to a provider's name has so many of these in a row, or the name itself is a trigger.
_VALUE = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_:$~.-"
_VALUE_BYTES_MIN = 12
# Shorter words stand in too many texts by chance when they are encoded.
_ENCODED_BYTES_MIN = 5
_ENCODED_CHARS_MIN = 6
# Of what stands around an unknown start: how many characters of base64 depend on what is before.
_BASE64_SKIPPED = (0, 2, 3)
# What is looked for in base64 beside the prefixes of keys.
_NAMES = (
    "password",
    "passwd",
    "secret",
    "token",
    "api_key",
    "apikey",
    "api-key",
    "authorization",
    "-----begin",
)
_NOT_INSIDE_A_WORD = rb"(?:^|[^A-Za-z0-9])"
# How the names of passwords and secrets begin.
_PROMISING = re.compile(
    rb"pa?ss|pa?sw|pw|secret|token|key|cred|auth|bearer|kennwort|contras|senha|mdp|wachtw|haslo|parola|identified",
    re.IGNORECASE,
)
_LITERAL = re.compile(rb"(?:[A-Za-z0-9_:/@~-]|\\[.$\-])+")


class Sieve:
    """Finds the spots of a file.

    Args:
        specs: the patterns that the full detection will try.
        linear: whether RE2 is used where it is installed.
    """

    __slots__ = ("_assigned", "_given_away", "_providers")

    def __init__(self, specs: Sequence[Spec], *, linear: bool = True) -> None:
        named = {number: spec for number, spec in enumerate(specs) if _is_long(assigned_value(spec))}
        names = sorted({word for spec in named.values() for word in spec.words})
        own = {passwords, secrets}
        others = [s for number, s in enumerate(specs) if number not in named and s.finder not in own]
        given_away = _either(_words(others) | _encoded(others) | _shapes(others))
        assigned = SHAPE
        if names:
            value = rb"[%b]{%d}" % (re.escape(_VALUE), _VALUE_BYTES_MIN)
            assigned += b"|" + _either(re.escape(name.encode()) for name in names) + ASSIGNS + value
        # Names of providers that begin as promising ones do: auth0, keycloak, secretkey.
        both = [re.escape(name.encode()) for name in names if _PROMISING.match(name.encode())]
        self._providers = re.compile(b"|".join(both) or rb"[^\x00-\xff]", re.IGNORECASE)
        # Two passes: what may stand between a name and its value would multiply the states of all others.
        self._given_away, self._assigned = (
            compile_pattern(b"(?i)" + pattern, linear=linear, memory=MEMORY_BYTES)
            for pattern in (given_away, assigned)
        )

    def spots(self, data: bytes) -> list[tuple[int, int]]:
        """Return where something may be, by place."""
        # What begins inside a match may be longer than it; the window around it shows it in any case.
        found = list(_places(self._given_away, data))
        for start, end in _places(self._assigned, data, again=True):
            if _PROMISING.match(data, start) is None or self._providers.match(data, start):
                found.append((start, end))
            if (value := promising(data, start)) is not None:
                found.append(value)
        found.sort()
        return found


def _places(matcher: Matcher, data: bytes, *, again: bool = False) -> Iterator[tuple[int, int]]:
    """Yield the matches; those that begin inside one before only if they are asked for *again*."""
    find, at, length = matcher.find, 0, len(data)
    while (spans := find(data, at, length)) is not None:
        start, end = spans[0]
        yield start, end
        at = max(start + 2 if again else end, at + 1)


def _either(patterns: Iterable[bytes]) -> bytes:
    return b"(?:" + b"|".join(b"(?:" + pattern + b")" for pattern in sorted(patterns)) + b")"


def _shapes(specs: Iterable[Spec]) -> set[bytes]:
    """Return the shapes that wake *specs*; those that begin a key as one, which begins inside no word."""
    free: set[bytes] = set()
    bounded: set[bytes] = set()
    for spec in specs:
        for shape in spec.shapes:
            (bounded if spec.left == WORD and _begins(spec.pattern, shape) else free).add(shape)
    return free | {_NOT_INSIDE_A_WORD + _either(bounded)} if bounded else free


def _begins(pattern: bytes, shape: bytes) -> bool:
    """Say whether a match of *pattern* begins where its *shape* does."""
    head, shown = _LITERAL.match(pattern), _LITERAL.match(shape)
    if head is None or shown is None:
        return False
    return head.group().replace(b"\\", b"").lower().startswith(shown.group().replace(b"\\", b"").lower())


def _is_long(value: bytes) -> bool:
    return bool(value) and parse(value).run(mask(_VALUE), 0).best >= _VALUE_BYTES_MIN


def _words(specs: Iterable[Spec]) -> set[bytes]:
    """Return the literals that give *specs* away; a short word beside a value is bounded on its right."""
    words = {re.escape(word.encode()) for spec in specs for word in spec.words}
    for spec in specs:
        if spec.near is not None and not spec.words and not spec.shapes:
            words |= {re.escape(w.encode()) + (b"" if len(w) > 4 else b"[^a-z]") for w in spec.near.words}
    return words


def _encoded(specs: Iterable[Spec]) -> set[bytes]:
    """Return what the beginnings of keys, and names of secrets, look like in base64 and in hexadecimal."""
    heads = (_LITERAL.match(spec.pattern) for spec in specs)
    plain = {head.group().replace(b"\\", b"") for head in heads if head is not None}
    plain |= {written.encode() for name in _NAMES for written in (name, name.upper(), name.title())}
    found: set[bytes] = set()
    for word in plain:
        if len(word) >= _ENCODED_BYTES_MIN:
            found.add(word.hex().encode())
            found |= {re.escape(text) for text in _in_base64(word) if len(text) >= _ENCODED_CHARS_MIN}
    return found


def _in_base64(word: bytes) -> Iterator[bytes]:
    """Yield the characters that *word* has in base64 wherever it begins, whatever stands around it."""
    for shift, skipped in enumerate(_BASE64_SKIPPED):
        whole = b64encode(b"\0" * shift + word)
        yield whole[skipped : (shift + len(word)) * 8 // 6]
