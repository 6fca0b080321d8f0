"""Variables that set single settings, and those that only look as if they did."""

from __future__ import annotations

import pytest

from stockade.config.overrides import apply_overrides
from stockade.core.errors import ConfigError


def test_a_variable_sets_one_setting_and_leaves_the_rest():
    data = {"listen": {"host": "127.0.0.1", "port": 1}, "limits": {"body_bytes": 2}}
    changed, places = apply_overrides(data, {"STOCKADE_LISTEN__PORT": "9000", "HOME": "/x"})
    assert changed == {"listen": {"host": "127.0.0.1", "port": 9000}, "limits": {"body_bytes": 2}}
    assert places == {("listen", "port"): "STOCKADE_LISTEN__PORT"}
    assert data["listen"]["port"] == 1


def test_sections_that_are_not_there_are_made():
    changed, _ = apply_overrides({}, {"STOCKADE_UPSTREAMS__LOCAL__MODEL": "/m.gguf"})
    assert changed == {"upstreams": {"local": {"model": "/m.gguf"}}}


def test_a_name_from_the_file_is_found_whatever_its_case_and_hyphens():
    data = {"upstreams": {"My-Cloud": {"base_url": "https://a.example"}}}
    changed, places = apply_overrides(data, {"STOCKADE_UPSTREAMS__MY_CLOUD__BASE_URL": "https://b.example"})
    assert changed == {"upstreams": {"My-Cloud": {"base_url": "https://b.example"}}}
    assert ("upstreams", "My-Cloud", "base_url") in places


def test_a_whole_section_can_be_given_as_yaml():
    changed, _ = apply_overrides({}, {"STOCKADE_LISTEN__TLS": "{cert: c.pem, key: k.pem}"})
    assert changed == {"listen": {"tls": {"cert": "c.pem", "key": "k.pem"}}}


@pytest.mark.parametrize(
    "name", ["STOCKADE_HOME", "STOCKADE_PORT", "STOCKADE_SERVICE_HOST", "OTHER__PORT", "stockade_a__b"]
)
def test_names_without_two_underscores_are_not_settings(name):
    assert apply_overrides({}, {name: "tcp://10.0.0.1:80"}) == ({}, {})


@pytest.mark.parametrize("name", ["STOCKADE___PORT", "STOCKADE_LISTEN__", "STOCKADE_A____B"])
def test_a_malformed_name_is_refused(name):
    with pytest.raises(ConfigError, match=name):
        apply_overrides({}, {name: "1"})


@pytest.mark.parametrize("listen", [1, None, ["a"], "text"])
def test_a_variable_does_not_go_through_a_value(listen):
    with pytest.raises(ConfigError, match="goes through"):
        apply_overrides({"listen": listen}, {"STOCKADE_LISTEN__PORT": "1"})
