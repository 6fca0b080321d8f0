from __future__ import annotations

import base64
import time
from pathlib import Path

import pytest
from tests.scan.planted import GENERIC, PROVIDER

from stockade.detectors.secrets.keys import assigned, near, prefixed
from stockade.detectors.secrets.sieve import Sieve
from stockade.detectors.secrets.tables import secret_specs

SIEVE = Sieve(secret_specs())
VALUE = "q8Zr2Lw0Vn5Ty7Bc"


def spots(text: str, sieve: Sieve = SIEVE) -> list[str]:
    data = text.encode()
    return [data[start:end].decode("latin-1") for start, end in sieve.spots(data)]


def test_every_rule_has_a_spot_in_its_own_probe():
    silent = [spec.rule.id for spec in secret_specs() if not SIEVE.spots(spec.rule.probe.encode())]
    assert silent == []


@pytest.mark.parametrize("shift", [0, 1, 2])
def test_a_key_in_base64_has_a_spot_wherever_it_begins(shift):
    for head in (PROVIDER, f"password = {GENERIC}"):
        encoded = base64.b64encode(b"x" * shift + head.encode()).decode()
        assert spots(encoded), head[:4]


def test_a_key_in_hexadecimal_has_a_spot():
    assert spots(PROVIDER.encode().hex())
    assert spots(PROVIDER.encode().hex().upper())


def test_ordinary_text_and_code_have_few_spots():
    assert spots("The quick brown fox jumps over the lazy dog. " * 100) == []
    assert spots("def total(items):\n    return sum(item.price for item in items)\n" * 100) == []
    assert len(spots(Path(__file__).read_text("utf-8"))) < 40


def test_spots_come_by_place():
    text = f"a {PROVIDER} b\npassword = '{GENERIC}'\n" * 3
    places = SIEVE.spots(text.encode())
    assert places == sorted(places)
    assert len(places) >= 6


def test_the_parts_of_a_table_wake_it_each_in_its_way():
    table = (
        *prefixed("one | One | acme_[A-Za-z0-9]{16}"),
        *assigned("two | Two | bolt | [A-Za-z0-9]{16}"),
        *assigned("three | Three | cord | [a-z0-9]{8}"),
        *near("four | Four | [A-Za-z0-9]{16} | dune"),
    )
    sieve = Sieve(table)
    assert spots(f"x acme_{VALUE}", sieve)
    assert not spots(f"xacme_{VALUE}", sieve)
    assert spots(f"bolt_key = '{VALUE}'", sieve)
    assert not spots("bolt_key = 'short'", sieve)
    assert spots("cord = q8zr2lw0", sieve)
    assert spots("our dune key", sieve)


@pytest.mark.parametrize(
    "piece", ["password=", "AKIA", "curl -u ", "://", "key = ", "eyJ", "aaaaaaaaaa", "\u00e9"]
)
def test_hostile_repetition_costs_linear_time(piece):
    begun = time.process_time()
    SIEVE.spots((piece * (200_000 // len(piece))).encode())
    assert time.process_time() - begun < 4
