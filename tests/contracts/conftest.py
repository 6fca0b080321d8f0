"""What the contracts share: one PostgreSQL server for all of them."""

from __future__ import annotations

import pytest
from tests.storage.servers.postgres import postgres


@pytest.fixture(scope="session")
def server():
    with postgres() as running:
        yield running
