from __future__ import annotations

from stockade.audit.log import AuditLog
from stockade.audit.memory import MemoryLog
from stockade.audit.store import AuditStore


def recorded_through(store: AuditStore) -> list[object]:
    answers: list[object] = []
    store.record("a", {"n": 1})
    store.submit("b", {"n": 2}, answers.append)
    answers += [store.healthy, store.reason]
    store.close()
    return answers


def test_a_door_cannot_tell_the_logs_apart(tmp_path):
    on_disk = recorded_through(AuditLog.open(tmp_path / "audit", clock=lambda: 1))
    assert sorted(map(str, on_disk)) == sorted(map(str, recorded_through(MemoryLog())))
