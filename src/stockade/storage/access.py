"""Gateway keys in SQL.

It stores digests, never key text, and it decides nothing: whether a key may pass, the authenticator says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import Engine, Row, bindparam, case, insert, select, update
from sqlalchemy.exc import IntegrityError

from stockade.access.key import GatewayKey, KeyClass, KeyState
from stockade.access.limits import Limits
from stockade.access.scope import Scope
from stockade.core.errors import StoreError
from stockade.storage.database import store_errors
from stockade.storage.schema import GATEWAY_KEYS

_DIGEST_BYTES = 32


class SqlAccessStore:
    """An ``AccessStore`` in the database of *engine*, whose schema exists."""

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, key_id: str) -> GatewayKey | None:
        """Return the key with this id, if there is one."""
        with store_errors("read a gateway key"), self._engine.connect() as connection:
            row = connection.execute(select(GATEWAY_KEYS).where(GATEWAY_KEYS.c.id == key_id)).one_or_none()
        return None if row is None else _key(row)

    def insert(self, key: GatewayKey) -> None:
        """Remember *key*; an id that is taken is a ``StoreError``, never an overwrite."""
        with store_errors("write a gateway key"):
            try:
                with self._engine.begin() as connection:
                    connection.execute(insert(GATEWAY_KEYS).values(_row(key)))
            except IntegrityError:
                # Other constraints fail with the same error.
                if self.find(key.id) is None:
                    raise
                raise StoreError(
                    f"there is a gateway key with the id {key.id} already", hint="create the key again"
                ) from None

    def list(self) -> tuple[GatewayKey, ...]:
        """Return all keys, oldest first."""
        everything = select(GATEWAY_KEYS).order_by(GATEWAY_KEYS.c.created_at_ms, GATEWAY_KEYS.c.id)
        with store_errors("list the gateway keys"), self._engine.connect() as connection:
            rows = connection.execute(everything).all()
        return tuple(_key(row) for row in rows)

    def set_state(self, key_id: str, state: KeyState) -> None:
        """Change the state of a key; an unknown id, or waking a revoked key, is a ``StoreError``."""
        # One statement that changes only what may change: there is no moment between asking and writing.
        allowed = (KeyState.ACTIVE.value, state.value)
        change = (
            update(GATEWAY_KEYS)
            .where(GATEWAY_KEYS.c.id == key_id, GATEWAY_KEYS.c.state.in_(allowed))
            .values(state=state.value)
        )
        with store_errors("change a gateway key"), self._engine.begin() as connection:
            changed = connection.execute(change).rowcount
        if not changed:
            raise StoreError(
                "there is no such gateway key, or it was revoked, which is final",
                hint="list the keys, or create a new one",
            )

    def supersede(self, key_id: str, successor: GatewayKey, expires_at_ms: int) -> None:
        """Remember *successor* and let the key it replaces expire, both or neither."""
        columns = GATEWAY_KEYS.c
        earlier = case(
            ((columns.expires_at_ms > 0) & (columns.expires_at_ms < expires_at_ms), columns.expires_at_ms),
            else_=expires_at_ms,
        )
        change = (
            update(GATEWAY_KEYS)
            .where(columns.id == key_id, columns.state == KeyState.ACTIVE.value, columns.replaced_by == "")
            .values(expires_at_ms=earlier, replaced_by=successor.id)
        )
        with store_errors("replace a gateway key"), self._engine.begin() as connection:
            if not connection.execute(change).rowcount:
                raise StoreError(
                    "there is no such gateway key, or it was revoked or replaced already",
                    hint="list the keys, and rotate the one that replaced it",
                )
            connection.execute(insert(GATEWAY_KEYS).values(_row(successor)))

    def touch(self, uses: Mapping[str, int]) -> None:
        """Remember when keys were last used; an earlier time changes nothing."""
        if not uses:
            return
        columns = GATEWAY_KEYS.c
        change = (
            update(GATEWAY_KEYS)
            .where(columns.id == bindparam("used_id"), columns.last_used_at_ms < bindparam("at_ms"))
            .values(last_used_at_ms=bindparam("at_ms"))
        )
        # In one order everywhere: two gateways that write the same rows must not wait for each other in turn.
        rows = [{"used_id": key_id, "at_ms": at_ms} for key_id, at_ms in sorted(uses.items())]
        with store_errors("note the use of gateway keys"), self._engine.begin() as connection:
            connection.execute(change, rows)


def _row(key: GatewayKey) -> dict[str, object]:
    return {
        "id": key.id,
        "key_class": key.key_class.value,
        "tenant": key.tenant,
        "name": key.name,
        "models": json.dumps(key.models),
        "digest": key.digest,
        "state": key.state.value,
        "created_at_ms": key.created_at_ms,
        "expires_at_ms": key.expires_at_ms,
        "requests_per_minute": key.requests_per_minute,
        "owner": key.owner,
        "scope": json.dumps(key.scope.as_dict()),
        "limits": json.dumps(key.limits.as_dict()),
        "last_used_at_ms": key.last_used_at_ms,
        "replaced_by": key.replaced_by,
    }


def _key(row: Row[tuple[object, ...]]) -> GatewayKey:
    """Read a row; what no release ever wrote is refused, not interpreted."""
    try:
        key = GatewayKey(
            id=row.id,
            key_class=KeyClass(row.key_class),
            tenant=row.tenant,
            name=row.name,
            models=_models(row.models),
            digest=bytes(row.digest),
            state=KeyState(row.state),
            created_at_ms=row.created_at_ms,
            expires_at_ms=row.expires_at_ms,
            requests_per_minute=row.requests_per_minute,
            owner=row.owner,
            scope=Scope.of_dict(_object(row.scope)),
            limits=Limits.of_dict(_object(row.limits)),
            last_used_at_ms=row.last_used_at_ms,
            replaced_by=row.replaced_by,
        )
    except (ValueError, TypeError):
        key = None
    if key is None or len(key.digest) != _DIGEST_BYTES:
        raise StoreError("a stored gateway key is damaged", hint="revoke it and create a new one")
    return key


def _models(text: str) -> tuple[str, ...]:
    globs = json.loads(text)
    # Anything else would read as "no globs", and no globs means every model.
    if not isinstance(globs, list) or not all(isinstance(glob, str) for glob in globs):
        raise ValueError(text)
    return tuple(globs)


def _object(text: str) -> dict[str, object]:
    parsed = json.loads(text)
    if not isinstance(parsed, dict):
        raise TypeError
    return parsed
