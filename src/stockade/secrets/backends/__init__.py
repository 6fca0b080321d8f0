"""The port to whatever keeps secrets, and the list of the backends that exist.

A backend reads; it does not cache, retry for long or decide how long a value counts: the resolver does.
Nothing here is imported until it is asked for: some backends need packages of an extra.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Protocol, runtime_checkable

from stockade.secrets.reference import Reference
from stockade.secrets.value import SecretValue


class SecretBackend(Protocol):
    """Reads the secrets of one scheme."""

    @property
    def scheme(self) -> str:
        """The scheme of the references it reads."""
        ...

    def read(self, reference: Reference) -> SecretValue:
        """Return the secret.

        Raises:
            SecretError: there is none, or the place where it is kept does not answer.
        """
        ...


@runtime_checkable
class WritableBackend(SecretBackend, Protocol):
    """A backend that also writes."""

    def write(self, reference: Reference, value: SecretValue) -> None:
        """Set the secret; it is created where there is none.

        Raises:
            SecretError: it cannot be written.
        """
        ...

    def retire(self, reference: Reference) -> None:
        """Remove the secret; one that does not exist is no failure.

        Raises:
            SecretError: it cannot be removed.
        """
        ...


# Scheme -> the module of its backend and the extra that brings what it needs (empty: nothing needed).
# Each module has a function ``open_backend(environment)``.
CATALOGUE = MappingProxyType(
    {
        "env": ("stockade.secrets.backends.env", ""),
        "file": ("stockade.secrets.backends.file", ""),
        "keyring": ("stockade.secrets.backends.keyring", "keyring"),
        "vault": ("stockade.secrets.backends.vault", ""),
        "aws-sm": ("stockade.secrets.backends.aws_sm", "aws"),
        "azure-kv": ("stockade.secrets.backends.azure_kv", ""),
        "gcp-sm": ("stockade.secrets.backends.gcp_sm", ""),
    }
)

# Scheme -> the extra to install for it.
EXTRAS = MappingProxyType({scheme: extra for scheme, (_, extra) in CATALOGUE.items() if extra})
