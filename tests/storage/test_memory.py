"""The stores in memory; what they promise is tested in tests/contracts."""

from __future__ import annotations

from stockade.access.key import GatewayKey, KeyClass
from stockade.storage.memory import MemoryAccessStore


def test_two_stores_share_nothing():
    one, other = MemoryAccessStore(), MemoryAccessStore()
    one.insert(GatewayKey("abcdefghij", KeyClass.PRODUCTION))
    assert other.list() == ()
