from __future__ import annotations

import asyncio
import time

import pytest

from stockade.audit import AuditLog, MemoryLog, read
from stockade.core.errors import StoreError
from stockade.gateway.ledger import Ledger


def test_record_returns_when_the_entry_is_on_disk(tmp_path):
    async def run():
        ledger = Ledger(AuditLog.open(tmp_path, clock=lambda: 1))
        ledger.start(asyncio.get_running_loop())
        await asyncio.gather(*(ledger.record("x", {"n": n}) for n in range(50)))
        assert ledger.healthy
        ledger.stop()

    asyncio.run(run())
    assert sorted(e.body["n"] for e in read(tmp_path) if e.kind == "x") == list(range(50))


def test_a_log_that_refuses_is_an_error_at_once():
    async def run():
        log = MemoryLog()
        log.reason = "disk_full"
        ledger = Ledger(log)
        ledger.start(asyncio.get_running_loop())
        with pytest.raises(StoreError):
            await ledger.record("x", {})
        assert (ledger.healthy, ledger.reason) == (False, "disk_full")

    asyncio.run(run())


class Stuck(MemoryLog):
    def submit(self, kind, body, done):
        self.done = done


def test_a_log_that_never_answers_is_an_error_after_the_deadline():
    async def run():
        log = Stuck()
        ledger = Ledger(log, deadline_s=0.05)
        ledger.start(asyncio.get_running_loop())
        began = time.monotonic()
        with pytest.raises(StoreError):
            await ledger.record("x", {})
        assert time.monotonic() - began < 2
        log.done(None)  # too late: nobody waits any more, and nothing breaks

    asyncio.run(run())


def test_whoever_leaves_while_waiting_breaks_nothing():
    async def run():
        log = Stuck()
        ledger = Ledger(log)
        ledger.start(asyncio.get_running_loop())
        task = asyncio.ensure_future(ledger.record("x", {}))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        log.done(StoreError("late"))

    asyncio.run(run())
