"""The catalogue of wires: each under its own path, and nothing under any other."""

from __future__ import annotations

from stockade import wires
from stockade.wires import WIRES


def test_each_wire_is_served_on_its_own_path():
    assert WIRES
    assert all(path == wire.path and path.startswith("/v1/") for path, wire in WIRES.items())


def test_a_path_nobody_reads_has_no_wire():
    assert all(
        WIRES.get(p) is None for p in ("/v1/chat/completions/", "/V1/chat/completions", "/v1/files", "")
    )


def test_everything_a_door_needs_is_in_the_front():
    assert all(hasattr(wires, name) for name in wires.__all__)
