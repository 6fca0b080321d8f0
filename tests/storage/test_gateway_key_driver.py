"""Our own gateway keys, rotated like those of a provider."""

from __future__ import annotations

import secrets

import pytest

from stockade.access.authenticator import Authenticator
from stockade.access.key import KeyClass, KeyRequest, KeyState, mint
from stockade.access.limits import Limits
from stockade.access.succession import Minting
from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.backends.file import FileBackend
from stockade.secrets.reference import Reference
from stockade.secrets.rotation.driver import Access, RefusedKeyError
from stockade.secrets.rotation.machine import Outside, Rotator
from stockade.secrets.rotation.record import State, Step
from stockade.secrets.rotation.steps import Acts
from stockade.secrets.rotation.target import Target
from stockade.secrets.value import SecretValue
from stockade.storage.gateway_key_driver import GatewayKeyDriver
from stockade.storage.memory import MemoryAccessStore
from stockade.storage.memory_rotation import MemoryRotationStore, MemoryTraffic

PEPPER = bytes(32)
START = 1_800_000_000_000
WAIT = 300_000


class World:
    def __init__(self):
        self.now_ms = START
        self.keys = MemoryAccessStore()
        self.minting = Minting(PEPPER, secrets.token_bytes, lambda: self.now_ms)
        self.driver = GatewayKeyDriver(self.keys, self.minting)
        self.old, text = mint(
            KeyRequest(KeyClass.DEVELOPMENT, models=("a*",), name="batch", limits=Limits(concurrency=2)),
            pepper=PEPPER, entropy=secrets.token_bytes, now_ms=START,
        )  # fmt: skip
        self.keys.insert(self.old)
        self.value = SecretValue(text.reveal())


@pytest.fixture
def here():
    return World()


def test_a_key_is_known_by_its_text_and_made_with_the_same_rights(here):
    assert here.driver.identify(here.value) == here.old.id
    assert here.driver.identify(SecretValue("other")) == ""
    created = here.driver.create("stockade-1", here.old.id)
    new = here.keys.find(created.key_id)
    assert (new.key_class, new.models, new.limits, new.name) == (
        here.old.key_class, here.old.models, here.old.limits, "batch [stockade-1]",
    )  # fmt: skip
    again = here.driver.create("stockade-2", new.id)
    assert here.keys.find(again.key_id).name == "batch [stockade-2]"
    here.driver.test(created.value)


def test_what_was_left_under_a_label_is_revoked_and_nothing_else(here):
    created = here.driver.create("stockade-1", here.old.id)
    for _ in range(2):
        here.driver.discard("stockade-1")
    assert here.keys.find(created.key_id).state is KeyState.REVOKED
    assert here.keys.find(here.old.id).state is KeyState.ACTIVE


def test_a_revoked_key_is_refused_and_revoking_it_again_is_no_failure(here):
    for _ in range(2):
        here.driver.revoke(here.old.id)
    here.driver.revoke("unknown")
    with pytest.raises(RefusedKeyError):
        here.driver.test(here.value)


def test_an_unknown_key_has_neither_successor_nor_use(here):
    with pytest.raises(ConfigError):
        here.driver.create("x", "unknown")
    with pytest.raises(SecretError):
        here.driver.last_used_ms("unknown")


def test_a_program_that_reads_its_key_from_a_manager_never_stands_outside(here, tmp_path):
    reference, backend = Reference("file", str(tmp_path / "key")), FileBackend()
    backend.write(reference, here.value)
    gateway = Authenticator(here.keys, pepper=PEPPER, clock=lambda: here.now_ms)
    target = Target("own", "gateway-key", reference, Access({}, lambda: here.value))
    acts = Acts(target, backend, MemoryTraffic(), lambda _: None)
    outside = Outside(MemoryRotationStore(), lambda: here.now_ms, lambda: "stockade-1", "p")
    rotator = Rotator(target, here.driver, acts, outside)

    def call():
        key = gateway.authenticate(backend.read(reference).reveal())
        here.keys.touch(gateway.drain_used())
        return key.id

    call()
    rotation = rotator.run()
    assert rotation.step is Step.WAIT
    assert call() != here.old.id
    gateway.authenticate(here.value.reveal())
    here.now_ms += WAIT
    call()
    assert rotator.run().state is State.DONE
    assert here.keys.find(here.old.id).state is KeyState.REVOKED
    assert call() != here.old.id
