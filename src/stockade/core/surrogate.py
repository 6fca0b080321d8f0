"""What stands in for a real value: derived from a key, never stored.

A surrogate is a keyed hash (HMAC-SHA-256, RFC 2104) of the canonical value under a key that the caller has
scoped to tenant and conversation. The same value gets the same surrogate in every turn, because the client
sends the history again and the derivation is repeated; nothing has to be remembered between requests. The
pairs live in one ``Surrogates`` object for one request. This module does not restore (``core.restore``)
and does not decide what is replaced (``core.policy``).
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from stockade.core import realistic
from stockade.core.errors import InputError
from stockade.core.limits import SURROGATES_MAX


class Style(StrEnum):
    """How a surrogate looks."""

    TAG = "tag"
    NUMBERED = "numbered"
    REALISTIC = "realistic"


_DIGEST_START = 4
_DIGEST_END = 16
_ATTEMPTS_MAX = 64
# Longer texts are indexed by the beginnings of the marks that are asked for.
_INDEX_CHARS_MIN = 32_768
_HEAD_CHARS = 4
_DIGIT = re.compile(r"\d")
_NOT_LABEL = re.compile(r"[^A-Z0-9]+")
_SEPARATORS = re.compile(r"[\s.\-/()]+")


def canonical(value: str) -> str:
    """Return the form under which two spellings are one value: case, width and separators do not count."""
    folded = unicodedata.normalize("NFKC", value).casefold().strip()
    if "@" not in folded and _DIGIT.search(folded):
        return _SEPARATORS.sub("", folded)
    return " ".join(folded.split())


def normalize_marks(text: str) -> str:
    """Return *text* as the restorer compares it: lower case, no backslashes, one kind of separator."""
    return text.lower().replace("\\", "").replace(" ", "_").replace("-", "_")


class _Taken:
    """The texts of a request, asked again and again whether a mark stands in them."""

    __slots__ = ("_known", "_lowered", "_text", "_texts")

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._lowered: str | None = None
        self._text: str | None = None
        self._known: dict[tuple[str, int], frozenset[str]] = {}

    def holds(self, mark: str, digest: str = "") -> bool:
        """Say whether *mark*, normalized, is part of a text.

        Args:
            mark: the surrogate without its brackets.
            digest: a part of it that no spelling changes and that is hardly ever in a text.
        """
        if self._lowered is None:
            self._lowered = "\n".join(self._texts).lower()
        if digest and len(self._lowered) < _INDEX_CHARS_MIN and digest not in self._lowered:
            return False
        if self._text is None:
            self._text = normalize_marks(self._lowered)
        if len(self._text) < _INDEX_CHARS_MIN:
            return mark in self._text
        # A search of megabytes for each of thousands of marks would take minutes: they share few heads.
        asked = (mark[:_HEAD_CHARS], len(mark))
        known = self._known.get(asked)
        if known is None:
            known = self._known[asked] = frozenset(_slices(self._text, *asked))
        return mark in known


def _slices(text: str, head: str, length: int) -> Iterator[str]:
    at = text.find(head)
    while at >= 0:
        yield text[at : at + length]
        at = text.find(head, at + 1)


class Surrogates:
    """The surrogates of one request.

    Args:
        key: 32 bytes, derived by the caller for one tenant and one conversation.
        style: how surrogates look.
        taken: texts of the request; a surrogate that stands in one of them literally is not issued.
    """

    __slots__ = (
        "_by_value",
        "_key",
        "_names",
        "_next",
        "_numbers",
        "_pairs",
        "_style",
        "_taken",
        "_variants",
    )

    def __init__(self, key: bytes, *, style: Style = Style.TAG, taken: Sequence[str] = ()) -> None:
        self._key = key
        self._style = style
        self._taken = _Taken(taken)
        self._by_value: dict[tuple[str, str], str] = {}
        self._pairs: dict[str, str] = {}
        self._variants: dict[tuple[str, str], int] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._next: dict[str, int] = {}
        self._names: dict[str, str] = {}

    def __repr__(self) -> str:
        """Return a form that holds no value."""
        return f"Surrogates(style={self._style.value!r}, issued={len(self._pairs)})"

    def __len__(self) -> int:
        """Return how many were issued."""
        return len(self._pairs)

    @property
    def pairs(self) -> Mapping[str, str]:
        """Surrogate to value, in the order issued. Holds real values: never log it."""
        return MappingProxyType(self._pairs)

    def issue(self, label: str, value: str) -> str:
        """Return the surrogate for *value*, the same one whenever it is asked again.

        Two spellings of one value share the identity and differ in a suffix, so restoring is exact.

        Raises:
            InputError: more values than any real request holds (``core.limits.SURROGATES_MAX``).
        """
        known = self._by_value.get((label, value))
        if known is not None:
            return known
        if len(self._pairs) >= SURROGATES_MAX:
            raise InputError(
                "the request holds more sensitive values than can be pseudonymised",
                code="too_many_values",
                hint="send less text in one request, or use `stockade bulk` for data sets",
            )
        identity = (label, canonical(value))
        variant = self._variants.get(identity, 0) + 1
        self._variants[identity] = variant
        surrogate = self._realistic(identity, value, variant) if self._style is Style.REALISTIC else ""
        if not surrogate:
            surrogate = self._tag(self._name(label), identity, variant)
        self._by_value[label, value] = surrogate
        self._pairs[surrogate] = value
        return surrogate

    def _name(self, label: str) -> str:
        name = self._names.get(label)
        if name is None:
            name = self._names[label] = _NOT_LABEL.sub("_", label.upper()).strip("_") or "VALUE"
        return name

    def _tag(self, label: str, identity: tuple[str, str], variant: int) -> str:
        suffix = "" if variant == 1 else f"_{variant}"
        if self._style is Style.NUMBERED:
            return self._numbered(label, identity, suffix)
        digest = self._digest(identity).hex().upper()
        for length in range(_DIGEST_START, _DIGEST_END + 1, 2):
            # A label that ends in hex-like text cannot be confused: the digest follows the last underscore.
            surrogate = f"[{label}_{digest[:length]}{suffix}]"
            if self._free(surrogate, digest[:length].lower()):
                return surrogate
        raise InputError("no free surrogate is left", code="too_many_values")

    def _numbered(self, label: str, identity: tuple[str, str], suffix: str) -> str:
        number = self._numbers.get(identity, -1)
        if number < 0 or not self._free(f"[{label}_{number}{suffix}]"):
            number = self._next.get(label, 0)
            while not self._free(f"[{label}_{number}{suffix}]"):
                number += 1
            self._numbers[identity] = number
            self._next[label] = number + 1
        return f"[{label}_{number}{suffix}]"

    def _realistic(self, identity: tuple[str, str], value: str, variant: int) -> str:
        # Dates move by one offset per conversation, so that intervals survive.
        shift = self._digest(("date-shift",))
        for attempt in range(_ATTEMPTS_MAX):
            seed = self._digest((*identity, str(variant), str(attempt)))
            made = realistic.make(identity[0], value, seed=seed, shift=shift)
            if not made:
                return ""
            if made != value and self._free(made):
                return made
        return ""

    def _digest(self, parts: tuple[str, ...]) -> bytes:
        # Each part says how long it is, so no two lists of parts share one message.
        message = "".join(f"{len(part)}:{part}" for part in parts)
        return hmac.digest(self._key, message.encode("utf-8", "surrogatepass"), "sha256")

    def _free(self, surrogate: str, digest: str = "") -> bool:
        mark = normalize_marks(surrogate).strip("[]")
        return surrogate not in self._pairs and not self._taken.holds(mark, digest)
