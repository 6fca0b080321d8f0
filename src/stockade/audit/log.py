"""The audit log: many callers, one writer thread, one sync for everything that waited.

An entry is acknowledged only when it is on the disk. While that cannot be had the log says so at once and
takes nothing, so that whoever depends on it can refuse; it tries by itself until the disk answers again.
It does not look into bodies, does not drop entries to keep up, and does not decide who may read it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread, current_thread
from time import monotonic
from typing import Final, NamedTuple, TypeAlias

from stockade.audit.entry import RECOVERED, encoded
from stockade.audit.segment import SegmentOpener, WriterLock, open_segment, private_directory
from stockade.audit.sink import Sink, own_words, unable
from stockade.audit.store import Settled
from stockade.core.errors import StoreError

__all__ = ["AuditLog", "Notify", "Report", "Settled"]

Report: TypeAlias = Callable[[], None]
Notify: TypeAlias = Callable[[Report], object]

QUEUE_MAX: Final = 10_000
_BATCH_BYTES: Final = 8 * 1024 * 1024
_PROBE_S: Final = 0.25


class _Waiting(NamedTuple):
    kind: str
    body: Mapping[str, object]
    done: Settled
    here: bool  # settled in the writer thread, whatever ``notify`` is


class AuditLog:
    """An audit log in a directory.

    Attributes:
        notify: is given a callable that settles a whole batch; None settles it in the writer thread.
    """

    def __init__(self, sink: Sink, lock: WriterLock, clock: Callable[[], int], deadline_s: float) -> None:
        self.notify: Notify | None = None
        self._sink = sink
        self._lock = lock
        self._clock = clock
        self._deadline_s = deadline_s
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._reason = ""
        self._busy_since = 0.0
        self._next_probe = 0.0
        self._closing = False
        self._finished = False
        self._thread = Thread(target=self._run, name="stockade-audit", daemon=True)

    @classmethod
    def open(
        cls,
        directory: Path,
        *,
        clock: Callable[[], int],
        notify: Notify | None = None,
        sync_deadline_s: float = 5.0,
        opener: SegmentOpener = open_segment,
    ) -> AuditLog:
        """Open the log in *directory* and write that it was started.

        Args:
            directory: made if it does not exist; nobody else may write there.
            clock: the time in milliseconds since 1970.
            notify: is given a callable that settles a whole batch, for example an event loop's
                ``call_soon_threadsafe``.
            sync_deadline_s: how long the disk may take until the log counts as not working.
            opener: opens segments.

        Raises:
            TamperedError: the log does not verify.
            StoreError: another process writes it, or it cannot be read or written.
        """
        private_directory(directory)
        lock = WriterLock(directory)
        try:
            sink = Sink(directory, opener)
            cut = sink.bytes_cut
            records = [own_words(RECOVERED, {"bytes_cut": cut})] if cut else []
            records.append(own_words("start", {}))
            reason = sink.append(records, clock())
        except OSError as error:
            lock.release()
            raise unable("io_error") from error
        except BaseException:
            lock.release()
            raise
        if reason:
            sink.close()
            lock.release()
            raise unable(reason)
        log = cls(sink, lock, clock, sync_deadline_s)
        log.notify = notify
        log._thread.start()
        return log

    @property
    def healthy(self) -> bool:
        """Whether entries can be written."""
        return not self.reason

    @property
    def reason(self) -> str:
        """Why not: ``disk_full``, ``io_error``, ``read_only``, ``sync_failed``, ``slow``, ``closed``."""
        if self._reason:
            return self._reason
        since = self._busy_since
        return "slow" if since and monotonic() - since > self._deadline_s else ""

    @property
    def head(self) -> tuple[int, str]:
        """Number and hash of the last durable entry."""
        return self._sink.end

    def submit(self, kind: str, body: Mapping[str, object], done: Settled) -> None:
        """Hand an entry over; *done* is called once, with None when it is durable, else with the error.

        The body belongs to the log from here on: whoever handed it over must not change it.

        Raises:
            StoreError: the log is not healthy or too much waits; *done* will not be called.
        """
        self._submit(_Waiting(kind, body, done, here=False))

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

        self._submit(_Waiting(kind, body, done, here=True))
        if not settled.wait(self._deadline_s):
            raise unable("slow")
        if answer[0] is not None:
            raise answer[0]

    def close(self) -> None:
        """Write what was taken and that the log was stopped, and let the next writer in.

        Raises:
            StoreError: the disk did not answer within the deadline.
        """
        if not self._closing:
            self._closing = True
            self._queue.put(None)
        if current_thread() is not self._thread:
            self._thread.join(self._deadline_s)
            if self._thread.is_alive():
                raise unable("slow")

    def _submit(self, waiting: _Waiting) -> None:
        reason = self.reason or ("closed" if self._closing else "")
        if not reason and self._queue.qsize() >= QUEUE_MAX:
            reason = "full"
        if reason:
            raise unable(reason)
        self._queue.put(waiting)
        if self._finished:
            self._refuse_rest()

    def _run(self) -> None:
        """Be the writer thread."""
        going = True
        while going:
            batch, going = self._take()
            if self._reason:
                self._settle([(waiting, unable(self._reason)) for waiting in batch])
                self._probe()
            elif batch:
                self._write(batch)
        if not self._reason:
            self._guarded(lambda: self._sink.append([(b'"stop"', b"{}")], self._clock()))
        self._sink.close()
        self._reason = "closed"
        self._finished = True
        self._lock.release()
        self._refuse_rest()

    def _take(self) -> tuple[list[_Waiting], bool]:
        """Return everything that waits, and whether more may come."""
        batch: list[_Waiting] = []
        try:
            first = self._queue.get(timeout=_PROBE_S if self._reason else None)
            while first is not None:
                batch.append(first)
                first = self._queue.get_nowait()
        except Empty:
            return batch, True
        return batch, False

    def _write(self, batch: Sequence[_Waiting]) -> None:
        """Write *batch* in strides of bounded size, and settle each."""
        records: list[tuple[bytes, bytes]] = []
        stride: list[_Waiting] = []
        refused: list[tuple[_Waiting, StoreError | None]] = []
        size = 0
        for waiting in batch:
            try:
                written = encoded(waiting.kind, waiting.body)
            except Exception:  # noqa: BLE001 - a body is a caller's object and may raise anything
                refused.append((waiting, unable("unwritable")))
                continue
            records.append(written)
            stride.append(waiting)
            size += len(written[1])
            if size >= _BATCH_BYTES:
                self._append(records, stride)
                records, stride, size = [], [], 0
        self._append(records, stride)
        self._settle(refused)

    def _append(self, records: list[tuple[bytes, bytes]], stride: list[_Waiting]) -> None:
        if records and not self._reason:
            self._reason = self._guarded(lambda: self._sink.append(records, self._clock()))
            self._next_probe = monotonic() + _PROBE_S
        reason = self._reason
        self._settle([(waiting, unable(reason) if reason else None) for waiting in stride])

    def _probe(self) -> None:
        """Try to write again, a few times a second at most."""
        if monotonic() >= self._next_probe:
            self._reason = self._guarded(lambda: self._sink.recover(self._reason, self._clock()))
            self._next_probe = monotonic() + _PROBE_S

    def _guarded(self, write: Callable[[], str]) -> str:
        """Run *write* under the deadline's eye; whatever it raises is a fault of the log."""
        self._busy_since = monotonic()
        try:
            return write()
        except Exception:  # noqa: BLE001 - nothing may end the thread that others wait for
            self._sink.give_up()
            return "io_error"
        finally:
            self._busy_since = 0.0

    def _settle(self, answers: Sequence[tuple[_Waiting, StoreError | None]]) -> None:
        """Tell each its answer: those of ``record`` here, the others in one go where ``notify`` says."""
        _tell([answer for answer in answers if answer[0].here])
        others = [answer for answer in answers if not answer[0].here]
        notify = self.notify
        if not others:
            return
        if notify is None:
            _tell(others)
            return
        try:
            notify(lambda: _tell(others))
        except Exception:  # noqa: BLE001 - the loop is gone; who waits is told all the same
            _tell(others)

    def _refuse_rest(self) -> None:
        """Refuse what came in while the log was being closed."""
        with contextlib.suppress(Empty):
            while True:
                waiting = self._queue.get_nowait()
                if waiting is not None:
                    self._settle([(waiting, unable("closed"))])


def _tell(answers: Sequence[tuple[_Waiting, StoreError | None]]) -> None:
    for waiting, error in answers:
        # One listener that fails must not cost the others their answer.
        with contextlib.suppress(Exception):
            waiting.done(error)
