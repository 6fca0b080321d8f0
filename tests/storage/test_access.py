"""Keys in SQL: what a broken or tampered database does. The contract is tested in tests/contracts."""

from __future__ import annotations

import traceback
from dataclasses import replace

import pytest
from sqlalchemy import text

from stockade.access.key import GatewayKey, KeyClass, KeyState
from stockade.core.errors import StoreError
from stockade.storage.access import SqlAccessStore
from stockade.storage.database import open_database
from stockade.storage.schema import create_schema

KEY = GatewayKey(
    "abcdefghij", KeyClass.PRODUCTION, name="canary", models=("canary-*",), digest=b"canary" + bytes(26)
)


@pytest.fixture
def engine(tmp_path):
    made = open_database("sqlite:///keys.db", tmp_path)
    create_schema(made)
    yield made
    made.dispose()


@pytest.fixture
def store(engine):
    return SqlAccessStore(engine)


def run(engine, statement, **values):
    with engine.begin() as connection:
        connection.execute(text(statement), values)


def shown(failed):
    return "".join(traceback.format_exception_only(failed)) + repr(failed) + failed.hint


def every_call(store):
    return [
        lambda: store.find(KEY.id),
        lambda: store.insert(KEY),
        store.list,
        lambda: store.set_state(KEY.id, KeyState.REVOKED),
    ]


def test_a_key_outlives_the_process(tmp_path, store):
    store.insert(KEY)
    again = open_database("sqlite:///keys.db", tmp_path)
    assert SqlAccessStore(again).find(KEY.id) == KEY
    again.dispose()


def test_a_broken_database_is_a_store_error_without_statement_or_values(engine, store):
    run(engine, "DROP TABLE gateway_keys")
    for call in every_call(store):
        with pytest.raises(StoreError) as failed:
            call()
        assert failed.value.hint
        for word in ("canary", "SELECT", "INSERT", "UPDATE", "gateway_keys", KEY.id):
            assert word not in shown(failed.value)
        assert failed.value.__suppress_context__


def test_a_file_that_is_not_a_database_is_a_store_error(tmp_path):
    (tmp_path / "keys.db").write_bytes(b"not a database" * 500)
    broken = open_database("sqlite:///keys.db", tmp_path)
    for call in every_call(SqlAccessStore(broken)):
        with pytest.raises(StoreError):
            call()
    broken.dispose()


@pytest.mark.parametrize(
    "damage",
    [
        "key_class = 'root'",
        "state = 'asleep'",
        "state = ''",
        "models = ''",
        "models = '{}'",
        "models = '\"*\"'",
        "models = 'null'",
        "models = '[1]'",
        "models = x'ff'",
        "digest = x'00'",
        "digest = ''",
        "digest = 5",
    ],
)
def test_a_row_that_no_release_wrote_is_refused(engine, store, damage):
    store.insert(KEY)
    run(engine, f"UPDATE gateway_keys SET {damage}")
    for call in (lambda: store.find(KEY.id), store.list):
        with pytest.raises(StoreError) as failed:
            call()
        assert "canary" not in shown(failed.value)


@pytest.mark.parametrize("change", [{"name": "\ud800"}, {"created_at_ms": 2**70}, {"id": "\ud800"}])
def test_a_value_that_the_database_cannot_hold_is_a_store_error(store, change):
    with pytest.raises(StoreError):
        store.insert(replace(KEY, **change))
    assert store.list() == ()


def test_a_missing_value_is_not_taken_for_a_taken_id(store):
    with pytest.raises(StoreError) as failed:
        store.insert(replace(KEY, tenant=None))
    assert "already" not in str(failed.value)


def test_an_id_that_cannot_be_encoded_is_a_store_error(store):
    with pytest.raises(StoreError):
        store.find("\ud800")
