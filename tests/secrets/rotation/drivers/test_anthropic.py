"""Anthropic: found, tried and switched off; made by people. A whole rotation is in test_steps."""

from __future__ import annotations

import pytest
from tests.secrets.servers.anthropic_admin import ADMIN, Anthropic
from tests.secrets.servers.stateful import served

from stockade.core.errors import SecretError
from stockade.secrets.https import Web
from stockade.secrets.rotation.driver import Access, ByHandError, RefusedKeyError
from stockade.secrets.rotation.drivers.anthropic import open_driver
from stockade.secrets.value import SecretValue


@pytest.fixture
def anthropic():
    with served(Anthropic()) as state:
        yield state


@pytest.fixture
def driver(anthropic):
    return open_driver(Access({"base_url": anthropic.url}, lambda: SecretValue(ADMIN)), Web({}))


def test_a_key_is_found_by_its_value_while_it_is_active(anthropic, driver):
    values = [SecretValue(anthropic.make(n)) for n in range(1, 6)]
    assert [driver.identify(value) for value in values] == [f"apikey_{n}" for n in range(1, 6)]
    driver.revoke("apikey_5")
    assert driver.identify(values[4]) == ""


def test_a_key_that_is_switched_off_is_refused_and_switching_it_off_again_is_no_failure(anthropic, driver):
    value = SecretValue(anthropic.make(1))
    driver.test(value)
    for _ in range(2):
        driver.revoke("apikey_1")
    driver.revoke("unknown")
    with pytest.raises(RefusedKeyError):
        driver.test(value)


def test_nobody_but_a_person_makes_a_key(driver):
    with pytest.raises(ByHandError) as by_hand:
        driver.create("label", "")
    assert "label" in by_hand.value.hint
    driver.discard("label")
    assert driver.last_used_ms("apikey_1") is None


@pytest.mark.parametrize("status", [401, 429, 500])
def test_whatever_the_interface_refuses_is_a_secret_error(anthropic, driver, status):
    anthropic.fail_with = status
    for act in (
        lambda: driver.identify(SecretValue("x")), lambda: driver.test(SecretValue("x")),
        lambda: driver.revoke("apikey_1"),
    ):  # fmt: skip
        with pytest.raises(SecretError) as failed:
            act()
        assert "canary" not in str(failed.value)
