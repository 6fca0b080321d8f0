"""The record, seen from the event loop: hand an entry over, wait until it is durable, learn if it is not.

The audit log writes in a thread of its own and syncs whole groups. One hop back into the loop wakes every
request whose entry is safe, so under load the cost of waiting is shared.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from stockade.audit import AuditStore


class Ledger:
    """Waits for durable entries.

    Args:
        log: where entries go.
        deadline_s: how long an entry may take until it counts as not written.
    """

    __slots__ = ("_deadline_s", "_log", "_loop")

    def __init__(self, log: AuditStore, *, deadline_s: float = 5.0) -> None:
        self._log = log
        self._deadline_s = deadline_s
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Bind the loop that waits."""
        self._loop = loop

    @property
    def healthy(self) -> bool:
        """Whether entries can be written."""
        return self._log.healthy

    async def record(self, kind: str, body: Mapping[str, object]) -> None:
        """Write one entry and return when it is durable.

        Raises:
            StoreError: it could not be written in time: nothing may be sent or shown.
        """
