"""Which addresses only this machine can reach, and which hold a login."""

from __future__ import annotations

import pytest

from stockade.config.addresses import has_credentials, is_loopback


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost", "LocalHost."])
def test_loopback_is_reached_from_here_only(host):
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "10.0.0.1", "localhost.example", "127.0.0.1.example", "", "127.1", "2130706433"]
)
def test_anything_else_counts_as_reachable_by_others(host):
    assert not is_loopback(host)


@pytest.mark.parametrize(
    "url",
    [
        "http://me@host/",
        "https://me:word@host/v1",
        "postgresql://me:word@host/db",
        "postgresql://me:wo/rd@host/db",
        "postgresql://:word@host/db",
    ],
)
def test_a_login_in_an_address_is_seen(url):
    assert has_credentials(url)


@pytest.mark.parametrize(
    "url", ["https://host/v1", "postgresql://me@host/db", "sqlite:///stockade.db", "", "x"]
)
def test_an_address_without_a_password_has_none(url):
    assert not has_credentials(url)
