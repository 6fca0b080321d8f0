"""One gateway for all tests of a file that change nothing about it."""

from __future__ import annotations

import pytest

from tests.doors.gateway import Door, door
from tests.doors.upstream import echo


@pytest.fixture(scope="module")
def running_door(tmp_path_factory):
    with door(tmp_path_factory.mktemp("home")) as opened:
        yield opened


@pytest.fixture
def gate(running_door: Door):
    """The file's gateway, its upstream back to repeating what it is told."""
    running_door.upstream.script = echo
    running_door.upstream.bodies.clear()
    running_door.upstream.raw.clear()
    return running_door
