"""The thread that writes a log: it takes what waits, writes it with one sync, tells everybody, and signs.

While the disk does not serve it refuses whatever comes and tries again by itself, a few times a second. It
decides nothing about entries but whether they can be encoded.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Final, NamedTuple, TypeAlias

from stockade.audit.entry import Written, encoded, own_words
from stockade.audit.segment import WriterLock
from stockade.audit.sink import Sink, unable
from stockade.audit.store import Settled
from stockade.audit.timing import Stamp
from stockade.core.errors import StoreError

Report: TypeAlias = Callable[[], None]
Notify: TypeAlias = Callable[[Report], object]
Alarm: TypeAlias = Callable[[str], object]

_BATCH_BYTES: Final = 8 * 1024 * 1024
_PROBE_S: Final = 0.25
# However busy the log is: what no checkpoint covers stays bounded, and so does what a start has to trust.
_UNCOVERED_MAX: Final = 10_000


class Waiting(NamedTuple):
    """An entry that waits to be written."""

    kind: str
    body: Mapping[str, object]
    done: Settled
    here: bool  # settled in the writer thread, whatever ``notify`` is


@dataclass(slots=True)
class Listeners:
    """Who is told what.

    Attributes:
        notify: is given a callable that settles a whole batch; None settles it in the writer thread.
        alarm: is given why the log refuses entries, and "" when it takes them again.
    """

    notify: Notify | None = None
    alarm: Alarm | None = None


class Writer:
    """Writes one log until it is told to stop.

    Args:
        sink: where entries go; this thread alone uses it from now on.
        lock: given back at the end.
        stamp: tells the time.
        seal_every_s: an entry is signed at the latest this much later.
    """

    def __init__(self, sink: Sink, lock: WriterLock, stamp: Stamp, seal_every_s: float) -> None:
        self.listeners = Listeners()
        self.queue: SimpleQueue[Waiting | None] = SimpleQueue()
        self.sink = sink
        self.finished = False
        self.thread = Thread(target=self._run, name="stockade-audit", daemon=True)
        self._lock = lock
        self._stamp = stamp
        self._seal_every_s = seal_every_s
        self._next_seal = monotonic() + seal_every_s
        self._reason = ""
        self._alarmed = ""
        self._busy_since = 0.0
        self._next_probe = 0.0

    def reason(self, deadline_s: float) -> str:
        """Return why entries cannot be written now, or an empty string."""
        since = self._busy_since
        slow = "slow" if since and monotonic() - since > deadline_s else ""
        reason = self._reason or slow
        if reason != self._alarmed:
            self._raise_alarm(reason)
        return reason

    def refuse_rest(self) -> None:
        """Refuse what came in while the log was being closed."""
        with contextlib.suppress(Empty):
            while True:
                waiting = self.queue.get_nowait()
                if waiting is not None:
                    self._settle([(waiting, unable("closed"))])

    def _run(self) -> None:
        going = True
        while going:
            batch, going = self._take()
            if self._reason:
                self._settle([(waiting, unable(self._reason)) for waiting in batch])
                self._probe()
            elif batch:
                self._write(batch)
            self._seal_if_due()
        if not self._reason:
            self._guarded(lambda: self.sink.stop(self._stamp.now()[0]))
        self.sink.close()
        self._reason = self._alarmed = "closed"
        self.finished = True
        self._lock.release()
        self.refuse_rest()

    def _take(self) -> tuple[list[Waiting], bool]:
        """Return everything that waits, and whether more may come."""
        batch: list[Waiting] = []
        patience = None
        if self._reason:
            patience = _PROBE_S
        elif self.sink.uncovered:
            patience = max(0.0, self._next_seal - monotonic())
        try:
            first = self.queue.get(timeout=patience)
            while first is not None:
                batch.append(first)
                first = self.queue.get_nowait()
        except Empty:
            return batch, True
        return batch, False

    def _write(self, batch: Sequence[Waiting]) -> None:
        """Write *batch* in strides of bounded size, and settle each."""
        records: list[Written] = []
        stride: list[Waiting] = []
        refused: list[tuple[Waiting, StoreError | None]] = []
        size = 0
        for waiting in batch:
            try:
                written = encoded(waiting.kind, waiting.body)
            except Exception:  # noqa: BLE001 - a body is a caller's object and may raise anything
                refused.append((waiting, unable("unwritable")))
                continue
            records.append(written)
            stride.append(waiting)
            size += len(written.body)
            if size >= _BATCH_BYTES:
                self._append(records, stride)
                records, stride, size = [], [], 0
        self._append(records, stride)
        self._settle(refused)

    def _append(self, records: list[Written], stride: list[Waiting]) -> None:
        if records and not self._reason:
            self._set(self._guarded(lambda: self._stamped(records)))
            self._next_probe = monotonic() + _PROBE_S
        reason = self._reason
        self._settle([(waiting, unable(reason) if reason else None) for waiting in stride])

    def _stamped(self, records: list[Written]) -> str:
        """Write *records* with the time; a clock that was moved is recorded before them."""
        at_ms, skew_ms = self._stamp.now()
        moved = [own_words("clock", {"skew_ms": skew_ms})] if skew_ms else []
        return self.sink.append([*moved, *records], at_ms)

    def _seal_if_due(self) -> None:
        if self._reason or not self.sink.uncovered:
            return
        if monotonic() >= self._next_seal or self.sink.uncovered >= _UNCOVERED_MAX:
            self._set(self._guarded(self.sink.seal))
            self._next_seal = monotonic() + self._seal_every_s

    def _probe(self) -> None:
        """Try to write again, a few times a second at most."""
        if monotonic() >= self._next_probe:
            self._set(self._guarded(lambda: self.sink.recover(self._reason, self._stamp.now()[0])))
            self._next_probe = monotonic() + _PROBE_S

    def _guarded(self, write: Callable[[], str]) -> str:
        """Run *write* under the deadline's eye; whatever it raises is a fault of the log."""
        self._busy_since = monotonic()
        try:
            return write()
        except Exception:  # noqa: BLE001 - nothing may end the thread that others wait for
            self.sink.give_up()
            return "io_error"
        finally:
            self._busy_since = 0.0

    def _set(self, reason: str) -> None:
        self._reason = reason
        if reason != self._alarmed:
            self._raise_alarm(reason)

    def _raise_alarm(self, reason: str) -> None:
        self._alarmed = reason
        alarm = self.listeners.alarm
        if alarm is not None:
            # Whoever listens must not be able to end the thread, or to refuse an entry.
            with contextlib.suppress(Exception):
                alarm(reason)

    def _settle(self, answers: Sequence[tuple[Waiting, StoreError | None]]) -> None:
        """Tell each its answer: those of ``record`` here, the others in one go where ``notify`` says."""
        _tell([answer for answer in answers if answer[0].here])
        others = [answer for answer in answers if not answer[0].here]
        notify = self.listeners.notify
        if not others:
            return
        if notify is None:
            _tell(others)
            return
        try:
            notify(lambda: _tell(others))
        except Exception:  # noqa: BLE001 - the loop is gone; who waits is told all the same
            _tell(others)


def _tell(answers: Sequence[tuple[Waiting, StoreError | None]]) -> None:
    for waiting, error in answers:
        # One listener that fails must not cost the others their answer.
        with contextlib.suppress(Exception):
            waiting.done(error)
