"""The port of the key stores: what the shipped adapters offer is what it asks for."""

from __future__ import annotations

import inspect

import pytest

from stockade.access.store import AccessStore
from stockade.storage.access import SqlAccessStore
from stockade.storage.memory import MemoryAccessStore


@pytest.mark.parametrize("adapter", [MemoryAccessStore, SqlAccessStore])
def test_an_adapter_has_the_methods_of_the_port(adapter):
    for name, method in inspect.getmembers(AccessStore, inspect.isfunction):
        if not name.startswith("_"):
            assert list(inspect.signature(getattr(adapter, name)).parameters) == list(
                inspect.signature(method).parameters
            )
