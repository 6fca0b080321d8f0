"""Open a database: which ones there are, where an SQLite file lies, and how its connections are set.

The only module that knows the dialects apart. It creates no tables and moves no data.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from stockade.core.errors import ConfigError, StoreError

_FILE_MODE = 0o600
_FOLDER_MODE = 0o700
_OTHERS = 0o077
_BUSY_TIMEOUT_MS = 5_000
# Any fixed number: PostgreSQL's advisory locks are named by numbers. These are the letters "STKD".
_SCHEMA_LOCK = 0x53544B44
_FORMS = 'write "sqlite:///stockade.db" (a path under STOCKADE_HOME) or "postgresql://host/database"'


def open_database(url: str, home: Path) -> Engine:
    """Return an engine for *url*; an SQLite path that is not absolute lies under *home*.

    PostgreSQL is not contacted before the first use; an SQLite file is made at once, readable by its
    owner only.

    Raises:
        ConfigError: the address is malformed or names another database, or the file cannot be made.
    """
    parsed = _parsed(url)
    if parsed.drivername in {"sqlite", "sqlite+pysqlite"}:
        return _sqlite(_sqlite_path(parsed, home))
    if parsed.drivername in {"postgresql", "postgresql+psycopg"}:
        return _postgresql(parsed)
    raise ConfigError("the storage address names a database that is not supported", hint=_FORMS)


@contextmanager
def store_errors(doing: str) -> Iterator[None]:
    """Turn whatever a database raises into a ``StoreError`` without statement or parameters.

    ValueError and OverflowError come from drivers, for text and numbers that they cannot encode.
    """
    try:
        yield
    except (SQLAlchemyError, ValueError, OverflowError) as failed:
        raise StoreError(
            f"the store could not {doing} ({type(failed).__name__})",
            hint="check that the database is reachable, has room, and may be written; then try again",
        ) from None


def lock_schema(connection: Connection) -> None:
    """Let only this transaction change the schema until it ends."""
    if connection.dialect.name == "sqlite":
        # The driver begins a transaction late, before the first change; two processes could both read first.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_SCHEMA_LOCK})")


def _parsed(url: str) -> URL:
    malformed = ConfigError("the storage address is malformed", hint=_FORMS)
    try:
        return make_url(url)
    except (SQLAlchemyError, ValueError):
        # The address may hold a password, so not even its beginning is repeated.
        raise malformed from None


def _sqlite_path(url: URL, home: Path) -> Path:
    if url.query or url.host or url.username:
        raise ConfigError("the address of an SQLite database is a path and nothing else", hint=_FORMS)
    name = url.database or ""
    if name in {"", ":memory:"} or name.startswith("file:") or "\0" in name:
        raise ConfigError("the storage address names no file, so keys and records would be lost", hint=_FORMS)
    return home / name


def _sqlite(path: Path) -> Engine:
    try:
        path.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        _make_private(path)
    except OSError as failed:
        raise ConfigError(
            f"the database file {path} cannot be used ({failed.strerror or type(failed).__name__})",
            hint="give the account that runs stockade read and write permission on the file and its folder",
        ) from None
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        hide_parameters=True,
        connect_args={"timeout": _BUSY_TIMEOUT_MS / 1000},
    )
    event.listen(engine, "connect", _set_up_sqlite)
    return engine


def _make_private(path: Path) -> None:
    """Make the file before SQLite does, which would take the umask; its log files copy the mode."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NONBLOCK", 0), _FILE_MODE)
    try:
        if os.name == "posix" and os.fstat(descriptor).st_mode & _OTHERS:
            os.fchmod(descriptor, _FILE_MODE)
    finally:
        os.close(descriptor)


def _set_up_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    try:
        # First the timeout: the change of the journal already waits for other processes.
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        (mode,) = cursor.fetchone() or ("",)
        if mode != "wal":
            raise StoreError(
                "the database file lies where SQLite cannot keep its write-ahead log",
                hint="put STOCKADE_HOME on a local disk",
            )
        # FULL: with NORMAL a power failure takes committed changes back, a revocation for one.
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        # A file that was tampered with must not run functions from its schema.
        cursor.execute("PRAGMA trusted_schema = OFF")
    finally:
        cursor.close()


def _postgresql(url: URL) -> Engine:
    try:
        return create_engine(
            url.set(drivername="postgresql+psycopg"), hide_parameters=True, pool_pre_ping=True
        )
    except (ImportError, NoSuchModuleError):
        raise ConfigError(
            "the driver for PostgreSQL is not installed", hint="install stockade[postgres]"
        ) from None
