"""Limits in memory. The contract is tested in tests/contracts."""

from __future__ import annotations

import inspect

from stockade.access.claim import LimitStore
from stockade.storage.memory_limits import MemoryLimitStore


def test_it_offers_what_the_port_asks_for():
    for name, method in inspect.getmembers(LimitStore, inspect.isfunction):
        if not name.startswith("_"):
            ours = inspect.signature(getattr(MemoryLimitStore, name))
            assert list(ours.parameters) == list(inspect.signature(method).parameters)
