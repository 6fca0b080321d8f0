"""Rotations in SQL: broken databases. The contract is tested in tests/contracts."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from stockade.core.errors import StoreError
from stockade.secrets.rotation.record import Rotation, State, Step
from stockade.storage.database import open_database
from stockade.storage.rotation import SqlRotationStore, SqlTraffic
from stockade.storage.schema import create_schema

BEGUN = Rotation("r1", "cloud", 1, State.RUNNING, Step.CREATE, 1, old_key="canary")


@pytest.fixture
def engine(tmp_path):
    made = open_database("sqlite:///rotations.db", tmp_path)
    create_schema(made)
    yield made
    made.dispose()


def test_a_broken_database_is_a_store_error_without_statement_or_values(engine):
    store, traffic = SqlRotationStore(engine), SqlTraffic(engine)
    with engine.begin() as connection:
        for table in ("rotations", "leases", "upstream_key_uses"):
            connection.execute(text("DROP TABLE " + table))
    for call in (
        lambda: store.begin(BEGUN), lambda: store.save(BEGUN), lambda: store.rotations("canary"),
        lambda: store.lease("canary", "h", 1, 2), lambda: store.release("canary", "h"),
        lambda: traffic.note("canary", used_ms=1), lambda: traffic.seen("canary"),
    ):  # fmt: skip
        with pytest.raises(StoreError) as failed:
            call()
        assert "canary" not in str(failed.value) + failed.value.hint


def test_a_record_that_was_tampered_with_is_a_store_error(engine):
    store = SqlRotationStore(engine)
    store.begin(BEGUN)
    with engine.begin() as connection:
        connection.execute(text("UPDATE rotations SET record = '{}'"))
    with pytest.raises(StoreError, match="damaged"):
        store.rotations("cloud")
