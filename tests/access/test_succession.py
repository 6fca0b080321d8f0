"""Replacing a key: same rights, both work in the grace, only the new one after it."""

from __future__ import annotations

import secrets

import pytest

from stockade.access.authenticator import Authenticator
from stockade.access.key import KeyClass, KeyRequest, KeyState, mint
from stockade.access.limits import Limits
from stockade.access.refusal import AccessRefusedError
from stockade.access.scope import Scope
from stockade.access.succession import GRACE_MS, GRACE_MS_MAX, Minting, succeed
from stockade.core.errors import ConfigError, StoreError
from stockade.storage.memory import MemoryAccessStore

PEPPER = bytes(32)
START = 1_800_000_000_000


class World:
    def __init__(self):
        self.now_ms = START
        self.store = MemoryAccessStore()
        self.authenticator = Authenticator(self.store, pepper=PEPPER, clock=lambda: self.now_ms)
        self.minting = Minting(PEPPER, secrets.token_bytes, lambda: self.now_ms)

    def made(self, **wishes):
        key, text = mint(
            KeyRequest(KeyClass.SCOPED, models=("a*",), **wishes), pepper=PEPPER, entropy=secrets.token_bytes,
            now_ms=self.now_ms,
        )  # fmt: skip
        self.store.insert(key)
        return key, text.reveal()

    def code(self, text):
        try:
            self.authenticator.authenticate(text)
        except AccessRefusedError as refused:
            return refused.code
        return "lives"


@pytest.fixture
def world():
    return World()


def test_both_keys_live_in_the_grace_and_only_the_new_one_after_it(world):
    old, old_text = world.made()
    new, text = succeed(world.store, old.id, minting=world.minting)
    assert (world.code(old_text), world.code(text.reveal())) == ("lives", "lives")
    world.now_ms += GRACE_MS - 1
    assert (world.code(old_text), world.code(text.reveal())) == ("lives", "lives")
    world.now_ms += 1
    assert (world.code(old_text), world.code(text.reveal())) == ("expired_key", "lives")
    assert world.store.find(old.id).replaced_by == new.id


def test_the_successor_has_the_same_rights_and_lives_as_long(world):
    week = 7 * 86_400_000
    wishes = {
        "name": "n", "tenant": "t", "owner": "o", "requests_per_minute": 5, "expires_at_ms": START + week,
        "scope": Scope(tools=("x",)), "limits": Limits(concurrency=3),
    }  # fmt: skip
    old, _ = world.made(**wishes)
    world.now_ms += 1000
    new, _ = succeed(world.store, old.id, minting=world.minting)
    assert {name: getattr(new, name) for name in wishes} == {**wishes, "expires_at_ms": START + 1000 + week}
    assert (new.models, new.key_class, new.created_at_ms) == (old.models, old.key_class, START + 1000)


def test_a_key_is_replaced_once_and_never_after_its_revocation(world):
    old, _ = world.made()
    succeed(world.store, old.id, minting=world.minting)
    with pytest.raises(StoreError):
        succeed(world.store, old.id, minting=world.minting)
    other, _ = world.made()
    world.store.set_state(other.id, KeyState.REVOKED)
    with pytest.raises(StoreError):
        succeed(world.store, other.id, minting=world.minting)


@pytest.mark.parametrize("grace_ms", [-1, GRACE_MS_MAX + 1])
def test_a_grace_out_of_bounds_and_an_unknown_key_are_refused(world, grace_ms):
    old, _ = world.made()
    with pytest.raises(ConfigError):
        succeed(world.store, old.id, minting=world.minting, grace_ms=grace_ms)
    with pytest.raises(ConfigError):
        succeed(world.store, "unknown", minting=world.minting)
    assert world.store.find(old.id) == old
