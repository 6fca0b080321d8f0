"""The audit log: many callers, one writer thread, one sync for everything that waited.

An entry is acknowledged only when it is on the disk. While that cannot be had the log says so at once and
takes nothing, so that whoever depends on it can refuse; it tries by itself until the disk answers again.
It does not look into bodies, does not drop entries to keep up, and does not decide who may read it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Event, current_thread
from typing import Final

from stockade.audit.disk import Disk
from stockade.audit.key import Seed, log_key
from stockade.audit.seal import Seals
from stockade.audit.segment import WriterLock, private_directory
from stockade.audit.sink import Sink, reason_of, unable
from stockade.audit.store import Settled
from stockade.audit.timing import Stamp
from stockade.audit.writer import Alarm, Notify, Report, Waiting, Writer
from stockade.core.errors import StoreError
from stockade_verify.entries import SEGMENT_NAME

__all__ = ["AuditLog", "Notify", "Report", "Sealing", "Settled"]

QUEUE_MAX: Final = 10_000


@dataclass(frozen=True, slots=True)
class Sealing:
    """How a log is signed.

    Attributes:
        seed: returns the secret bytes of the log of this name; without it, a key file beside the log.
        every_s: an entry is covered by a signed checkpoint at the latest this much later.
        skew_ms_max: a clock that jumps by more is recorded.
    """

    seed: Seed | None = None
    every_s: float = 1.0
    skew_ms_max: float = 2_000.0


_DISK: Final = Disk()
_SEALING: Final = Sealing()


class AuditLog:
    """An audit log in a directory; made by ``open``."""

    def __init__(self, writer: Writer, deadline_s: float) -> None:
        self._writer = writer
        self._deadline_s = deadline_s
        self._closing = False

    @classmethod
    def open(
        cls,
        directory: Path,
        *,
        clock: Callable[[], int],
        sync_deadline_s: float = 5.0,
        disk: Disk = _DISK,
        sealing: Sealing = _SEALING,
    ) -> AuditLog:
        """Open the log in *directory*, write that it was started, and sign that.

        Args:
            directory: made if it does not exist; nobody else may write there.
            clock: the time in milliseconds since 1970.
            sync_deadline_s: how long the disk may take until the log counts as not working.
            disk: the file system.
            sealing: the key that signs, and how often it does.

        Raises:
            TamperedError: the log is not as it was signed.
            StoreError: another process writes it, or it cannot be read or written.
        """
        private_directory(directory)
        lock = WriterLock(directory)
        stamp = Stamp(clock, sealing.skew_ms_max)
        try:
            sink = _started(directory, disk, sealing.seed, stamp)
        except OSError as error:
            lock.release()
            raise unable(reason_of(error)) from error
        except BaseException:
            lock.release()
            raise
        log = cls(Writer(sink, lock, stamp, sealing.every_s), sync_deadline_s)
        log._writer.thread.start()
        return log

    @property
    def notify(self) -> Notify | None:
        """Is given a callable that settles a whole batch; None settles it in the writer thread."""
        return self._writer.listeners.notify

    @notify.setter
    def notify(self, notify: Notify | None) -> None:
        self._writer.listeners.notify = notify

    @property
    def alarm(self) -> Alarm | None:
        """Is given the reason as soon as the log refuses entries, and "" when it takes them again.

        It may be called from any thread that uses the log.
        """
        return self._writer.listeners.alarm

    @alarm.setter
    def alarm(self, alarm: Alarm | None) -> None:
        self._writer.listeners.alarm = alarm

    @property
    def healthy(self) -> bool:
        """Whether entries can be written."""
        return not self.reason

    @property
    def reason(self) -> str:
        """Why not: ``disk_full``, ``io_error``, ``read_only``, ``sync_failed``, ``slow``, ``closed``."""
        return self._writer.reason(self._deadline_s)

    @property
    def size(self) -> int:
        """How many entries are durable."""
        return self._writer.sink.size

    @property
    def checkpoint(self) -> bytes:
        """The newest signed checkpoint."""
        return self._writer.sink.checkpoint

    @property
    def public_key(self) -> str:
        """The key that verifies this log, as it is published."""
        return str(self._writer.sink.public_key)

    def submit(self, kind: str, body: Mapping[str, object], done: Settled) -> None:
        """Hand an entry over; *done* is called once, with None when it is durable, else with the error.

        The body belongs to the log from here on: whoever handed it over must not change it.

        Raises:
            StoreError: the log is not healthy or too much waits; *done* will not be called.
        """
        self._submit(Waiting(kind, body, done, here=False))

    def record(self, kind: str, body: Mapping[str, object]) -> None:
        """Write an entry and return when it is durable.

        Raises:
            StoreError: it is not durable, or not within the deadline.
        """
        settled = Event()
        answer: list[StoreError | None] = []

        def done(error: StoreError | None) -> None:
            answer.append(error)
            settled.set()

        self._submit(Waiting(kind, body, done, here=True))
        if not settled.wait(self._deadline_s):
            raise unable(self.reason or "slow")
        if answer[0] is not None:
            raise answer[0]

    def close(self) -> None:
        """Write what was taken and that the log was stopped, and let the next writer in.

        Raises:
            StoreError: the disk did not answer within the deadline.
        """
        thread = self._writer.thread
        if not self._closing:
            self._closing = True
            self._writer.queue.put(None)
        if current_thread() is not thread:
            thread.join(self._deadline_s)
            if thread.is_alive():
                raise unable("slow")

    def _submit(self, waiting: Waiting) -> None:
        writer = self._writer
        reason = self.reason or ("closed" if self._closing else "")
        if not reason and writer.queue.qsize() >= QUEUE_MAX:
            reason = "full"
        if reason:
            raise unable(reason)
        writer.queue.put(waiting)
        if writer.finished:
            writer.refuse_rest()


def _started(directory: Path, disk: Disk, seed: Seed | None, stamp: Stamp) -> Sink:
    """Return the end of the log, at which it is written that it was opened."""
    new = not any(SEGMENT_NAME.fullmatch(path.name) for path in directory.iterdir())
    sink = Sink(directory, disk, Seals(directory, disk, log_key(directory, disk, seed, new=new)))
    try:
        reason = sink.start(stamp.now()[0])
    except BaseException:
        sink.close()
        raise
    if reason:
        sink.close()
        raise unable(reason)
    return sink
