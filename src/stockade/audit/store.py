"""What a door needs of an audit log: to hand an entry over and to learn whether it lasts.

It has no way to read, change or remove: what was recorded stays, and is read by other means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeAlias

from stockade.core.errors import StoreError

Settled: TypeAlias = Callable[[StoreError | None], None]


class AuditStore(Protocol):
    """Where events are recorded so that they last."""

    @property
    def healthy(self) -> bool:
        """Whether entries can be written."""

    @property
    def reason(self) -> str:
        """Why not: a short code, or empty."""

    def submit(self, kind: str, body: Mapping[str, object], done: Settled) -> None:
        """Hand an entry over; *done* is called once, with None when it is durable, else with the error.

        Raises:
            StoreError: it is not taken, and *done* will not be called.
        """

    def record(self, kind: str, body: Mapping[str, object]) -> None:
        """Write an entry and return when it is durable.

        Raises:
            StoreError: it is not durable.
        """

    def close(self) -> None:
        """Finish what was taken and give everything back."""
