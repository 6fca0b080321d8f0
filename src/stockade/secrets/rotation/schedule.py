"""Runs rotations when they are due, beside whatever else a process does.

Every gateway may run it: a lease lets one of them drive a rotation at a time. It starts one thread, and a
rotation that fails is tried again at a later turn.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from stockade.core.errors import StockadeError
from stockade.secrets.rotation.machine import Rotator
from stockade.secrets.rotation.record import Rotation, State

EVERY_S = 30.0


class Schedule:
    """A thread that drives what is due.

    Args:
        rotators: by target; asked anew at each turn.
        clock: milliseconds since 1970.
        report: told the target and what became of it: the rotation after its turn, or the failure.
        every_s: seconds between two turns.
    """

    __slots__ = ("_clock", "_every_s", "_report", "_rotators", "_stop", "_thread")

    def __init__(
        self,
        rotators: Callable[[], Mapping[str, Rotator]],
        *,
        clock: Callable[[], int],
        report: Callable[[str, Rotation | StockadeError], None],
        every_s: float = EVERY_S,
    ) -> None:
        self._rotators = rotators
        self._clock = clock
        self._report = report
        self._every_s = every_s
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; a second call changes nothing."""
        if self._thread is None:
            self._stop.clear()
            self._thread = threading.Thread(target=self._run, name="stockade-rotation", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End, after the step that is under way; the next process goes on from there."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=60)
            self._thread = None

    def turn(self) -> None:
        """Drive what is due or under way, once."""
        try:
            rotators = self._rotators()
        except StockadeError as failed:
            self._report("", failed)
            return
        for name, rotator in rotators.items():
            if self._stop.is_set():
                return
            self._one(name, rotator)

    def _one(self, name: str, rotator: Rotator) -> None:
        try:
            latest, now_ms = rotator.latest(), self._clock()
            if latest is not None and latest.state is State.RUNNING:
                after = rotator.run(start=False) if now_ms >= latest.not_before_ms else None
            else:
                after = rotator.run() if now_ms >= rotator.due_at_ms() else None
        except StockadeError as failed:
            self._report(name, failed)
            return
        if after is not None:
            self._report(name, after)

    def _run(self) -> None:
        while not self._stop.wait(self._every_s):
            self.turn()
