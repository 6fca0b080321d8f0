"""Secrets in environment variables."""

from __future__ import annotations

import pytest

from stockade.core.errors import SecretError
from stockade.secrets.backends.env import EnvBackend
from stockade.secrets.reference import Reference

KEY = Reference("env", "KEY")


def test_a_changed_environment_is_seen():
    environment = {"KEY": "one"}
    backend = EnvBackend(environment)
    assert backend.read(KEY).reveal() == "one"
    environment["KEY"] = "two"
    assert backend.read(KEY).reveal() == "two"


@pytest.mark.parametrize("value", ["", " ", "\n"])
def test_an_empty_variable_is_refused(value):
    with pytest.raises(SecretError, match="KEY is empty"):
        EnvBackend({"KEY": value}).read(KEY)


def test_a_missing_variable_is_named_and_its_neighbours_are_not():
    with pytest.raises(SecretError, match="KEY is not set") as failed:
        EnvBackend({"KEYS": "canary"}).read(KEY)
    assert "canary" not in f"{failed.value!r}{failed.value.hint}"
    assert "KEYS" not in f"{failed.value!r}"
