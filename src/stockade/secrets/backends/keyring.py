"""Secrets in the keyring of the operating system: ``keyring://service/name``.

Which keyring that is, the package ``keyring`` decides; where it finds none, nothing is read or written.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Final

from stockade.core.errors import SecretError
from stockade.secrets.reference import Reference
from stockade.secrets.value import SecretValue


class KeyringBackend:
    """Reads and writes entries of the keyring, one thread at a time: keyrings in files tear otherwise."""

    __slots__ = ("_lock",)

    scheme: Final = "keyring"

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        """Return its name."""
        return "KeyringBackend()"

    def read(self, reference: Reference) -> SecretValue:
        """Return the entry."""
        import keyring

        service, _, name = reference.path.partition("/")
        with self._lock:
            value = keyring.get_password(service, name)
        if not value:
            raise SecretError(
                f"there is no entry {reference.path} in the keyring",
                hint=f"run: stockade secrets set keyring://{reference.path}",
            )
        return SecretValue(value)

    def write(self, reference: Reference, value: SecretValue) -> None:
        """Set the entry."""
        import keyring

        service, _, name = reference.path.partition("/")
        with self._lock:
            keyring.set_password(service, name, value.reveal())

    def retire(self, reference: Reference) -> None:
        """Remove the entry."""
        import keyring
        from keyring.errors import PasswordDeleteError

        service, _, name = reference.path.partition("/")
        try:
            with self._lock:
                if keyring.get_password(service, name) is not None:
                    keyring.delete_password(service, name)
        except PasswordDeleteError:
            raise SecretError(
                f"the keyring does not let go of the entry {reference.path}", hint="remove it by hand"
            ) from None


def open_backend(environment: Mapping[str, str]) -> KeyringBackend:
    """Return the backend; the keyring is not opened.

    Raises:
        ImportError: the package of the extra is missing.
    """
    import keyring  # noqa: F401 - says early that it is missing

    del environment
    return KeyringBackend()
