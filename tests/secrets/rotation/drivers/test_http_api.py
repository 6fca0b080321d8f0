"""A provider by description."""

from __future__ import annotations

import pytest
from tests.secrets.servers.plain_provider import ADMIN, OPTIONS, Provider
from tests.secrets.servers.stateful import served

from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.https import Web
from stockade.secrets.rotation.driver import Access, RefusedKeyError
from stockade.secrets.rotation.drivers.http_api import open_driver
from stockade.secrets.value import SecretValue


@pytest.fixture
def provider():
    with served(Provider()) as state:
        yield state


def described(provider, **changes):
    options = {**OPTIONS, "base_url": provider.url, **changes}
    return open_driver(Access(options, lambda: SecretValue(ADMIN)), Web({}))


def test_a_key_is_made_found_tried_and_ended(provider):
    driver = described(provider)
    created = driver.create("label", "")
    assert driver.identify(created.value) == created.key_id == "1"
    assert driver.last_used_ms("1") == 0
    driver.test(created.value)
    assert driver.last_used_ms("1") == 1_800_000_000_000
    for _ in range(2):
        driver.revoke("1")
    with pytest.raises(RefusedKeyError):
        driver.test(created.value)
    with pytest.raises(SecretError, match="any more"):
        driver.last_used_ms("1")


def test_what_was_left_under_a_label_is_ended_and_nothing_else(provider):
    driver = described(provider)
    driver.create("label", "")
    provider.add("other")
    driver.discard("label")
    assert [token["title"] for token in provider.tokens.values()] == ["other"]


def test_a_provider_that_says_little_is_not_guessed_about(provider):
    driver = described(provider, item_hint="", item_last_used="")
    created = driver.create("label", "")
    assert driver.identify(created.value) == ""
    assert driver.last_used_ms("1") is None


@pytest.mark.parametrize("changes", [{"create_value": "/token/none"}, {"create_id": "/none/0"}])
def test_a_description_that_does_not_fit_makes_no_key(provider, changes):
    with pytest.raises(SecretError):
        described(provider, **changes).create("label", "")


def test_a_list_that_lies_elsewhere_is_a_secret_error(provider):
    with pytest.raises(SecretError):
        described(provider, list_items="/none").discard("label")


@pytest.mark.parametrize("name", ["base_url", "create_path", "list_path", "revoke_path", "test_path"])
def test_a_description_that_lacks_something_is_refused(provider, name):
    with pytest.raises(ConfigError, match=name):
        described(provider, **{name: ""})


@pytest.mark.parametrize("header", ["", "no colon", "x:\r\ny: z", "a b: c"])
def test_what_is_no_header_is_refused(provider, header):
    with pytest.raises(ConfigError, match="header"):
        described(provider, key_header=header)


def test_an_id_cannot_lead_to_another_path(provider):
    described(provider).revoke("1/../../me")
    assert provider.asked[-1].path == "/tokens/1%2F..%2F..%2Fme"
