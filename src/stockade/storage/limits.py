"""What gateway keys use, in SQL: one conditional UPDATE judges and counts, so no two callers pass together.

It decides nothing else; which bounds there are and what a refusal says is in ``access.meter``. No transaction
is open while a call is under way.
"""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Connection,
    Engine,
    Row,
    Update,
    and_,
    bindparam,
    case,
    delete,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningUpdate

from stockade.access.claim import MINUTE_MS, Claim, Settled, Standing
from stockade.storage.database import store_errors
from stockade.storage.schema import GATEWAY_RESERVATIONS, GATEWAY_USAGE

_USE = GATEWAY_USAGE.c
_HELD = GATEWAY_RESERVATIONS.c
_SPOKEN_FOR_AT_ONCE = 500
# A call that has not ended a day after its gateway fell silent will not.
LATE_MS = 86_400_000


class SqlLimitStore:
    """A ``LimitStore`` in the database of *engine*, whose schema exists."""

    __slots__ = ("_engine", "_hold", "_let_go", "_settle", "_take", "_turn")

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # SQLite has one writer; threads of one process queue here, fairly, and not in its busy timeout.
        single = engine.dialect.name == "sqlite"
        # Built once: building them takes ten times as long as running them.
        self._take, self._settle, self._hold = _taking(), _settling(), insert(GATEWAY_RESERVATIONS)
        self._let_go = (
            delete(GATEWAY_RESERVATIONS)
            .where(_HELD.id == bindparam("reservation"))
            .returning(*GATEWAY_RESERVATIONS.columns)
        )
        self._turn: AbstractContextManager[object] = threading.Lock() if single else nullcontext()

    def reserve(self, claim: Claim, now_ms: int) -> tuple[bool, Standing]:
        """Judge and count in one step."""
        asked = _asked(claim, now_ms)
        with store_errors("count a call"), self._turn, self._engine.begin() as connection:
            admitted = connection.execute(self._take, asked).one_or_none()
            if admitted is None:
                _make_room(connection, claim.key_id, now_ms)
                admitted = connection.execute(self._take, asked).one_or_none()
            if admitted is None:
                return False, _standing(_row(connection, claim.key_id))
            held = {
                "id": claim.id,
                "key_id": claim.key_id,
                "tokens": claim.tokens,
                "cost_micros": claim.cost_micros,
                "minute_started_ms": admitted.minute_started_ms,
                "expires_at_ms": claim.expires_at_ms,
            }
            connection.execute(self._hold, held)
            return True, _standing(admitted)

    def settle(self, settled: Settled, now_ms: int) -> None:
        """Put what was used in the place of what was reserved."""
        del now_ms
        with store_errors("settle a call"), self._turn, self._engine.begin() as connection:
            held = connection.execute(self._let_go, {"reservation": settled.id}).one_or_none()
            if held is not None:
                connection.execute(self._settle, _used(settled, held))

    def renew(self, ids: tuple[str, ...], expires_at_ms: int) -> None:
        """Speak for calls that are still under way."""
        with store_errors("speak for calls under way"), self._turn, self._engine.begin() as connection:
            for start in range(0, len(ids), _SPOKEN_FOR_AT_ONCE):
                some = sorted(ids)[start : start + _SPOKEN_FOR_AT_ONCE]
                connection.execute(
                    update(GATEWAY_RESERVATIONS)
                    .where(_HELD.id.in_(some), _HELD.expires_at_ms > 0)
                    .values(expires_at_ms=expires_at_ms)
                )

    def sweep(self, now_ms: int) -> int:
        """Give back what calls hold that nobody has spoken for."""
        with store_errors("give back reservations"), self._turn, self._engine.begin() as connection:
            over = and_(_HELD.expires_at_ms < 0, _HELD.expires_at_ms > LATE_MS - now_ms)
            connection.execute(delete(GATEWAY_RESERVATIONS).where(over))
            keys = connection.execute(select(_HELD.key_id).where(_expired(now_ms)).distinct()).scalars().all()
            return sum(_give_back(connection, key_id, now_ms) for key_id in sorted(keys))

    def standing(self, key_id: str) -> Standing:
        """Return what a key has used."""
        with store_errors("read the use of a key"), self._engine.connect() as connection:
            return _standing(_row(connection, key_id))


def _number(name: str) -> BindParameter[int]:
    return bindparam(name, type_=BigInteger)


def _taking() -> ReturningUpdate[*tuple[Any, ...]]:
    """Return the statement that judges and counts: it changes the row where the claim fits."""
    now, tokens_asked, cost, period = map(_number, ("now", "tokens_asked", "cost", "period"))
    age = now - _USE.minute_started_ms
    fresh = and_(age < MINUTE_MS, age > -MINUTE_MS)
    requests = case((fresh, _USE.requests), else_=0)
    tokens = case((fresh, _USE.tokens), else_=0)
    spent = case((_USE.period_started_ms == period, _USE.spent_micros), else_=0)
    return (
        update(GATEWAY_USAGE)
        .where(
            _USE.key_id == bindparam("key"),
            _within(requests + 1, "requests_max"),
            _within(tokens + tokens_asked, "tokens_max"),
            _within(_USE.in_flight + 1, "concurrency_max"),
            _within(spent + _USE.reserved_micros + cost, "spend_max"),
        )
        .values(
            minute_started_ms=case((fresh, _USE.minute_started_ms), else_=now),
            requests=requests + 1,
            tokens=tokens + tokens_asked,
            in_flight=_USE.in_flight + 1,
            period_started_ms=period,
            spent_micros=spent,
            reserved_micros=_USE.reserved_micros + cost,
        )
        .returning(*GATEWAY_USAGE.columns)
    )


def _within(used: ColumnElement[int], bound: str) -> ColumnElement[bool]:
    return or_(_number(bound) == 0, used <= _number(bound))


def _asked(claim: Claim, now_ms: int) -> dict[str, object]:
    return {
        "key": claim.key_id,
        "now": now_ms,
        "tokens_asked": claim.tokens,
        "cost": claim.cost_micros,
        "period": claim.period_started_ms,
        "requests_max": claim.requests_max,
        "tokens_max": claim.tokens_max,
        "concurrency_max": claim.concurrency_max,
        "spend_max": claim.spend_max,
    }


def _make_room(connection: Connection, key_id: str, now_ms: int) -> None:
    """Make what may be missing: the row of a key, or room that abandoned calls hold.

    That the row is there says nothing: somebody else may have made it since, so the caller tries again.
    """
    empty = dict.fromkeys((column.name for column in GATEWAY_USAGE.columns), 0)
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    made = dialect.insert(GATEWAY_USAGE).values({**empty, "key_id": key_id})
    connection.execute(made.on_conflict_do_nothing())
    _give_back(connection, key_id, now_ms)


def _expired(now_ms: int) -> ColumnElement[bool]:
    return and_(_HELD.expires_at_ms > 0, _HELD.expires_at_ms <= now_ms)


def _give_back(connection: Connection, key_id: str, now_ms: int) -> int:
    # The row stays, with a negative time: a call that ends late is still to be paid for, once.
    gone = connection.execute(
        update(GATEWAY_RESERVATIONS)
        .where(_HELD.key_id == key_id, _expired(now_ms))
        .values(expires_at_ms=-now_ms)
        .returning(_HELD.cost_micros)
    ).all()
    if gone:
        connection.execute(
            update(GATEWAY_USAGE)
            .where(_USE.key_id == key_id)
            .values(
                in_flight=_not_below_zero(_USE.in_flight - len(gone)),
                reserved_micros=_not_below_zero(_USE.reserved_micros - sum(row.cost_micros for row in gone)),
            )
        )
    return len(gone)


def _settling() -> Update:
    """Return the statement that puts what was used in the place of what was reserved."""
    held, minute = _number("held"), _number("minute")
    corrected = _not_below_zero(_USE.tokens + _number("tokens_used") - _number("tokens_held"))
    paid = case((_USE.period_started_ms == _number("period"), _number("cost")), else_=0)
    return (
        update(GATEWAY_USAGE)
        .where(_USE.key_id == bindparam("key"))
        .values(
            spent_micros=_USE.spent_micros + paid,
            tokens=case((and_(held == 1, _USE.minute_started_ms == minute), corrected), else_=_USE.tokens),
            in_flight=_not_below_zero(_USE.in_flight - held),
            reserved_micros=_not_below_zero(_USE.reserved_micros - held * _number("cost_held")),
        )
    )


def _used(settled: Settled, held: Row[*tuple[Any, ...]]) -> dict[str, object]:
    return {
        "key": settled.key_id,
        "period": settled.period_started_ms,
        "cost": settled.cost_micros,
        "tokens_used": settled.tokens,
        "tokens_held": held.tokens,
        "minute": held.minute_started_ms,
        "cost_held": held.cost_micros,
        # What was given back before is not given back again; only the spend is still owed.
        "held": int(held.expires_at_ms > 0),
    }


def _not_below_zero(value: ColumnElement[int]) -> ColumnElement[int]:
    return case((value > 0, value), else_=0)


def _row(connection: Connection, key_id: str) -> Row[tuple[object, ...]] | None:
    return connection.execute(select(GATEWAY_USAGE).where(_USE.key_id == key_id)).one_or_none()


def _standing(row: Row[tuple[object, ...]] | None) -> Standing:
    if row is None:
        return Standing()
    return Standing(
        row.minute_started_ms,
        row.requests,
        row.tokens,
        row.in_flight,
        row.period_started_ms,
        row.spent_micros,
        row.reserved_micros,
    )
