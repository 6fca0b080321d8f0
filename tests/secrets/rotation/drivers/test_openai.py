"""OpenAI's traps: keys of accounts cannot be deleted, accounts may hold several, lists have pages."""

from __future__ import annotations

import pytest
from tests.secrets.servers.openai_admin import ADMIN, OpenAi
from tests.secrets.servers.stateful import served

from stockade.core.errors import SecretError
from stockade.secrets.https import Web
from stockade.secrets.rotation.driver import Access, RefusedKeyError
from stockade.secrets.rotation.drivers.openai import open_driver
from stockade.secrets.value import SecretValue


@pytest.fixture
def openai():
    with served(OpenAi()) as state:
        yield state


@pytest.fixture
def driver(openai):
    options = {"project": "proj_1", "base_url": f"{openai.url}/v1/"}
    return open_driver(Access(options, lambda: SecretValue(ADMIN)), Web({}))


def value_of(openai, key_id):
    return SecretValue(openai.keys[key_id]["value"])


def test_a_key_is_found_by_its_value_over_all_pages(openai, driver):
    made = [openai.add_account(f"a{n}") for n in range(5)]
    assert driver.identify(value_of(openai, made[4][1])) == ":".join(made[4])
    assert driver.identify(SecretValue("sk-svcacct-unknown")) == ""


def test_a_key_that_could_be_two_is_not_guessed(openai, driver):
    _, first = openai.add_account("a")
    _, second = openai.add_account("b")
    openai.keys[second]["value"] = openai.keys[first]["value"][:8] + "x" + openai.keys[first]["value"][-4:]
    assert driver.identify(value_of(openai, first)) == ""


def test_a_new_key_has_an_account_of_its_own_and_a_leftover_is_removed(openai, driver):
    driver.create("label", "old")
    openai.add_account("somebody else's")
    driver.discard("label")
    created = driver.create("label", "old")
    account, _, key_id = created.key_id.partition(":")
    assert sorted(openai.accounts.values()) == ["label", "somebody else's"]
    assert (openai.accounts[account], value_of(openai, key_id)) == ("label", created.value)


def test_the_last_use_is_told_to_the_second(openai, driver):
    created = driver.create("label", "")
    assert driver.last_used_ms(created.key_id) == 0
    driver.test(created.value)
    assert driver.last_used_ms(created.key_id) == 1_800_000_000_000


def test_a_key_ends_with_its_account_and_ending_it_again_is_no_failure(openai, driver):
    created = driver.create("label", "")
    for _ in range(2):
        driver.revoke(created.key_id)
    assert openai.keys == {}
    with pytest.raises(RefusedKeyError):
        driver.test(created.value)


def test_an_account_that_holds_other_keys_is_not_deleted(openai, driver):
    account, key_id = openai.add_account("shared")
    openai.add_key(account)
    with pytest.raises(SecretError, match="other keys"):
        driver.revoke(f"{account}:{key_id}")
    assert len(openai.keys) == 2


def test_the_key_of_a_person_is_deleted_itself(openai, driver):
    key_id = openai.add_key("")
    assert driver.identify(value_of(openai, key_id)) == key_id
    driver.revoke(key_id)
    assert openai.keys == {}


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 302])
def test_whatever_the_interface_refuses_is_a_secret_error_without_the_credential(openai, driver, status):
    created = driver.create("label", "")
    openai.fail_with = status
    for act in (
        lambda: driver.identify(created.value), lambda: driver.discard("x"), lambda: driver.create("x", ""),
        lambda: driver.test(created.value), lambda: driver.last_used_ms(created.key_id),
        lambda: driver.revoke(created.key_id),
    ):  # fmt: skip
        with pytest.raises(SecretError) as failed:
            act()
        assert "canary" not in str(failed.value) + failed.value.hint


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"data": 5}', b'{"id": "x", "api_key": null}'])
def test_an_answer_of_another_shape_makes_no_key(openai, driver, body):
    openai.answer = lambda asked: (200, body)
    for act in (lambda: driver.create("x", ""), lambda: driver.identify(SecretValue("x"))):
        with pytest.raises(SecretError):
            act()
