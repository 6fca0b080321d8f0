"""Opening a database: which, where, for whom, and how its connections are set."""

from __future__ import annotations

import builtins
import os
import stat
import traceback

import pytest
from sqlalchemy import text

from stockade.core.errors import ConfigError, StoreError
from stockade.storage import database
from stockade.storage.database import lock_schema, open_database, store_errors

posix = pytest.mark.skipif(os.name != "posix", reason="permissions of other accounts are a matter of POSIX")


@pytest.fixture
def opened(tmp_path):
    engines = []

    def open_here(url):
        engines.append(open_database(url, tmp_path))
        return engines[-1]

    yield open_here
    for engine in engines:
        engine.dispose()


def use(engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (a INTEGER)"))


def test_a_relative_path_lies_under_the_home(opened, tmp_path):
    use(opened("sqlite:///state/stockade.db"))
    assert (tmp_path / "state" / "stockade.db").stat().st_size > 0


def test_an_absolute_path_stays_where_it_is(opened, tmp_path):
    path = tmp_path / "elsewhere" / "a.db"
    use(opened(f"sqlite:///{path}"))
    assert path.stat().st_size > 0


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("trusted_schema", 0),
    ],
)
def test_every_connection_is_set(opened, pragma, value):
    engine = opened("sqlite:///a.db")
    with engine.connect() as one, engine.connect() as other:
        for connection in (one, other):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value


@posix
def test_only_the_owner_may_read_the_files(opened, tmp_path):
    before = os.umask(0)
    try:
        engine = opened("sqlite:///state/a.db")
        use(engine)
        with engine.connect() as connection:
            connection.execute(text("SELECT * FROM t"))
            files = list((tmp_path / "state").iterdir())
    finally:
        os.umask(before)
    assert len(files) == 3
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700


@posix
def test_a_file_that_others_could_read_is_closed_to_them(opened, tmp_path):
    (tmp_path / "a.db").touch()
    (tmp_path / "a.db").chmod(0o666)
    opened("sqlite:///a.db")
    assert stat.S_IMODE((tmp_path / "a.db").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "url",
    [
        "",
        "canary",
        "canary://canary",
        "sqlite",
        "sqlite:",
        "sqlite:/",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///file:canary?uri=true",
        "sqlite:///canary.db?mode=ro",
        "sqlite://canary/a.db",
        "sqlite:///file:canary",
        "sqlite:///a\0canary",
        "sqlite+aiosqlite:///canary.db",
        "mysql://canary:canary@host/canary",
        "postgresql+asyncpg://canary@host/canary",
        "postgresql://canary:canary@host:canary/db",
        "postgres://canary@host/db",
        "://canary",
    ],
)
def test_another_address_is_refused_and_never_repeated(tmp_path, url):
    with pytest.raises(ConfigError) as refused:
        open_database(url, tmp_path)
    shown = "".join(traceback.format_exception_only(refused.value)) + repr(refused.value)
    assert "canary" not in shown + refused.value.hint
    assert "sqlite:///stockade.db" in refused.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_place_of_the_file_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="cannot be used") as refused:
        open_database(f"sqlite:///{tmp_path}", tmp_path)
    assert "permission" in refused.value.hint


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "state").touch()
    with pytest.raises(ConfigError, match="cannot be used"):
        open_database("sqlite:///state/a.db", tmp_path)


def test_postgresql_without_its_driver_names_the_extra(tmp_path, monkeypatch):
    real = builtins.__import__

    def without_driver(name, *rest):
        if name.partition(".")[0] == "psycopg":
            raise ModuleNotFoundError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_driver)
    with pytest.raises(ConfigError, match="driver") as refused:
        open_database("postgresql://u:canary@host/db", tmp_path)
    assert "stockade[postgres]" in refused.value.hint
    assert "canary" not in repr(refused.value)


def test_postgresql_is_opened_with_its_driver_and_its_password_is_not_shown(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(database, "create_engine", lambda url, **options: asked.append((url, options)))
    open_database("postgresql://u:canary@host/db", tmp_path)
    ((url, options),) = asked
    assert url.drivername == "postgresql+psycopg"
    assert options["hide_parameters"] is True
    assert "canary" not in repr(asked)


def test_a_file_system_without_a_write_ahead_log_is_refused():
    class Cursor:
        def execute(self, statement):
            pass

        def fetchone(self):
            return ("delete",)

        def close(self):
            pass

    class Connection:
        def cursor(self):
            return Cursor()

    with pytest.raises(StoreError, match="write-ahead log") as refused:
        database._set_up_sqlite(Connection(), None)
    assert "local disk" in refused.value.hint


def test_what_a_database_raises_becomes_a_store_error_and_what_is_ours_does_not():
    with pytest.raises(StoreError, match=r"could not count \(OverflowError\)"), store_errors("count"):
        raise OverflowError("canary")
    ours = StoreError("ours")
    with pytest.raises(StoreError) as failed, store_errors("count"):
        raise ours
    assert failed.value is ours


def test_the_lock_of_the_schema_keeps_others_from_writing(opened):
    engine = opened("sqlite:///a.db")
    with engine.begin() as first, engine.connect() as second:
        lock_schema(first)
        second.exec_driver_sql("PRAGMA busy_timeout = 0")
        with pytest.raises(Exception, match="locked"):
            lock_schema(second)


def test_the_lock_of_the_schema_on_postgresql_ends_with_the_transaction():
    class Connection:
        statements = ()

        class dialect:  # noqa: N801 - named as the attribute is
            name = "postgresql"

        def exec_driver_sql(self, statement):
            self.statements += (statement,)

    connection = Connection()
    lock_schema(connection)
    assert connection.statements == ("SELECT pg_advisory_xact_lock(1398033220)",)
