"""The port to wherever gateway keys are remembered.

It does not say how: ``stockade.storage`` has the adapters, and one contract suite runs over all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from stockade.access.key import GatewayKey, KeyState


class AccessStore(Protocol):
    """Remembers gateway keys. Every method raises ``StoreError`` when the store cannot answer."""

    def find(self, key_id: str) -> GatewayKey | None:
        """Return the key with this id, if there is one."""
        ...

    def insert(self, key: GatewayKey) -> None:
        """Remember *key*; an id that is taken is a ``StoreError``, never an overwrite."""
        ...

    def list(self) -> tuple[GatewayKey, ...]:
        """Return all keys, oldest first."""
        ...

    def set_state(self, key_id: str, state: KeyState) -> None:
        """Change the state of a key; an unknown id, or waking a revoked key, is a ``StoreError``."""
        ...

    def supersede(self, key_id: str, successor: GatewayKey, expires_at_ms: int) -> None:
        """Remember *successor* and let the key it replaces expire, both or neither.

        The old key ends at *expires_at_ms*, or earlier where it would have anyway. An unknown or revoked
        old key, or one that was replaced already, is a ``StoreError``.
        """
        ...

    def touch(self, uses: Mapping[str, int]) -> None:
        """Remember when keys were last used (id to milliseconds); an earlier time changes nothing."""
        ...
