"""The tables, and the number of their version.

It creates what is missing and refuses what is newer; it never drops or rewrites a table.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    insert,
    select,
)
from sqlalchemy.schema import CreateTable

from stockade.core.errors import StoreError
from stockade.storage.database import lock_schema, store_errors

VERSION = 1

METADATA = MetaData()

# One row: the constraint keeps it so, also against two processes that start at once.
SCHEMA_VERSION = Table(
    "schema_version",
    METADATA,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
)

GATEWAY_KEYS = Table(
    "gateway_keys",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("key_class", String(16), nullable=False),
    Column("tenant", String(64), nullable=False),
    Column("name", String(100), nullable=False),
    # A JSON list: globs are read and written as a whole, never searched for.
    Column("models", Text, nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("expires_at_ms", BigInteger, nullable=False),
    Column("requests_per_minute", Integer, nullable=False),
)


def create_schema(engine: Engine) -> None:
    """Create the tables that are missing; a second call, also at the same moment, changes nothing.

    Raises:
        StoreError: the database was made by a newer release, or cannot be written.
    """
    with store_errors("create its tables"), engine.begin() as connection:
        lock_schema(connection)
        connection.execute(CreateTable(SCHEMA_VERSION, if_not_exists=True))
        found = connection.execute(select(SCHEMA_VERSION.c.version)).scalar_one_or_none()
        if found is not None and found > VERSION:
            raise StoreError(
                f"the database has schema version {found}, and this release knows {VERSION}",
                hint="run the newer release that made it, or restore a backup from before",
            )
        _create_tables(connection)
        if found is None:
            connection.execute(insert(SCHEMA_VERSION).values(id=1, version=VERSION))


def _create_tables(connection: Connection) -> None:
    for table in METADATA.sorted_tables:
        connection.execute(CreateTable(table, if_not_exists=True))
