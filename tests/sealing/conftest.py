from __future__ import annotations

import pytest

from stockade.sealing.sealer import Sealer
from stockade.sealing.terms import TermRing

KEK = b"e" * 32


class Now:
    def __init__(self):
        self.ms = 1_000

    def __call__(self):
        return self.ms


@pytest.fixture
def now():
    return Now()


@pytest.fixture
def ring(tmp_path, now):
    return TermRing(tmp_path / "terms.json", KEK, clock=now)


@pytest.fixture
def sealer(ring):
    return Sealer(ring)
