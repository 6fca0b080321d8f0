"""What a gateway does from time to time beside its requests, in threads; it decides nothing about them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from stockade.core.errors import StockadeError

LOG = logging.getLogger("stockade.gateway")


@dataclass(frozen=True, slots=True)
class Chore:
    """Something that is due again and again.

    Attributes:
        name: what it is, for the log.
        every_s: seconds between two times.
        run: does it; may wait.
    """

    name: str
    every_s: float
    run: Callable[[], None] = field(repr=False)


class Upkeep:
    """Runs chores until it is stopped, each by itself; one that fails is tried again when it is due.

    Args:
        chores: what is to be done.
    """

    __slots__ = ("_chores", "_tasks")

    def __init__(self, chores: Sequence[Chore]) -> None:
        self._chores = tuple(chores)
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin."""
        self._tasks = [loop.create_task(_again_and_again(chore)) for chore in self._chores]

    async def stop(self) -> None:
        """End, after doing each chore a last time."""
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        for chore in self._chores if tasks else ():
            await _once(chore)


async def _again_and_again(chore: Chore) -> None:
    while True:
        await asyncio.sleep(chore.every_s)
        await _once(chore)


async def _once(chore: Chore) -> None:
    try:
        await asyncio.to_thread(chore.run)
    except StockadeError as error:
        failure = str(error)
    except Exception as error:  # noqa: BLE001 - one bad round must not end all later ones
        failure = type(error).__name__  # not its words: they may quote
    else:
        return
    LOG.error("%s failed: %s", chore.name, failure)
