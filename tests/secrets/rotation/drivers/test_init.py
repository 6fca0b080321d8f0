"""The catalogue of drivers."""

from __future__ import annotations

import importlib

import pytest

from stockade.core.errors import ConfigError
from stockade.secrets.https import Web
from stockade.secrets.rotation.driver import Access
from stockade.secrets.rotation.drivers import CATALOGUE, open_driver
from stockade.secrets.rotation.drivers.openai import OpenAiDriver
from stockade.secrets.value import SecretValue

ACCESS = Access({"project": "p"}, lambda: SecretValue("x"))


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_module_of_the_catalogue_opens_a_driver(name):
    assert callable(importlib.import_module(CATALOGUE[name]).open_driver)


def test_a_driver_is_opened_by_its_name():
    assert isinstance(open_driver("openai", ACCESS, Web({})), OpenAiDriver)


def test_an_unknown_driver_is_refused_with_those_that_exist():
    with pytest.raises(ConfigError) as refused:
        open_driver("nobody", ACCESS, Web({}))
    assert "azure-openai" in refused.value.hint
