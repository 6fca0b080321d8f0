"""Rotations in memory offer what the ports ask for. The contract is tested in tests/contracts."""

from __future__ import annotations

import inspect

import pytest

from stockade.secrets.rotation.record import RotationStore, Traffic
from stockade.storage.memory_rotation import MemoryRotationStore, MemoryTraffic
from stockade.storage.rotation import SqlRotationStore, SqlTraffic


@pytest.mark.parametrize(
    ("adapter", "port"),
    [
        (MemoryRotationStore, RotationStore),
        (SqlRotationStore, RotationStore),
        (MemoryTraffic, Traffic),
        (SqlTraffic, Traffic),
    ],
)
def test_an_adapter_has_the_methods_of_its_port(adapter, port):
    for name, method in inspect.getmembers(port, inspect.isfunction):
        if not name.startswith("_"):
            ours = inspect.signature(getattr(adapter, name))
            assert list(ours.parameters) == list(inspect.signature(method).parameters)
