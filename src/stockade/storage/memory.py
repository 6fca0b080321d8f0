"""Stores that live in memory: for tests, demonstrations and the library; nothing survives the process."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace

from stockade.access.key import GatewayKey, KeyState
from stockade.core.errors import StoreError


class MemoryAccessStore:
    """An ``AccessStore`` in memory, thread-safe."""

    __slots__ = ("_keys", "_lock")

    def __init__(self) -> None:
        self._keys: dict[str, GatewayKey] = {}
        self._lock = threading.Lock()

    def find(self, key_id: str) -> GatewayKey | None:
        """Return the key with this id, if there is one."""
        return self._keys.get(key_id)

    def insert(self, key: GatewayKey) -> None:
        """Remember *key*; an id that is taken is a ``StoreError``, never an overwrite."""
        with self._lock:
            if key.id in self._keys:
                raise StoreError(
                    f"there is a gateway key with the id {key.id} already", hint="create the key again"
                )
            self._keys[key.id] = key

    def list(self) -> tuple[GatewayKey, ...]:
        """Return all keys, oldest first."""
        with self._lock:
            keys = tuple(self._keys.values())
        return tuple(sorted(keys, key=lambda key: (key.created_at_ms, key.id)))

    def set_state(self, key_id: str, state: KeyState) -> None:
        """Change the state of a key; an unknown id, or waking a revoked key, is a ``StoreError``."""
        with self._lock:
            key = self._keys.get(key_id)
            if key is None or key.state not in {KeyState.ACTIVE, state}:
                raise StoreError(
                    "there is no such gateway key, or it was revoked, which is final",
                    hint="list the keys, or create a new one",
                )
            self._keys[key_id] = replace(key, state=state)

    def supersede(self, key_id: str, successor: GatewayKey, expires_at_ms: int) -> None:
        """Remember *successor* and let the key it replaces expire, both or neither."""
        with self._lock:
            key = self._keys.get(key_id)
            if (
                key is None
                or key.state is not KeyState.ACTIVE
                or key.replaced_by
                or successor.id in self._keys
            ):
                raise StoreError(
                    "there is no such gateway key, or it was revoked or replaced already",
                    hint="list the keys, and rotate the one that replaced it",
                )
            ends = min(key.expires_at_ms or expires_at_ms, expires_at_ms)
            self._keys[key_id] = replace(key, expires_at_ms=ends, replaced_by=successor.id)
            self._keys[successor.id] = successor

    def touch(self, uses: Mapping[str, int]) -> None:
        """Remember when keys were last used; an earlier time changes nothing."""
        with self._lock:
            for key_id, at_ms in uses.items():
                key = self._keys.get(key_id)
                if key is not None and key.last_used_at_ms < at_ms:
                    self._keys[key_id] = replace(key, last_used_at_ms=at_ms)
