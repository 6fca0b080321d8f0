"""Limits in SQL: broken databases, processes that compete, and how long a row is locked."""

from __future__ import annotations

import inspect
import multiprocessing

import pytest
from sqlalchemy import text

from stockade.access.claim import Claim, LimitStore, Settled
from stockade.core.errors import StoreError
from stockade.storage.database import open_database
from stockade.storage.limits import SqlLimitStore
from stockade.storage.schema import create_schema

NOW = 1_800_000_000_000


@pytest.fixture
def engine(tmp_path):
    made = open_database("sqlite:///limits.db", tmp_path)
    create_schema(made)
    yield made
    made.dispose()


def test_it_offers_what_the_port_asks_for():
    for name, method in inspect.getmembers(LimitStore, inspect.isfunction):
        if not name.startswith("_"):
            ours = inspect.signature(getattr(SqlLimitStore, name))
            assert list(ours.parameters) == list(inspect.signature(method).parameters)


def test_a_broken_database_is_a_store_error_without_statement_or_values(engine):
    store = SqlLimitStore(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE gateway_usage"))
        connection.execute(text("DROP TABLE gateway_reservations"))
    for call in (
        lambda: store.reserve(Claim("c", "key-canary"), NOW),
        lambda: store.settle(Settled("c", "key-canary", 1, 1, 0), NOW),
        lambda: store.renew(("c",), NOW),
        lambda: store.sweep(NOW),
        lambda: store.standing("key-canary"),
    ):
        with pytest.raises(StoreError) as failed:
            call()
        assert "canary" not in str(failed.value) + failed.value.hint
        assert "gateway_" not in str(failed.value)


def test_a_reservation_that_cannot_be_kept_counts_nothing(engine):
    store = SqlLimitStore(engine)
    assert store.reserve(Claim("same", "key"), NOW)[0]
    with pytest.raises(StoreError):
        store.reserve(Claim("same", "key"), NOW)
    assert store.standing("key").requests == 1


def tries_of_a_process(folder, number, barrier, admitted):
    engine = open_database("sqlite:///limits.db", folder)
    store = SqlLimitStore(engine)
    barrier.wait(30)
    count = 0
    for step in range(12):
        claim = Claim(f"{number}-{step}", "key", requests_max=15, expires_at_ms=NOW + 1)
        count += store.reserve(claim, NOW)[0]
    admitted.put(count)
    engine.dispose()


def test_processes_that_compete_admit_exactly_what_there_is(engine, tmp_path):
    context = multiprocessing.get_context("spawn")
    barrier, admitted = context.Barrier(2), context.Queue()
    processes = [
        context.Process(target=tries_of_a_process, args=(tmp_path, number, barrier, admitted))
        for number in range(2)
    ]
    for process in processes:
        process.start()
    assert sum(admitted.get(timeout=60) for _ in processes) == 15
    for process in processes:
        process.join(30)
