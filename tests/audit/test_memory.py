from __future__ import annotations

import threading

import pytest

from stockade.audit.memory import MemoryLog
from stockade.audit.store import AuditStore
from stockade.core.errors import StoreError


def test_entries_are_kept_and_numbered():
    log: AuditStore = MemoryLog(clock=lambda: 5)
    log.record("a", {"n": 1})
    answers = []
    log.submit("b", {"n": 2}, answers.append)
    first, second = log.entries
    assert (first.kind, first.body, first.seq, first.at_ms) == ("a", {"n": 1}, 1, 5)
    assert (second.kind, second.seq, second.key_seq) == ("b", 2, 0)
    assert answers == [None]


def test_entries_of_one_key_are_numbered_by_themselves():
    log = MemoryLog()
    for key in ("a", "b", "a"):
        log.record("used", {"key_id": key})
    assert [(entry.key, entry.key_seq) for entry in log.entries] == [("a", 1), ("b", 1), ("a", 2)]


def test_it_refuses_when_told_to():
    log = MemoryLog()
    log.reason = "disk_full"
    answers = []
    assert not log.healthy
    with pytest.raises(StoreError, match="disk_full") as caught:
        log.submit("a", {}, answers.append)
    assert caught.value.hint
    with pytest.raises(StoreError):
        log.record("a", {})
    assert (answers, log.entries) == ([], [])


def test_what_json_cannot_hold_is_answered_with_an_error():
    log = MemoryLog()
    answers = []
    log.submit("a", {"value": object()}, answers.append)
    assert isinstance(answers[0], StoreError)
    assert log.entries == []


def test_a_closed_log_takes_nothing_and_keeps_its_entries():
    log = MemoryLog()
    log.record("a", {})
    log.close()
    with pytest.raises(StoreError, match="closed"):
        log.record("b", {})
    assert [entry.kind for entry in log.entries] == ["a"]


def test_a_change_to_the_body_afterwards_changes_no_entry():
    log = MemoryLog()
    body = {"list": [1]}
    log.record("a", body)
    body["list"].append(2)
    assert log.entries[0].body == {"list": [1]}


def test_many_threads_leave_no_gap():
    log = MemoryLog()
    threads = [
        threading.Thread(target=lambda: [log.record("a", {"n": n}) for n in range(50)]) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [entry.seq for entry in log.entries] == list(range(1, 401))
