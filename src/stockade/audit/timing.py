"""The two clocks of a log: the wall clock that entries are stamped with, watched by one that cannot jump.

It stamps what the wall clock says, right or wrong; the order of entries is their number, never their time.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic


class Stamp:
    """Stamps batches, and notices when the wall clock was moved.

    Args:
        clock: the time in milliseconds since 1970.
        skew_ms_max: a jump by more is told.
        steady: seconds from any start; never goes back.
    """

    __slots__ = ("_clock", "_last", "_skew_ms_max", "_steady")

    def __init__(
        self, clock: Callable[[], int], skew_ms_max: float, steady: Callable[[], float] = monotonic
    ) -> None:
        self._clock = clock
        self._skew_ms_max = skew_ms_max
        self._steady = steady
        self._last: tuple[int, float] | None = None

    def now(self) -> tuple[int, int]:
        """Return the time, and by how many milliseconds the clock was moved since last asked; 0 if not."""
        at_ms, steady = self._clock(), self._steady()
        before, self._last = self._last, (at_ms, steady)
        if before is None:
            return at_ms, 0
        skew = round(at_ms - before[0] - (steady - before[1]) * 1000)
        return at_ms, skew if abs(skew) > self._skew_ms_max else 0
