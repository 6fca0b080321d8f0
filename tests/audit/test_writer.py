"""The writer thread's own duties: signing in time, raising the alarm. The rest is tested through the log."""

from __future__ import annotations

import errno
from time import monotonic, sleep

import pytest

from stockade.audit.log import Sealing
from stockade.audit.verify import read, verify
from stockade.core.errors import StoreError


def until(true, within_s=20.0):
    end = monotonic() + within_s
    while not true():
        assert monotonic() < end, "it never came about"
        sleep(0.005)


def sealing(every_s):
    return Sealing(seed=lambda _: b"k" * 32, every_s=every_s, skew_ms_max=1e15)


def test_an_entry_is_signed_soon_without_another_one_coming(open_log, folder):
    log = open_log(sealing=sealing(0.05))
    for n in (2, 3):
        log.record("a", {})
        until(lambda n=n: verify(folder).covered == n)
    assert verify(folder).entries == 3


def test_a_busy_log_signs_in_between(open_log, folder):
    log = open_log(sealing=sealing(3600))
    for _ in range(3):
        for _ in range(5_000):
            log.submit("a", {}, lambda _: None)
        log.record("a", {})
    until(lambda: verify(folder).covered >= 10_000)
    log.close()
    assert verify(folder).covered == 15_005


def test_an_idle_log_writes_nothing(open_log, disk):
    open_log(sealing=sealing(0.02))
    before = len(disk.asked)
    sleep(0.2)
    assert len(disk.asked) == before


def test_the_alarm_is_raised_once_and_called_off_once(open_log, disk):
    log = open_log()
    told = []
    log.alarm = told.append
    disk.fail = {"write": errno.ENOSPC}
    for _ in range(3):
        with pytest.raises(StoreError):
            log.record("a", {})
    assert told == ["disk_full"]
    disk.fail = {}
    until(lambda: log.healthy)
    assert told == ["disk_full", ""]


def test_an_alarm_that_fails_costs_nobody_anything(open_log, disk):
    log = open_log()

    def broken(_):
        raise RuntimeError("the listener's own fault")

    log.alarm = broken
    disk.fail = {"sync": errno.EIO}
    with pytest.raises(StoreError):
        log.record("a", {})
    disk.fail = {}
    until(lambda: log.healthy)
    log.record("b", {})


def test_a_log_that_cannot_be_signed_takes_no_entries_and_says_so(open_log, disk, folder):
    log = open_log(sealing=sealing(0.02))
    told = []
    log.alarm = told.append
    disk.fail = {"put": errno.EROFS}
    log.record("a", {})
    until(lambda: log.reason == "read_only")
    with pytest.raises(StoreError, match="read_only"):
        log.record("b", {})
    disk.fail = {}
    until(lambda: log.healthy)
    log.record("c", {})
    log.close()
    assert told[0] == "read_only"
    assert [entry.kind for entry in read(folder)] == ["start", "a", "recovered", "c", "stop"]


def test_a_slow_disk_raises_the_alarm_when_somebody_asks(open_log, disk):
    log = open_log(sync_deadline_s=0.05)
    told = []
    log.alarm = told.append
    disk.gate.clear()
    with pytest.raises(StoreError, match="slow"):
        log.record("late", {})
    until(lambda: log.reason == "slow")
    assert told == ["slow"]
    disk.gate.set()
    until(lambda: log.healthy)
    assert told == ["slow", ""]
