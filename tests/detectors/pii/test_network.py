from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, found, labels

from stockade.detectors.pii import network


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(network.specs)


@pytest.mark.parametrize(
    "text", ["from 10.20.30.40:8080", "host=10.20.30.40", "http://192.0.2.7/x", "203.0.113.9."]
)
def test_an_address_of_version_four_is_found(text):
    assert labels(network.specs, text) == ["IP_ADDRESS"]


@pytest.mark.parametrize(
    "text", ["2001:db8:85a3::8a2e:370:7334", "fe80::1ff:fe23:4567:890a", "[2001:db8::7334]:443"]
)
def test_an_address_of_version_six_is_found(text):
    assert labels(network.specs, text) == ["IP_ADDRESS"]


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1",
        "version 10.20.30.40",
        "1.2.3",
        "999.1.1.1",
        "std::vector",
        "10:11:12",
        "a::b",
        "1.2.3.4.5",
    ],
)
def test_versions_times_and_code_are_no_addresses(text):
    assert labels(network.specs, text) == []


def test_a_hardware_address_is_found():
    assert found(network.specs, "eth0 3a:c4:e1:00:4f:a5 up") == [("MAC_ADDRESS", "3a:c4:e1:00:4f:a5")]
    assert labels(network.specs, "3A-C4-E1-00-4F-A5") == ["MAC_ADDRESS"]
    assert labels(network.specs, "3a:c4:e1:00:4f:a5:11:22") == []
