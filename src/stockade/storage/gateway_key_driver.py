"""Our own gateway keys as a driver of rotations: for a program that reads its gateway key from a manager.

It stands here because it joins two rooms that do not know each other. The old key is not replaced by grace
but ends when the rotation has seen that it is silent.
"""

from __future__ import annotations

import re

from stockade.access.authenticator import Authenticator
from stockade.access.key import GatewayKey, KeyRequest, KeyState, mint, parse
from stockade.access.refusal import AccessRefusedError
from stockade.access.store import AccessStore
from stockade.access.succession import Minting
from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.rotation.driver import Created, RefusedKeyError
from stockade.secrets.value import SecretValue

_LABEL = re.compile(r" ?\[[a-z0-9-]{1,40}\]$")


class GatewayKeyDriver:
    """Rotates one gateway key.

    Args:
        store: where keys are remembered.
        minting: what it takes to make one.
    """

    __slots__ = ("_minting", "_store")

    def __init__(self, store: AccessStore, minting: Minting) -> None:
        self._store = store
        self._minting = minting

    def identify(self, value: SecretValue) -> str:
        """Return the id that stands in the key."""
        parsed = parse(value.reveal())
        return parsed.id if parsed is not None else ""

    def discard(self, label: str) -> None:
        """Revoke the keys that were made under *label*."""
        for key in self._store.list():
            if key.name.endswith(f"[{label}]") and key.state is KeyState.ACTIVE:
                self._store.set_state(key.id, KeyState.REVOKED)

    def create(self, label: str, old_key_id: str) -> Created:
        """Make a key with the rights of the old one."""
        old = self._store.find(old_key_id)
        if old is None:
            raise ConfigError("there is no such gateway key", hint="list the keys")
        now_ms = self._minting.clock()
        key, text = mint(
            _like(old, label, now_ms),
            pepper=self._minting.pepper,
            entropy=self._minting.entropy,
            now_ms=now_ms,
        )
        self._store.insert(key)
        return Created(key.id, SecretValue(text.reveal()))

    def test(self, value: SecretValue) -> None:
        """Present the key."""
        presented = Authenticator(self._store, pepper=self._minting.pepper, clock=self._minting.clock)
        try:
            presented.authenticate(value.reveal())
        except AccessRefusedError:
            pass
        else:
            return
        raise RefusedKeyError("the gateway does not accept the key", hint="list the keys")

    def last_used_ms(self, key_id: str) -> int | None:
        """Return when the key was last used."""
        key = self._store.find(key_id)
        if key is None:
            raise SecretError("there is no such gateway key", hint="list the keys")
        return key.last_used_at_ms

    def revoke(self, key_id: str) -> None:
        """Revoke the key."""
        if self._store.find(key_id) is not None:
            self._store.set_state(key_id, KeyState.REVOKED)


def _like(old: GatewayKey, label: str, now_ms: int) -> KeyRequest:
    lifetime_ms = max(old.expires_at_ms - old.created_at_ms, 1)
    return KeyRequest(
        key_class=old.key_class,
        tenant=old.tenant,
        # By its name an interrupted rotation finds it again.
        name=f"{_LABEL.sub('', old.name)[:50]} [{label}]".strip(),
        models=old.models,
        expires_at_ms=now_ms + lifetime_ms if old.expires_at_ms else 0,
        requests_per_minute=old.requests_per_minute,
        owner=old.owner,
        scope=old.scope,
        limits=old.limits,
    )
