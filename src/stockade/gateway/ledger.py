"""The record, seen from the event loop: hand an entry over, wait until it is durable, learn if it is not.

The audit log writes in a thread of its own and syncs whole groups. One hop back into the loop wakes every
request whose entry is safe, so under load the cost of waiting is shared. What an entry says is not decided
here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from stockade.audit import AuditLog, AuditStore
from stockade.core.errors import StoreError


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
        """Bind the loop that waits; a log with a thread of its own answers into it."""
        self._loop = loop
        if isinstance(self._log, AuditLog):
            self._log.notify = loop.call_soon_threadsafe

    def stop(self) -> None:
        """Finish what was taken, write that the gateway stopped, and give the log back.

        Raises:
            StoreError: the disk did not answer in time.
        """
        if isinstance(self._log, AuditLog):
            self._log.notify = None
        self._log.close()

    @property
    def healthy(self) -> bool:
        """Whether entries can be written."""
        return self._log.healthy

    @property
    def reason(self) -> str:
        """Why they cannot: a short code, or empty."""
        return self._log.reason

    async def record(self, kind: str, body: Mapping[str, object]) -> None:
        """Write one entry and return when it is durable.

        Raises:
            StoreError: it could not be written in time: nothing may be sent or shown.
        """
        loop = self._loop
        assert loop is not None, "the ledger was not started"
        waiting: asyncio.Future[None] = loop.create_future()
        self._log.submit(kind, body, _settling(waiting))
        timer = loop.call_later(self._deadline_s, _expire, waiting)
        try:
            await waiting
        finally:
            timer.cancel()


def _settling(waiting: asyncio.Future[None]) -> Callable[[StoreError | None], None]:
    def done(error: StoreError | None) -> None:
        if waiting.done():
            return  # whoever waited has left, or was told that it took too long
        if error is None:
            waiting.set_result(None)
        else:
            waiting.set_exception(error)

    return done


def _expire(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_exception(
            StoreError("the record did not become durable in time", hint="look at the disk's load and space")
        )
