"""Open the backends of the catalogue, each when it is first used.

A backend whose package is not installed is a ``ConfigError`` that names the extra, and only where a reference
needs it. It contacts nobody.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable, Mapping

from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.backends import CATALOGUE, SecretBackend, WritableBackend
from stockade.secrets.reference import Reference
from stockade.secrets.value import SecretValue


class OnUse:
    """A backend that is imported at the first question.

    Args:
        scheme: which one.
        environment: handed to it.
    """

    __slots__ = ("_environment", "_lock", "_opened", "scheme")

    def __init__(self, scheme: str, environment: Mapping[str, str]) -> None:
        self.scheme = scheme
        self._environment = environment
        self._opened: SecretBackend | None = None
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        """Return its scheme."""
        return f"OnUse({self.scheme})"

    def read(self, reference: Reference) -> SecretValue:
        """Return the secret."""
        return self._backend().read(reference)

    def write(self, reference: Reference, value: SecretValue) -> None:
        """Set the secret."""
        backend = self._writable()
        _quietly(reference, lambda: backend.write(reference, value))

    def retire(self, reference: Reference) -> None:
        """Remove the secret."""
        backend = self._writable()
        _quietly(reference, lambda: backend.retire(reference))

    def _writable(self) -> WritableBackend:
        backend = self._backend()
        if not isinstance(backend, WritableBackend):
            raise ConfigError(
                f"{self.scheme}:// references can only be read",
                hint="keep the secret where it can be written: in a file, a keyring or a secrets manager",
            )
        return backend

    def _backend(self) -> SecretBackend:
        with self._lock:
            if self._opened is None:
                self._opened = _open(self.scheme, self._environment)
            return self._opened


def open_backends(environment: Mapping[str, str]) -> dict[str, OnUse]:
    """Return a backend for every scheme; none of them is imported yet."""
    return {scheme: OnUse(scheme, environment) for scheme in CATALOGUE}


def _open(scheme: str, environment: Mapping[str, str]) -> SecretBackend:
    module, extra = CATALOGUE[scheme]
    try:
        opened: SecretBackend = importlib.import_module(module).open_backend(environment)
    except ImportError:
        raise ConfigError(
            f"the package for {scheme}:// references is not installed", hint=f"install stockade[{extra}]"
        ) from None
    return opened


def _quietly(reference: Reference, act: Callable[[], object]) -> None:
    """Run *act*; what a foreign client raises becomes an error without its message."""
    try:
        act()
    except (SecretError, ConfigError):
        raise
    except Exception as failed:  # noqa: BLE001 - a backend is a foreign client library; whatever it raises
        kind = type(failed).__name__
    else:
        return
    raise SecretError(
        f"the backend for {reference.scheme}:// references failed ({kind})",
        hint="run: stockade secrets check",
    )
