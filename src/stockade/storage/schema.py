"""The tables, and the number of their version.

It creates what is missing, adds columns to tables of older releases and refuses what is newer; it never drops
or rewrites a table.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.schema import CreateIndex, CreateTable

from stockade.core.errors import StoreError
from stockade.storage.database import lock_schema, store_errors

VERSION = 2

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
    Column("owner", String(100), nullable=False, server_default=""),
    # JSON objects, read and written as a whole like the globs.
    Column("scope", Text, nullable=False, server_default="{}"),
    Column("limits", Text, nullable=False, server_default="{}"),
    Column("last_used_at_ms", BigInteger, nullable=False, server_default="0"),
    Column("replaced_by", String(16), nullable=False, server_default=""),
)

# What a key has used, in one row, so that one conditional statement can judge and count at once.
GATEWAY_USAGE = Table(
    "gateway_usage",
    METADATA,
    Column("key_id", String(16), primary_key=True),
    Column("minute_started_ms", BigInteger, nullable=False),
    Column("requests", BigInteger, nullable=False),
    Column("tokens", BigInteger, nullable=False),
    Column("in_flight", BigInteger, nullable=False),
    Column("period_started_ms", BigInteger, nullable=False),
    Column("spent_micros", BigInteger, nullable=False),
    Column("reserved_micros", BigInteger, nullable=False),
)

# Calls under way: what they hold until they are settled, and until when a gateway must have spoken for them.
GATEWAY_RESERVATIONS = Table(
    "gateway_reservations",
    METADATA,
    Column("id", String(40), primary_key=True),
    Column("key_id", String(16), nullable=False, index=True),
    Column("tokens", BigInteger, nullable=False),
    Column("cost_micros", BigInteger, nullable=False),
    Column("minute_started_ms", BigInteger, nullable=False),
    Column("expires_at_ms", BigInteger, nullable=False),
)

# One row for each rotation of a provider's key; ``version`` lets only one writer at a time go on.
ROTATIONS = Table(
    "rotations",
    METADATA,
    Column("id", String(40), primary_key=True),
    Column("target", String(64), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("started_at_ms", BigInteger, nullable=False),
    Column("record", Text, nullable=False),
    # One rotation of a target at a time, whatever two processes do at once.
    Index(
        "rotations_under_way",
        "target",
        unique=True,
        sqlite_where=text("state = 'running'"),
        postgresql_where=text("state = 'running'"),
    ),
)

# Who does, until when, what only one may do at a time.
LEASES = Table(
    "leases",
    METADATA,
    Column("name", String(100), primary_key=True),
    Column("holder", String(100), nullable=False),
    Column("until_ms", BigInteger, nullable=False),
)

# When each upstream key, known by its fingerprint, was last sent, as its gateways tell.
UPSTREAM_KEY_USES = Table(
    "upstream_key_uses",
    METADATA,
    Column("fingerprint", String(64), primary_key=True),
    Column("instance", String(64), primary_key=True),
    Column("last_used_at_ms", BigInteger, nullable=False),
    Column("last_failed_at_ms", BigInteger, nullable=False),
)

# What brings a table of an older release up to date: version, table, column, statement.
_ADDED = (
    (
        2,
        "gateway_keys",
        "owner",
        "ALTER TABLE gateway_keys ADD COLUMN owner VARCHAR(100) NOT NULL DEFAULT ''",
    ),
    (2, "gateway_keys", "scope", "ALTER TABLE gateway_keys ADD COLUMN scope TEXT NOT NULL DEFAULT '{}'"),
    (2, "gateway_keys", "limits", "ALTER TABLE gateway_keys ADD COLUMN limits TEXT NOT NULL DEFAULT '{}'"),
    (
        2,
        "gateway_keys",
        "last_used_at_ms",
        "ALTER TABLE gateway_keys ADD COLUMN last_used_at_ms BIGINT NOT NULL DEFAULT 0",
    ),
    (
        2,
        "gateway_keys",
        "replaced_by",
        "ALTER TABLE gateway_keys ADD COLUMN replaced_by VARCHAR(16) NOT NULL DEFAULT ''",
    ),
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
        if found is not None:
            _add_columns(connection, found)
        _create_tables(connection)
        if found is None:
            connection.execute(insert(SCHEMA_VERSION).values(id=1, version=VERSION))
        elif found < VERSION:
            connection.execute(update(SCHEMA_VERSION).values(version=VERSION))


def _add_columns(connection: Connection, found: int) -> None:
    tables = inspect(connection)
    for version, table, column, statement in _ADDED:
        if version <= found or not tables.has_table(table):
            continue
        if column not in {known["name"] for known in tables.get_columns(table)}:
            connection.exec_driver_sql(statement)


def _create_tables(connection: Connection) -> None:
    for table in METADATA.sorted_tables:
        connection.execute(CreateTable(table, if_not_exists=True))
        for index in table.indexes:
            connection.execute(CreateIndex(index, if_not_exists=True))
