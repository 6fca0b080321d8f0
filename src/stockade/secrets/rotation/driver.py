"""The port to whoever issues keys, and what a driver is given.

A driver does one thing at a time and remembers nothing; every one of its acts may be repeated after a crash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.value import SecretValue


@dataclass(frozen=True, slots=True)
class Created:
    """A key that was just made; its value is shown this once.

    Attributes:
        key_id: what the provider calls it.
        value: the key.
    """

    key_id: str
    value: SecretValue = field(repr=False)


class RefusedKeyError(SecretError):
    """The provider does not accept a key: trying again will not help."""


class ByHandError(SecretError):
    """The provider lets nobody but a person make keys: the rotation waits for that person."""


@dataclass(frozen=True, slots=True)
class Access:
    """What a driver needs to know, as the configuration says it.

    Attributes:
        options: plain words: project, base_url, …
        secret: gives the credential of the administrator, read anew each time.
        environment: for identities of clouds.
    """

    options: Mapping[str, str]
    secret: Callable[[], SecretValue] = field(repr=False)
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)

    def needed(self, name: str) -> str:
        """Return the option called *name*.

        Raises:
            ConfigError: it is not given.
        """
        value = self.options.get(name, "")
        if not value:
            raise ConfigError(f"a rotation target lacks {name}", hint=f"add {name} to its options")
        return value


class Driver(Protocol):
    """Makes, tries and ends keys at one provider. Every method raises ``SecretError`` when it cannot."""

    def identify(self, value: SecretValue) -> str:
        """Return the id of the key with this value; empty where that cannot be told for sure."""
        ...

    def create(self, label: str, old_key_id: str) -> Created:
        """Make a key under *label*, beside the one in use; what is left under it is discarded before.

        Raises:
            ByHandError: only a person can; the message says what to do.
        """
        ...

    def discard(self, label: str) -> None:
        """Remove what an interrupted ``create`` left under *label*; nothing there is no failure."""
        ...

    def test(self, value: SecretValue) -> None:
        """Try a key with a call that costs nothing.

        Raises:
            RefusedKeyError: it is not accepted.
        """
        ...

    def last_used_ms(self, key_id: str) -> int | None:
        """Return when a key was last used, 0 for never; ``None`` where the provider does not say."""
        ...

    def revoke(self, key_id: str) -> None:
        """End a key; one that has ended already is no failure."""
        ...


def fingerprint(value: SecretValue) -> str:
    """Return what a key is known by in the record of its use: it says which, and cannot be turned back."""
    return hashlib.sha256(b"stockade upstream key\0" + value.reveal().encode("utf-8")).hexdigest()


def hinted(hint: str, value: SecretValue) -> bool:
    """Say whether *value* may be the key that a provider shows as *hint*: beginning, dots or stars, end."""
    shown = hint.replace("…", "...").replace("*", ".")
    start, end = shown.split(".")[0], shown.rsplit(".", 1)[-1]
    text = value.reveal()
    return len(end) >= 2 and "." in shown and text.startswith(start) and text.endswith(end)
