"""The tables: made once, by however many processes at once, and never over those of a newer release."""

from __future__ import annotations

import multiprocessing
import threading

import pytest
from sqlalchemy import inspect, text

from stockade.core.errors import StoreError
from stockade.storage.database import open_database
from stockade.storage.schema import VERSION, create_schema


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
