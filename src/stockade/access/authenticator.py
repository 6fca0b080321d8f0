"""Say which key was presented, and whether it may call this route and this model.

Whoever presents a malformed, an unknown or a wrong key gets the same answer after the same work, so
nothing can be enumerated. It counts nothing: rates and budgets are kept by ``meter``.
"""

from __future__ import annotations

import hmac
import threading
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache

from stockade.access.key import KEY_CHARS_MAX, GatewayKey, KeyClass, KeyState, check_pepper, digest, parse
from stockade.access.refusal import AccessRefusedError
from stockade.access.rights import RIGHTS, Right, right_of
from stockade.access.scope import Asked, refuse_outside
from stockade.access.store import AccessStore

CACHE_ENTRIES_MAX = 10_000
MODEL_CHARS_MAX = 256

_NO_DIGEST = bytes(32)


class Authenticator:
    """Authenticates presented keys against a store, through a cache that forgets after *ttl_ms*.

    A key revoked elsewhere is refused at the latest *ttl_ms* later. A store that cannot answer lets
    nobody in whose key is not in the cache: its ``StoreError`` goes on to the caller.

    Args:
        store: where keys are remembered.
        pepper: the key of the digests.
        clock: milliseconds since 1970.
        ttl_ms: how long an answer of the store counts.

    Raises:
        ConfigError: the pepper is too short.
    """

    __slots__ = ("_cache", "_clock", "_lock", "_pepper", "_store", "_ttl_ms", "_used")

    def __init__(
        self, store: AccessStore, *, pepper: bytes, clock: Callable[[], int], ttl_ms: int = 1000
    ) -> None:
        check_pepper(pepper)
        self._store = store
        self._pepper = pepper
        self._clock = clock
        self._ttl_ms = ttl_ms
        self._cache: dict[str, tuple[GatewayKey, int]] = {}
        self._used: dict[str, int] = {}
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        """Return a form that holds no key."""
        return f"Authenticator(ttl_ms={self._ttl_ms})"

    def authenticate(self, presented: str) -> GatewayKey:
        """Return the key whose text was presented.

        Raises:
            AccessRefusedError: there is none, or it has expired or was revoked.
            StoreError: the store cannot answer.
        """
        if not presented:
            raise AccessRefusedError(
                "no key was presented",
                status=401,
                code="missing_key",
                hint="send the header authorization: Bearer <key>, or x-api-key",
            )
        now_ms = self._clock()
        # Always computed, also for what cannot be a key: the time taken tells nothing.
        proof = digest(presented[:KEY_CHARS_MAX], pepper=self._pepper)
        parsed = parse(presented)
        key = self._find(parsed.id, now_ms) if parsed is not None else None
        matches = hmac.compare_digest(proof, key.digest if key is not None else _NO_DIGEST)
        if key is None or not matches:
            raise _invalid()
        _refuse_ended(key, now_ms)
        if len(self._used) < CACHE_ENTRIES_MAX or key.id in self._used:
            self._used[key.id] = now_ms
        return key

    def permit(
        self, key: GatewayKey, route: str, model: str, *, tools: Sequence[str] = (), address: str = ""
    ) -> None:
        """Let *key* call *route* (a path, or method and path) for *model*, or refuse.

        *tools* are the names of the tools that the request offers, *address* is where it comes from; a key
        whose scope looks at them is refused where they are not said.

        Raises:
            AccessRefusedError: it may not.
        """
        right = right_of(route)
        if not _model_allowed(key, right, route, model):
            raise AccessRefusedError(
                "this key may not call this model",
                status=403,
                code="model_not_allowed",
                hint="ask for a key whose models include it",
            )
        if right not in RIGHTS[key.key_class]:
            raise AccessRefusedError(
                f"a {key.key_class.value} key may not call this route",
                status=403,
                code="route_not_allowed",
                hint="use a key of another class, or a route that this one may call",
            )
        if not key.scope.empty:
            refuse_outside(key.scope, Asked(route, self._clock(), tools, address))

    def drain_used(self) -> dict[str, int]:
        """Return which keys were used since the last call, and when last; for the store to keep."""
        used, self._used = self._used, {}
        return used

    def allows_model(self, key: GatewayKey, model: str) -> bool:
        """Say whether *key* may call *model* on the routes of its class."""
        if not key.models:
            return key.key_class is not KeyClass.SCOPED
        return any(fnmatchcase(model, glob) for glob in key.models)

    def _find(self, key_id: str, now_ms: int) -> GatewayKey | None:
        held = self._cache.get(key_id)
        # Not before it was asked either: a clock set back must not keep a revoked key alive.
        if held is not None and 0 <= now_ms - held[1] < self._ttl_ms:
            return held[0]
        key = self._store.find(key_id)
        with self._lock:
            # Removed first, so that the order of the cache is the order of the answers.
            self._cache.pop(key_id, None)
            # Unknown ids are not kept: whoever sends many of them must not push real keys out.
            if key is not None:
                if len(self._cache) >= CACHE_ENTRIES_MAX:
                    del self._cache[next(iter(self._cache))]
                self._cache[key_id] = (key, now_ms)
        return key


def _invalid() -> AccessRefusedError:
    return AccessRefusedError(
        "the presented key is not valid",
        status=401,
        code="invalid_key",
        hint="check that the whole key was copied, and that it belongs to this gateway",
    )


def _refuse_ended(key: GatewayKey, now_ms: int) -> None:
    if key.state is not KeyState.ACTIVE:
        raise AccessRefusedError(
            "the presented key was revoked", status=401, code="revoked_key", hint="create a new key"
        )
    if key.expires_at_ms and key.expires_at_ms <= now_ms:
        raise AccessRefusedError(
            "the presented key has expired", status=401, code="expired_key", hint="create a new key"
        )


def _model_allowed(key: GatewayKey, right: Right | None, route: str, model: str) -> bool:
    if not key.models:
        return key.key_class is not KeyClass.SCOPED
    # What does not call a model needs none; what reads names none, and what has no row is refused later.
    if right is Right.READ or key.key_class is KeyClass.READ_ONLY:
        return True
    if not model:
        # A scoped key may use the checks where its scope names them.
        named = key.key_class is not KeyClass.SCOPED or route.rpartition(" ")[2] in key.scope.routes
        return named and right is Right.CHECK
    return len(model) <= MODEL_CHARS_MAX and _matches(key.models, model)


@lru_cache(maxsize=4096)
def _matches(globs: tuple[str, ...], model: str) -> bool:
    return any(fnmatchcase(model, glob) for glob in globs)
