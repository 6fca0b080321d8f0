"""One line: where, what, and what was probably meant. Never the value."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from stockade.config.problems import config_error, nearest
from stockade.config.settings import SettingsFile


def problem(**sections):
    with pytest.raises(ValidationError) as failed:
        SettingsFile.model_validate(sections)
    return config_error(failed.value, lambda place: f"at {len(place)}", SettingsFile)


@pytest.mark.parametrize(
    ("sections", "said", "hint"),
    [
        ({"listne": {}}, "at 1: `listne`: there is no such setting", "did you mean `listen`?"),
        ({"listen": {"prot": 1}}, "`listen.prot`: there is no such setting", "did you mean `port`?"),
        (
            {"upstreams": {"a": {"base_ulr": "https://a.example"}}},
            "`upstreams.a.base_ulr`: there is no such setting (and 1 more)",
            "did you mean `base_url`?",
        ),
        ({"upstreams": {"a": {"engine": "llama.cpp", "modle": "x"}}}, "modle", "did you mean `model`?"),
        (
            {"upstreams": {"a": {"timeouts": {"idle": 1}, "base_url": "https://a"}}},
            "idle",
            "did you mean `idle_s`?",
        ),
        ({"policies": {"a": {"rules": {"pii.*": {"actoin": "x"}}}}}, "actoin", "did you mean `action`?"),
        ({"upstreams": {"a": {}}}, "`upstreams.a.base_url`: is missing", "add it"),
        ({"listen": {"zzz": 1}}, "zzz", "use one of host, port, tls, unsafe_plaintext"),
        ({"listen": {"port": 70000}}, "`listen.port`: input should be less than", "see the list"),
        ({"listen": {"host": ""}}, "has characters or a length that is not allowed", "see the list"),
        (
            {"upstreams": {"a": {"engine": "x"}}},
            "is none of the words allowed here",
            "use one of 'llama.cpp'",
        ),
        ({"listen": {"host": "0.0.0.0"}}, "plain text from other machines", "unsafe_plaintext"),
    ],
)
def test_the_line_says_what_and_what_to_do(sections, said, hint):
    error = problem(**sections)
    assert said in str(error)
    assert hint in error.hint
    assert "\n" not in str(error)


@pytest.mark.parametrize(
    "sections",
    [
        {"listen": {"port": "hunter2 hunter2"}},
        {"listen": {"hunter2 hunter2": 1}},
        {"upstreams": {"hunter2 hunter2": {}}},
        {"upstreams": {"a": {"base_url": "hunter2 hunter2"}}},
        {"upstreams": {"a": {"engine": "hunter2 hunter2"}}},
        {"policies": {"a": {"rules": {"hunter2 hunter2": {"action": "flag"}}}}},
        {"audit": "hunter2 hunter2"},
    ],
)
def test_a_value_is_never_repeated(sections):
    error = problem(**sections)
    assert "hunter2" not in str(error) + error.hint


def test_the_nearest_name_is_offered_or_all_of_them():
    assert nearest("loca", ["local", "cloud"]) == "did you mean `local`?"
    assert nearest("xyz", ["local", "cloud"]) == "use one of cloud, local"
