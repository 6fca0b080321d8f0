"""The port to whatever keeps secrets, and the list of the backends that exist.

A backend reads; it does not cache, retry for long or decide how long a value counts: the resolver does.
Nothing here is imported until it is asked for: some backends need packages of an extra.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Protocol

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


# Scheme -> the module of its backend and the extra that brings what it needs (empty: nothing needed).
# A scheme that a reference may have and that is not listed has no backend in this release.
CATALOGUE = MappingProxyType(
    {
        "env": ("stockade.secrets.backends.env", ""),
        "file": ("stockade.secrets.backends.file", ""),
    }
)

# Scheme -> the extra to install for it.
EXTRAS = MappingProxyType(
    {"keyring": "keyring", "vault": "vault", "aws-sm": "aws", "azure-kv": "azure", "gcp-sm": "gcp"}
)
