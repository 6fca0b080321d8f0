"""The tables: made once, by however many processes at once, and never over those of a newer release."""

from __future__ import annotations

import multiprocessing
import threading

import pytest
from sqlalchemy import inspect, text

from stockade.access.key import GatewayKey, KeyClass
from stockade.core.errors import StoreError
from stockade.storage.access import SqlAccessStore
from stockade.storage.database import open_database
from stockade.storage.schema import _ADDED, METADATA, VERSION, create_schema


@pytest.fixture
def engine(tmp_path):
    made = open_database("sqlite:///a.db", tmp_path)
    yield made
    made.dispose()


def versions(engine):
    with engine.connect() as connection:
        return connection.execute(text("SELECT version FROM schema_version")).scalars().all()


def test_the_tables_are_made_and_their_version_is_kept(engine):
    create_schema(engine)
    assert {"gateway_keys", "schema_version"} <= set(inspect(engine).get_table_names())
    assert versions(engine) == [VERSION]


def test_a_second_call_changes_nothing(engine):
    create_schema(engine)
    create_schema(engine)
    assert versions(engine) == [VERSION]


def test_a_newer_database_is_refused_and_left_alone(engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE schema_version (id INTEGER PRIMARY KEY, version INTEGER)"))
        connection.execute(text("INSERT INTO schema_version VALUES (1, 99)"))
    with pytest.raises(StoreError, match="version 99") as refused:
        create_schema(engine)
    assert "newer release" in refused.value.hint
    assert inspect(engine).get_table_names() == ["schema_version"]


def test_a_missing_table_is_made_again(engine):
    create_schema(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE gateway_keys"))
    create_schema(engine)
    assert "gateway_keys" in inspect(engine).get_table_names()


def test_there_can_be_only_one_version(engine):
    create_schema(engine)
    with pytest.raises(Exception, match="CHECK"), engine.begin() as connection:
        connection.execute(text("INSERT INTO schema_version VALUES (2, 1)"))


def test_threads_may_create_it_together(engine):
    barrier, failures = threading.Barrier(6), []

    def work():
        barrier.wait(30)
        try:
            create_schema(engine)
        except StoreError as failed:
            failures.append(failed)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert versions(engine) == [VERSION]


def create_and_report(folder, barrier, answers):
    barrier.wait(60)
    try:
        made = open_database("sqlite:///a.db", folder)
        create_schema(made)
        made.dispose()
        answers.put("made")
    except Exception as failed:
        answers.put(repr(failed.__context__ or failed))
        raise


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="needs fork")
def test_processes_may_create_it_together(tmp_path):
    context = multiprocessing.get_context("fork")
    barrier, answers = context.Barrier(4), context.Queue()
    running = [context.Process(target=create_and_report, args=(tmp_path, barrier, answers)) for _ in range(4)]
    for process in running:
        process.start()
    assert [answers.get(timeout=60) for _ in running] == ["made"] * 4
    for process in running:
        process.join()


def test_a_database_that_cannot_be_written_is_a_store_error(tmp_path):
    (tmp_path / "a.db").write_bytes(b"not a database" * 500)
    broken = open_database("sqlite:///a.db", tmp_path)
    with pytest.raises(StoreError, match="create its tables"):
        create_schema(broken)
    broken.dispose()


VERSION_1 = """
CREATE TABLE gateway_keys (
    id VARCHAR(16) NOT NULL, key_class VARCHAR(16) NOT NULL, tenant VARCHAR(64) NOT NULL,
    name VARCHAR(100) NOT NULL, models TEXT NOT NULL, digest BLOB NOT NULL, state VARCHAR(16) NOT NULL,
    created_at_ms BIGINT NOT NULL, expires_at_ms BIGINT NOT NULL, requests_per_minute INTEGER NOT NULL,
    PRIMARY KEY (id))
"""


def test_a_database_of_the_first_release_is_brought_up_to_date_and_keeps_its_keys(engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE schema_version (id INTEGER PRIMARY KEY, version INTEGER)"))
        connection.execute(text("INSERT INTO schema_version VALUES (1, 1)"))
        connection.execute(text(VERSION_1))
        row = "('abcdefghij', 'production', 'legal', 'n', '[]', :digest, 'active', 1, 0, 60)"
        connection.execute(text("INSERT INTO gateway_keys VALUES " + row), {"digest": bytes(32)})
    for _ in range(2):
        create_schema(engine)
        assert versions(engine) == [VERSION]
    (key,) = SqlAccessStore(engine).list()
    expected = GatewayKey(
        "abcdefghij",
        KeyClass.PRODUCTION,
        "legal",
        "n",
        digest=bytes(32),
        created_at_ms=1,
        requests_per_minute=60,
    )
    assert key == expected


def test_every_column_that_is_added_is_one_of_its_table():
    for version, table, column, statement in _ADDED:
        assert version <= VERSION
        assert column in METADATA.tables[table].columns
        assert f"ALTER TABLE {table} ADD COLUMN {column} " in statement
