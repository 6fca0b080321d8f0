"""Azure OpenAI: two keys that take turns."""

from __future__ import annotations

import itertools

import pytest
from tests.secrets.servers.azure_openai import AzureOpenAi
from tests.secrets.servers.stateful import served

from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.backends.file import FileBackend
from stockade.secrets.https import Web
from stockade.secrets.reference import Reference
from stockade.secrets.rotation.driver import Access, RefusedKeyError
from stockade.secrets.rotation.drivers.azure_openai import open_driver
from stockade.secrets.rotation.machine import Outside, Rotator
from stockade.secrets.rotation.record import State
from stockade.secrets.rotation.steps import Acts
from stockade.secrets.rotation.target import Target
from stockade.secrets.value import SecretValue
from stockade.storage.memory_rotation import MemoryRotationStore, MemoryTraffic


@pytest.fixture
def azure():
    with served(AzureOpenAi()) as state:
        yield state


def access(azure):
    options = {
        "subscription": "s", "resource_group": "g", "account": "a", "management_url": azure.url,
        "endpoint": azure.url,
    }  # fmt: skip
    environment = {"AZURE_POD_IDENTITY_AUTHORITY_HOST": azure.url}
    return Access(options, lambda: SecretValue(""), environment)


@pytest.fixture
def driver(azure):
    return open_driver(access(azure), Web({}))


def test_a_key_is_known_by_its_value(azure, driver):
    assert [driver.identify(SecretValue(azure.slots[s])) for s in ("key1", "key2")] == ["key1", "key2"]
    assert driver.identify(SecretValue("other")) == driver.identify(SecretValue("")) == ""


@pytest.mark.parametrize(("used", "other"), [("key1", "key2"), ("key2", "key1")])
def test_the_key_that_is_not_in_use_is_made_anew(azure, driver, used, other):
    before = dict(azure.slots)
    created = driver.create("label", used)
    assert (created.key_id, created.value) == (other, SecretValue(azure.slots[other]))
    assert azure.slots[used] == before[used]
    assert azure.slots[other] != before[other]
    driver.test(created.value)


def test_ending_a_key_makes_it_anew_and_leaves_the_other(azure, driver):
    before = dict(azure.slots)
    driver.revoke("key1")
    assert azure.slots["key2"] == before["key2"]
    with pytest.raises(RefusedKeyError):
        driver.test(SecretValue(before["key1"]))


def test_an_unknown_key_is_refused(driver):
    for act in (lambda: driver.create("x", ""), lambda: driver.revoke("key3")):
        with pytest.raises(ConfigError):
            act()


def test_whatever_azure_refuses_is_a_secret_error(azure, driver):
    azure.fail_with = 500
    for act in (
        lambda: driver.identify(SecretValue("x")), lambda: driver.create("x", "key1"),
        lambda: driver.revoke("key1"), lambda: driver.test(SecretValue("x")),
    ):  # fmt: skip
        with pytest.raises(SecretError):
            act()


def test_two_rotations_bring_the_turn_back_and_every_old_value_is_dead(azure, tmp_path):
    now, labels, backend = [1_800_000_000_000], itertools.count(), FileBackend()
    reference = Reference("file", str(tmp_path / "key"))
    backend.write(reference, SecretValue(azure.slots["key1"]))
    target = Target("azure", "azure-openai", reference, access(azure), probe_suffices=True)
    store, seen = MemoryRotationStore(), [azure.slots["key1"]]
    for expected in ("key2", "key1"):
        acts = Acts(target, backend, MemoryTraffic(), lambda _: None)
        outside = Outside(store, lambda: now[0], lambda: f"r{next(labels)}", "p")
        rotator = Rotator(target, open_driver(target.access, Web({})), acts, outside)
        rotator.run()
        now[0] += 300_000
        done = rotator.run()
        assert (done.state, done.new_key) == (State.DONE, expected)
        live = backend.read(reference).reveal()
        assert live == azure.slots[expected]
        assert not set(seen) & set(azure.slots.values())
        seen.append(live)
        now[0] += 1
