"""Where a secret of a given name goes within a place that the user names, and where its neighbours lie.

It makes references; it reads and writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from types import MappingProxyType

from stockade.core.errors import ConfigError
from stockade.secrets.reference import Reference

_NOT_IN_A_VAULT = re.compile(r"[^A-Za-z0-9-]")

# Scheme -> the reference to the secret *name* in the place *path*.
_FORMS: MappingProxyType[str, Callable[[str, str], str]] = MappingProxyType(
    {
        "file": lambda path, name: f"file://{path}/{name}",
        "keyring": lambda path, name: f"keyring://{path}/{name}",
        "vault": lambda path, name: f"vault://{path}#{name}",
        "aws-sm": lambda path, name: f"aws-sm://{path}#{name}",
        # Key Vault knows letters, digits and hyphens only.
        "azure-kv": lambda path, name: f"azure-kv://{path}/{_NOT_IN_A_VAULT.sub('-', name)}",
        "gcp-sm": lambda path, name: f"gcp-sm://{path}/{name}",
    }
)
PLACES = (
    "vault://mount/path",
    "aws-sm://name",
    "azure-kv://vault",
    "gcp-sm://project",
    "keyring://service",
    "file:///folder",
)


def placed(place: str, name: str) -> Reference:
    """Return the reference to the secret called *name* in *place*, for example ``vault://secret/app``.

    Raises:
        ConfigError: that is not a place where secrets can be written.
    """
    scheme, _, path = place.partition("://")
    form = _FORMS.get(scheme)
    path = path.rstrip("/")
    if form is None or not path or "#" in path:
        raise ConfigError("that is not a place for secrets", hint="give one of " + ", ".join(PLACES))
    return Reference.parse(form(path, name))


def beside(reference: Reference, suffix: str) -> Reference:
    """Return the reference to a neighbour of *reference*: the same place, the name with *suffix*.

    Raises:
        ConfigError: nothing can be written beside it.
    """
    if reference.scheme == "env":
        raise ConfigError(
            "a secret in an environment variable cannot be rotated",
            hint="keep it in a file, a keyring or a secrets manager",
        )
    if reference.field:
        return Reference(reference.scheme, reference.path, f"{reference.field}{suffix}")
    if reference.path.startswith("arn:"):
        raise ConfigError(
            "a secret that is named by its ARN has no neighbours",
            hint="name it by its name, or give the reference a #field",
        )
    return Reference(reference.scheme, f"{reference.path}{suffix}")
