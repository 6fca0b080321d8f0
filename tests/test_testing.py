"""The stand-ins behave like what they stand for."""

from __future__ import annotations

import pytest

from stockade.core.errors import SecretError
from stockade.core.message import Origin
from stockade.secrets.reference import Reference
from stockade.secrets.resolver import Resolver
from stockade.testing import FakeClock, FakeSecrets, a_message


def test_a_fake_clock_stands_still_until_told():
    clock = FakeClock(5)
    assert (clock(), clock()) == (5, 5)
    clock.advance(10)
    clock.advance(-1)
    assert clock() == clock.now_ms == 14
    assert repr(clock) == "FakeClock(14)"


def test_fake_secrets_are_a_backend_that_can_fail():
    backend = FakeSecrets("vault", {"kv/app#key": "value-1"})
    clock = FakeClock()
    resolver = Resolver({"vault": backend}, clock=clock, ttl_ms=10, lease_ms=100)
    reference = Reference.parse("vault://kv/app#key")
    assert resolver.resolve(reference).reveal() == "value-1"
    backend.down = True
    clock.advance(50)
    assert resolver.resolve(reference).reveal() == "value-1"
    clock.advance(5_000)
    with pytest.raises(SecretError):
        resolver.resolve(reference)
    assert backend.reads >= 3
    assert "value-1" not in repr(backend)


def test_fake_secrets_do_not_know_what_was_not_given():
    with pytest.raises(SecretError):
        FakeSecrets("env", {}).read(Reference.parse("env://NAME"))
    assert FakeSecrets("env", {}).scheme == "env"


def test_a_message_is_by_the_user_unless_said():
    assert a_message().origin is Origin.USER
    assert a_message("x", origin=Origin.TOOL).text == "x"
