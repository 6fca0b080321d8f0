"""The drivers that exist, by name; each is imported when a target asks for it."""

from __future__ import annotations

import importlib
from types import MappingProxyType

from stockade.core.errors import ConfigError
from stockade.secrets.https import Web
from stockade.secrets.rotation.driver import Access, Driver

# Name -> module; each has a function ``open_driver(options, access, web)``.
CATALOGUE = MappingProxyType(
    {
        "openai": "stockade.secrets.rotation.drivers.openai",
        "anthropic": "stockade.secrets.rotation.drivers.anthropic",
        "azure-openai": "stockade.secrets.rotation.drivers.azure_openai",
        "http": "stockade.secrets.rotation.drivers.http_api",
    }
)


def open_driver(name: str, access: Access, web: Web) -> Driver:
    """Return the driver called *name*; nobody is contacted.

    Raises:
        ConfigError: there is none, or what it needs is not said.
    """
    module = CATALOGUE.get(name)
    if module is None:
        raise ConfigError(
            "there is no driver of this name for rotations", hint="use one of " + ", ".join(CATALOGUE)
        )
    opened: Driver = importlib.import_module(module).open_driver(access, web)
    return opened
