"""One installation at a time, also between processes: an advisory lock on a file.

The system drops the lock when its holder dies, so there are no stale ones to clean up.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from stockade.core.errors import StoreError

_STEP_S = 0.1


@contextmanager
def held(path: Path, *, wait_s: float, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock file *path*; call *waiting* once if another holds it.

    Raises:
        StoreError: it could not be had within *wait_s*, or the file cannot be opened.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    except OSError as error:
        raise StoreError(
            f"the lock file {path} cannot be opened: {error.strerror}", hint="check who owns this directory"
        ) from error
    try:
        _wait(descriptor, wait_s, waiting)
        yield
    finally:
        # Closing gives the lock back.
        os.close(descriptor)


def _wait(descriptor: int, wait_s: float, waiting: Callable[[], None]) -> None:
    if _taken(descriptor):
        return
    waiting()
    until = time.monotonic() + wait_s
    while not _taken(descriptor):
        if time.monotonic() >= until:
            raise StoreError(
                "another installation of the model is under way and does not finish",
                hint="wait for it, or end it and try again",
            )
        time.sleep(_STEP_S)


if sys.platform == "win32":
    import msvcrt

    def _taken(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _taken(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
