"""Reads secrets anew in the background, before they are too old, so that no request waits for a manager.

With it a changed secret is picked up within the time to live of the resolver, plus one reading. It starts one
thread and nothing else; a backend that fails is asked again at the next turn.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from stockade.secrets.resolver import Checked, Resolver

# A turn shorter than this would ask managers more often than they like.
EVERY_MS_MIN = 250


def _nobody(failed: tuple[Checked, ...]) -> None:
    del failed


class Refresher:
    """A thread that keeps a resolver's values young.

    Args:
        resolver: whose values.
        ttl_ms: the resolver's time to live; three turns are made in it.
        report: called with the references that could not be read, and why.
    """

    __slots__ = ("_every_ms", "_report", "_resolver", "_stop", "_thread")

    def __init__(
        self,
        resolver: Resolver,
        *,
        ttl_ms: int,
        report: Callable[[tuple[Checked, ...]], None] = _nobody,
    ) -> None:
        self._resolver = resolver
        self._every_ms = max(EVERY_MS_MIN, ttl_ms // 3)
        self._report = report
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; a second call changes nothing."""
        if self._thread is None:
            self._stop.clear()
            self._thread = threading.Thread(target=self._run, name="stockade-secrets", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End, after the reading that is under way."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=30)
            self._thread = None

    def turn(self) -> None:
        """Read what is due, once."""
        outcome = self._resolver.refresh(self._every_ms)
        failed = tuple(checked for checked in outcome if not checked.ok)
        if failed:
            self._report(failed)

    def _run(self) -> None:
        while not self._stop.wait(self._every_ms / 1000):
            self.turn()
