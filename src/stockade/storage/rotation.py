"""Rotations of provider keys in SQL: their records, the lease of who drives one, and what was seen of keys.

No key is in any of these tables, only ids of providers and fingerprints.
"""

from __future__ import annotations

from sqlalchemy import Engine, and_, delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from stockade.core.errors import StoreError
from stockade.secrets.rotation.record import Rotation
from stockade.storage.database import store_errors
from stockade.storage.schema import LEASES, ROTATIONS, UPSTREAM_KEY_USES


class SqlRotationStore:
    """A ``RotationStore`` in the database of *engine*, whose schema exists."""

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, rotation: Rotation) -> None:
        """Remember a new rotation; while one of its target goes on, that is a ``StoreError``."""
        row = {**_row(rotation), "id": rotation.id, "target": rotation.target}
        with store_errors("begin a rotation"):
            try:
                with self._engine.begin() as connection:
                    connection.execute(insert(ROTATIONS).values(row))
            except IntegrityError:
                raise StoreError(
                    f"a rotation of {rotation.target} is under way already",
                    hint="go on with it, or roll it back",
                ) from None

    def save(self, rotation: Rotation) -> Rotation:
        """Remember the next version and return it; one that somebody else wrote is a ``StoreError``."""
        after = rotation.next_version()
        change = (
            update(ROTATIONS)
            .where(ROTATIONS.c.id == rotation.id, ROTATIONS.c.version == rotation.version)
            .values(_row(after))
        )
        with store_errors("remember a rotation"), self._engine.begin() as connection:
            changed = connection.execute(change).rowcount
        if not changed:
            raise StoreError("somebody else went on with this rotation", hint="look at its status first")
        return after

    def rotations(self, target: str) -> tuple[Rotation, ...]:
        """Return the rotations of a target, the newest first."""
        columns = ROTATIONS.c
        wanted = (
            select(columns.record)
            .where(columns.target == target)
            .order_by(columns.started_at_ms.desc(), columns.id.desc())
        )
        with store_errors("read rotations"), self._engine.connect() as connection:
            return tuple(Rotation.of_json(text) for text in connection.execute(wanted).scalars())

    def lease(self, name: str, holder: str, now_ms: int, until_ms: int) -> bool:
        """Take or prolong what only one may hold; ``False`` while somebody else does."""
        dialect = sqlite if self._engine.dialect.name == "sqlite" else postgresql
        take = dialect.insert(LEASES).values(name=name, holder=holder, until_ms=until_ms)
        take = take.on_conflict_do_update(
            index_elements=[LEASES.c.name],
            set_={"holder": holder, "until_ms": until_ms},
            where=or_(LEASES.c.holder == holder, LEASES.c.until_ms <= now_ms),
        )
        with store_errors("take a lease"), self._engine.begin() as connection:
            return connection.execute(take.returning(LEASES.c.name)).first() is not None

    def release(self, name: str, holder: str) -> None:
        """Give it back."""
        mine = and_(LEASES.c.name == name, LEASES.c.holder == holder)
        with store_errors("give a lease back"), self._engine.begin() as connection:
            connection.execute(delete(LEASES).where(mine))


class SqlTraffic:
    """What gateways saw of upstream keys: a ``Traffic``, and how they tell.

    Args:
        engine: the database, whose schema exists.
        instance: which gateway tells.
    """

    __slots__ = ("_engine", "_instance")

    def __init__(self, engine: Engine, instance: str = "") -> None:
        self._engine = engine
        self._instance = instance

    def note(self, fingerprint: str, *, used_ms: int = 0, refused_ms: int = 0) -> None:
        """Remember that a key was used with success, or refused by its provider; once a minute is enough."""
        columns = UPSTREAM_KEY_USES.c
        dialect = sqlite if self._engine.dialect.name == "sqlite" else postgresql
        row = {"fingerprint": fingerprint, "instance": self._instance}
        change = dialect.insert(UPSTREAM_KEY_USES).values(
            **row, last_used_at_ms=used_ms, last_failed_at_ms=refused_ms
        )
        change = change.on_conflict_do_update(
            index_elements=[columns.fingerprint, columns.instance],
            set_={
                "last_used_at_ms": _later(self._engine, columns.last_used_at_ms, used_ms),
                "last_failed_at_ms": _later(self._engine, columns.last_failed_at_ms, refused_ms),
            },
        )
        with store_errors("note the use of a key"), self._engine.begin() as connection:
            connection.execute(change)

    def seen(self, fingerprint: str) -> tuple[int, int]:
        """Return when a key was last used with success, and when it was last refused; 0 for never."""
        columns = UPSTREAM_KEY_USES.c
        wanted = select(func.max(columns.last_used_at_ms), func.max(columns.last_failed_at_ms)).where(
            columns.fingerprint == fingerprint
        )
        with store_errors("read the use of a key"), self._engine.connect() as connection:
            used, refused = connection.execute(wanted).one()
        return used or 0, refused or 0


def _later(engine: Engine, column: object, value: int) -> object:
    # The larger of two is called MAX in one dialect and GREATEST in the other.
    larger = func.max if engine.dialect.name == "sqlite" else func.greatest
    return larger(column, value)


def _row(rotation: Rotation) -> dict[str, object]:
    return {
        "version": rotation.version,
        "state": rotation.state.value,
        "started_at_ms": rotation.started_at_ms,
        "record": rotation.as_json(),
    }
