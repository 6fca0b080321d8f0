"""Secrets in environment variables: ``env://NAME``.

It is given the environment and does not read the process's own: only the configuration does that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from stockade.core.errors import SecretError
from stockade.secrets.reference import Reference
from stockade.secrets.value import SecretValue


class EnvBackend:
    """Reads from *environment*, each time anew."""

    __slots__ = ("_environment",)

    scheme: Final = "env"

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def __repr__(self) -> str:
        """Return a form that holds no value."""
        return "EnvBackend()"

    def read(self, reference: Reference) -> SecretValue:
        """Return the value of the variable."""
        value = self._environment.get(reference.path)
        if value is None:
            raise SecretError(
                f"the environment variable {reference.path} is not set",
                hint=f"set {reference.path} in the environment of the process",
            )
        # A variable set from a file by a shell or a container runtime may be nothing but its line end.
        if not value.strip():
            raise SecretError(
                f"the environment variable {reference.path} is empty",
                hint=f"give {reference.path} its value in the environment of the process",
            )
        return SecretValue(value)


def open_backend(environment: Mapping[str, str]) -> EnvBackend:
    """Return the backend."""
    return EnvBackend(environment)
