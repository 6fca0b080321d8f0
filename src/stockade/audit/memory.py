"""An audit log in memory, for the library and for tests: same entries, same numbers, nothing kept.

It does not survive the process and signs nothing: whoever must prove something opens a log on a disk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Lock

from stockade.audit.entry import NO_KEY, Entry, encoded, entry_of, line_of
from stockade.audit.sink import unable
from stockade.audit.store import Settled
from stockade.core.errors import StoreError
from stockade_verify.entries import divide


class MemoryLog:
    """A log whose entries are a list.

    Args:
        clock: the time in milliseconds since 1970; without one every entry is stamped 0.

    Attributes:
        entries: everything recorded, oldest first.
        reason: set it to make the log refuse, as a full disk would.
    """

    def __init__(self, clock: Callable[[], int] = int) -> None:
        self.entries: list[Entry] = []
        self.reason = ""
        self._clock = clock
        self._keys: dict[bytes, int] = {}
        self._lock = Lock()

    @property
    def healthy(self) -> bool:
        """Whether entries are taken."""
        return not self.reason

    def submit(self, kind: str, body: Mapping[str, object], done: Settled) -> None:
        """Keep an entry and call *done* at once.

        Raises:
            StoreError: the log refuses; *done* is not called.
        """
        self._refuse_if_told()
        try:
            self.record(kind, body)
        except StoreError as error:
            done(error)
        else:
            done(None)

    def record(self, kind: str, body: Mapping[str, object]) -> None:
        """Keep an entry.

        Raises:
            StoreError: the log refuses, or the body holds what JSON cannot hold.
        """
        self._refuse_if_told()
        try:
            written = encoded(kind, body)
        except (TypeError, ValueError, RecursionError) as error:
            raise unable("unwritable") from error
        with self._lock:
            number = 0
            if written.key != NO_KEY:
                number = self._keys[written.key] = self._keys.get(written.key, 0) + 1
            line = divide(line_of(len(self.entries) + 1, 1, self._clock(), number, written))
            assert line is not None, "a line just made is a line"
            self.entries.append(entry_of(line))

    def close(self) -> None:
        """Refuse from now on; the entries stay."""
        self.reason = "closed"

    def _refuse_if_told(self) -> None:
        if self.reason:
            raise unable(self.reason)
