"""The steps of a rotation where a provider makes no keys, or does not say what is in use."""

from __future__ import annotations

import pytest
from tests.secrets.servers.anthropic_admin import ADMIN, Anthropic
from tests.secrets.servers.stateful import served

from stockade.core.errors import ConfigError
from stockade.secrets.backends.env import EnvBackend
from stockade.secrets.backends.file import FileBackend
from stockade.secrets.https import Web
from stockade.secrets.reference import Reference
from stockade.secrets.rotation.driver import Access, fingerprint
from stockade.secrets.rotation.drivers.anthropic import AnthropicDriver
from stockade.secrets.rotation.machine import Outside, Rotator
from stockade.secrets.rotation.record import State, Step
from stockade.secrets.rotation.steps import Acts
from stockade.secrets.rotation.target import Target
from stockade.secrets.value import SecretValue
from stockade.storage.memory_rotation import MemoryRotationStore, MemoryTraffic

START = 1_800_000_000_000
WAIT = 300_000


class World:
    def __init__(self, anthropic, folder):
        self.now_ms = START
        self.anthropic = anthropic
        self.old_value = anthropic.make(1)
        self.backend, self.traffic, self.store = FileBackend(), MemoryTraffic(), MemoryRotationStore()
        self.file = folder / "key"
        self.staged = Reference("file", f"{self.file}-next")
        self.backend.write(Reference("file", str(self.file)), SecretValue(self.old_value))

    def rotator(self, **changes):
        access = Access({"base_url": self.anthropic.url}, lambda: SecretValue(ADMIN))
        target = Target("claude", "anthropic", Reference("file", str(self.file)), access, **changes)
        acts = Acts(target, self.backend, self.traffic, lambda _: None)
        outside = Outside(self.store, lambda: self.now_ms, lambda: "stockade-1", "process")
        return Rotator(target, AnthropicDriver(access, Web({})), acts, outside)

    def put(self, value):
        self.backend.write(self.staged, SecretValue(value))
        self.now_ms += 15_000

    def status(self, number):
        return self.anthropic.keys[f"apikey_{number}"]["status"]


@pytest.fixture
def here(tmp_path):
    with served(Anthropic()) as anthropic:
        yield World(anthropic, tmp_path)


def test_a_rotation_waits_for_the_person_who_makes_the_key_and_says_what_to_do(here):
    rotation = here.rotator().run()
    assert (rotation.step, rotation.state, rotation.attempts) == (Step.CREATE, State.RUNNING, 0)
    assert "stockade-1" in rotation.events[-1].what
    assert f"stockade secrets set {here.staged}" in rotation.events[-1].what
    here.now_ms += 15_000
    assert len(here.rotator().run().events) == len(rotation.events)


def test_a_key_that_was_put_in_place_is_used_once_it_is_known_to_be_new(here):
    here.rotator().run()
    here.put(here.old_value)
    assert here.rotator().run().step is Step.CREATE
    here.put("sk-ant-api03-" + "unknown")
    assert "none of the provider's new ones" in here.rotator().run().events[-1].what
    here.put(here.anthropic.make(2))
    rotation = here.rotator().run()
    assert (rotation.step, rotation.old_key, rotation.new_key) == (Step.WAIT, "apikey_1", "apikey_2")


def begun(here, **changes):
    here.rotator(**changes).run()
    here.put(here.anthropic.make(2))
    here.rotator(**changes).run()
    here.now_ms += WAIT


def test_without_a_word_about_use_the_old_key_stays(here):
    begun(here)
    rotation = here.rotator().run()
    assert rotation.step is Step.VERIFY
    assert "has not been seen in use" in rotation.events[-1].what
    assert here.status(1) == "active"


def test_traffic_of_gateways_proves_the_new_key_and_the_silence_of_the_old_one(here):
    begun(here)
    here.traffic.note(fingerprint(SecretValue(here.file.read_text("utf-8"))), used_ms=here.now_ms)
    rotation = here.rotator().run()
    assert rotation.state is State.DONE
    assert (here.status(1), here.status(2)) == ("inactive", "active")


def test_traffic_that_still_has_the_old_key_keeps_it(here):
    begun(here)
    for value in (here.old_value, here.file.read_text("utf-8")):
        here.traffic.note(fingerprint(SecretValue(value)), used_ms=here.now_ms)
    rotation = here.rotator().run()
    assert (rotation.step, here.status(1)) == (Step.VERIFY, "active")
    assert "a short while ago" in rotation.events[-1].what


def test_a_gateway_to_which_the_new_key_was_refused_stops_the_revocation(here):
    begun(here)
    new = fingerprint(SecretValue(here.file.read_text("utf-8")))
    here.traffic.note(new, used_ms=here.now_ms, refused_ms=here.now_ms + 1)
    assert here.rotator().run().step is Step.VERIFY
    assert here.status(1) == "active"


def test_a_probe_suffices_where_the_owner_says_so(here):
    begun(here, probe_suffices=True)
    assert here.rotator(probe_suffices=True).run().state is State.DONE
    assert here.status(1) == "inactive"


def test_a_key_that_cannot_be_written_cannot_be_rotated(here):
    rotator = here.rotator()
    for backend, reference in (
        (EnvBackend({"KEY": here.old_value}), Reference("env", "KEY")),
        (FileBackend(), Reference("env", "KEY")),
    ):
        acts = Acts(Target("x", "anthropic", reference, rotator.target.access), backend, here.traffic, print)
        with pytest.raises(ConfigError) as refused:
            acts.old_key(rotator._driver, None)
        assert refused.value.hint
