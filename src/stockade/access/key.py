"""Gateway keys: what one is, how its text is minted, and how presented text is read.

Key text is ``sk-stk-<class>-<id>-<secret><crc32>``. The checksum lets secret scanners and this parser
tell a key from a look-alike without asking anybody; it protects nothing. Only an HMAC of the text under
the installation's pepper is kept, so a stolen store holds no key. It does not store keys or decide.
"""

from __future__ import annotations

import hmac
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from stockade.access.limits import UNLIMITED, Limits, check_limits
from stockade.access.scope import UNSCOPED, Scope, check_scope
from stockade.core.errors import ConfigError

PREFIX = "sk-stk-"
KEY_CHARS_MAX = 200
PEPPER_BYTES_MIN = 32
MODELS_MAX = 64
REQUESTS_PER_MINUTE_MAX = 1_000_000

_ID_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_ID_CHARS = 10
_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SECRET_CHARS = 40
_CRC_CHARS = 8
_KEY = re.compile(
    r"sk-stk-(production|development|readonly|scoped)-([a-z2-7]{10})-[0-9A-Za-z]{40}([0-9a-f]{8})"
)
_TENANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_NAME = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]{0,100}")
_MODEL = re.compile(r"[!-~]{1,200}")


class KeyClass(StrEnum):
    """What a key is for; each class allows what the ones before it allow, or less."""

    PRODUCTION = "production"
    DEVELOPMENT = "development"
    READ_ONLY = "read-only"
    SCOPED = "scoped"


# How a class is written in a key. Hyphens separate the parts, so the words have none.
_CLASS_OF = MappingProxyType(
    {
        "production": KeyClass.PRODUCTION,
        "development": KeyClass.DEVELOPMENT,
        "readonly": KeyClass.READ_ONLY,
        "scoped": KeyClass.SCOPED,
    }
)


class KeyState(StrEnum):
    """Whether a key may still be used."""

    ACTIVE = "active"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class GatewayKey:
    """A key as it is remembered: everything but its text.

    Attributes:
        id: the public part; safe to log.
        key_class: what it is for.
        tenant: whose it is.
        name: what its owner calls it.
        models: globs of the models it may call; empty means all (for a scoped key: none).
        digest: HMAC-SHA256 of the whole text under the pepper.
        state: active or revoked.
        created_at_ms: when it was minted.
        expires_at_ms: from when on it is refused; 0 means never.
        requests_per_minute: how often it may be used; 0 means without a bound of its own.
        owner: who answers for it.
        scope: what narrows it further.
        limits: how much it may use.
        last_used_at_ms: when it was last seen, to a minute or so; 0 means never.
        replaced_by: the id of the key that took its place; empty where there is none.
    """

    id: str
    key_class: KeyClass
    tenant: str = "default"
    name: str = ""
    models: tuple[str, ...] = ()
    digest: bytes = field(default=b"", repr=False)
    state: KeyState = KeyState.ACTIVE
    created_at_ms: int = 0
    expires_at_ms: int = 0
    requests_per_minute: int = 0
    owner: str = ""
    scope: Scope = UNSCOPED
    limits: Limits = UNLIMITED
    last_used_at_ms: int = 0
    replaced_by: str = ""

    def as_dict(self) -> dict[str, object]:
        """Return what may be shown of this key; the digest is not."""
        return {
            "id": self.id,
            "class": self.key_class.value,
            "tenant": self.tenant,
            "name": self.name,
            "models": list(self.models),
            "state": self.state.value,
            "created_at_ms": self.created_at_ms,
            "expires_at_ms": self.expires_at_ms,
            "requests_per_minute": self.requests_per_minute,
            "owner": self.owner,
            "scope": self.scope.as_dict(),
            "limits": self.limits.as_dict(),
            "last_used_at_ms": self.last_used_at_ms,
            "replaced_by": self.replaced_by,
        }


@dataclass(frozen=True, slots=True)
class KeyRequest:
    """What somebody asks of a key to be minted; the attributes are those of ``GatewayKey``."""

    key_class: KeyClass
    tenant: str = "default"
    name: str = ""
    models: tuple[str, ...] = ()
    expires_at_ms: int = 0
    requests_per_minute: int = 0
    owner: str = ""
    scope: Scope = UNSCOPED
    limits: Limits = UNLIMITED


class MintedKey:
    """The text of a new key, shown once: only ``reveal`` gives it, no other form holds it."""

    __slots__ = ("__text",)

    def __init__(self, text: str) -> None:
        self.__text = text

    def reveal(self) -> str:
        """Return the text."""
        return self.__text

    def __repr__(self) -> str:
        return "MintedKey(***)"

    def __reduce__(self) -> tuple[object, ...]:
        # Pickling and copying would write the text where nobody asked for it.
        raise TypeError("a minted key cannot be pickled or copied")


@dataclass(frozen=True, slots=True)
class ParsedKey:
    """Presented text that has the form of a key; whether it is one, only the store can tell.

    Attributes:
        id: the public part.
        key_class: the class that the text claims; the remembered one counts.
    """

    id: str
    key_class: KeyClass


def mint(
    request: KeyRequest, *, pepper: bytes, entropy: Callable[[int], bytes], now_ms: int
) -> tuple[GatewayKey, MintedKey]:
    """Make a new key from *entropy*: what to remember, and the text to show once.

    Raises:
        ConfigError: the request asks for what a key cannot have.
    """
    _check(request, now_ms)
    check_pepper(pepper)
    key_id = "".join(_ID_LETTERS[byte & 31] for byte in _take(entropy, _ID_CHARS))
    word = next(word for word, key_class in _CLASS_OF.items() if key_class is request.key_class)
    body = f"{PREFIX}{word}-{key_id}-{_secret(entropy)}"
    text = body + _checksum(body)
    key = GatewayKey(
        id=key_id,
        key_class=request.key_class,
        tenant=request.tenant,
        name=request.name,
        models=request.models,
        digest=digest(text, pepper=pepper),
        created_at_ms=now_ms,
        expires_at_ms=request.expires_at_ms,
        requests_per_minute=request.requests_per_minute,
        owner=request.owner,
        scope=request.scope,
        limits=request.limits,
    )
    return key, MintedKey(text)


def parse(text: str) -> ParsedKey | None:
    """Read presented *text*; ``None`` where it does not have the form of a key."""
    if len(text) > KEY_CHARS_MAX:
        return None
    found = _KEY.fullmatch(text)
    if found is None or _checksum(text[:-_CRC_CHARS]) != found[3]:
        return None
    return ParsedKey(found[2], _CLASS_OF[found[1]])


def digest(text: str, *, pepper: bytes) -> bytes:
    """Return what is remembered of a key's text."""
    return hmac.digest(pepper, text.encode("utf-8", "surrogatepass"), "sha256")


def check_pepper(pepper: bytes) -> None:
    """Refuse a pepper too short to protect digests.

    Raises:
        ConfigError: it has fewer than 32 bytes.
    """
    if len(pepper) < PEPPER_BYTES_MIN:
        raise ConfigError(
            f"the pepper of gateway keys needs {PEPPER_BYTES_MIN} bytes",
            hint="derive it from the master key",
        )


def _secret(entropy: Callable[[int], bytes]) -> str:
    # 40 digits of base 62 are 238 bits; taken from 320 bits, so that the remainder is even to 2^-82.
    number = int.from_bytes(_take(entropy, _SECRET_CHARS), "big")
    letters = []
    for _ in range(_SECRET_CHARS):
        number, digit = divmod(number, len(_BASE62))
        letters.append(_BASE62[digit])
    return "".join(letters)


def _take(entropy: Callable[[int], bytes], count: int) -> bytes:
    taken = entropy(count)
    # A short read would make a guessable key; better none.
    assert len(taken) == count, "the source of randomness gave another number of bytes than asked for"
    return taken


def _checksum(body: str) -> str:
    return f"{zlib.crc32(body.encode('ascii')):08x}"


def _check(request: KeyRequest, now_ms: int) -> None:
    checks = (
        (_TENANT.fullmatch(request.tenant), "tenant", "use up to 64 letters, digits, dots, - and _"),
        (_NAME.fullmatch(request.name), "name", "use up to 100 characters, none of them a control character"),
        (
            _NAME.fullmatch(request.owner),
            "owner",
            "use up to 100 characters, none of them a control character",
        ),
        (
            _models_fit(request.models),
            "models",
            f"give at most {MODELS_MAX} globs without spaces, 200 letters",
        ),
        (
            request.expires_at_ms == 0 or request.expires_at_ms > now_ms,
            "expiry",
            "give a moment in the future, or 0 for never",
        ),
        (
            0 <= request.requests_per_minute <= REQUESTS_PER_MINUTE_MAX,
            "requests per minute",
            f"give a number from 0 (no bound) to {REQUESTS_PER_MINUTE_MAX}",
        ),
    )
    for fits, what, hint in checks:
        if not fits:
            raise ConfigError(f"a key cannot have this {what}", hint=hint)
    check_scope(request.scope)
    check_limits(request.limits)


def _models_fit(models: tuple[str, ...]) -> bool:
    return len(models) <= MODELS_MAX and all(_MODEL.fullmatch(pattern) for pattern in models)
