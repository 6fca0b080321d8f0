"""Services wired over memory stores, with no server in front."""

from __future__ import annotations

import asyncio
import os

import pytest

from stockade.access.authenticator import Authenticator
from stockade.access.key import KeyClass, KeyRequest
from stockade.access.meter import Meter
from stockade.audit import MemoryLog
from stockade.bootstrap import Access, now_ms
from stockade.cli.keys import minted
from stockade.config.prices import prices_of
from stockade.gateway.wiring import services_of
from stockade.storage.memory import MemoryAccessStore
from stockade.storage.memory_limits import MemoryLimitStore
from tests.doors.gateway import CONFIG, installed


@pytest.fixture
def found(tmp_path):
    return installed(tmp_path, CONFIG.format(base_url="http://127.0.0.1:9/v1"))


@pytest.fixture
def log():
    return MemoryLog()


@pytest.fixture
def store():
    return MemoryAccessStore()


@pytest.fixture
def access(found, store):
    meter = Meter(MemoryLimitStore(), prices=prices_of({}), clock=now_ms, new_id=lambda: os.urandom(8).hex())
    return Access(store, Authenticator(store, pepper=found.keys.pepper, clock=now_ms), meter)


@pytest.fixture
def services(found, log, access):
    made = services_of(found, log=log, access=access)
    loop = asyncio.new_event_loop()
    made.ledger.start(loop)
    yield made
    loop.close()


@pytest.fixture
def key(found, store):
    made, text = minted(KeyRequest(KeyClass.PRODUCTION), pepper=found.keys.pepper, now_ms=now_ms())
    store.insert(made)
    return text.reveal()


@pytest.fixture(autouse=True)
def provider_key(monkeypatch):
    monkeypatch.setitem(os.environ, "UPSTREAM_KEY", "provider-canary")
