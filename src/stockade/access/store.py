"""The port to wherever gateway keys are remembered.

It does not say how: ``stockade.storage`` has the adapters, and one contract suite runs over all of them.
"""

from __future__ import annotations

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
