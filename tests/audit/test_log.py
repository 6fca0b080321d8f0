from __future__ import annotations

import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
from time import monotonic, sleep

import pytest

from stockade.audit.disk import Disk
from stockade.audit.log import QUEUE_MAX, AuditLog, Sealing
from stockade.audit.verify import read, verify
from stockade.core.errors import StoreError, TamperedError

HOSTILE = [
    'a\r\n{"seq":9}',
    "\x00\x1b[2J",
    "\u2028\u202e",
    "\ud800",
    "%s {{x}} ${jndi:ldap://x}",
    "\x7f",
    "x" * 10**6,
]


def until(true, within_s=20.0):
    """Wait until *true* says so; a test never depends on how long that takes."""
    end = monotonic() + within_s
    while not true():
        assert monotonic() < end, "it never came about"
        sleep(0.005)


def kinds(folder):
    return [entry.kind for entry in read(folder)]


def test_what_was_recorded_is_there_and_verifies(open_log, folder):
    log = open_log()
    log.record("screened", {"n": 1})
    assert log.size == 2
    log.close()
    assert kinds(folder) == ["start", "screened", "stop"]
    assert verify(folder, [log.public_key]).covered == log.size == 3


def test_opening_again_goes_on_where_it_ended(open_log, folder):
    for _ in range(3):
        log = open_log()
        log.record("a", {})
        log.close()
    assert kinds(folder) == ["start", "a", "stop"] * 3
    assert verify(folder).entries == 9


def test_only_the_owner_can_read_the_log(open_log, folder):
    open_log().record("a", {})
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}
    assert modes == {0o600}


def test_the_second_writer_is_refused(open_log, folder):
    first = open_log()
    with pytest.raises(StoreError, match="another process"):
        open_log()
    first.record("a", {})
    first.close()
    open_log().close()
    assert kinds(folder) == ["start", "a", "stop", "start", "stop"]


def test_a_torn_last_line_is_cut_away_and_said(open_log, folder):
    log = open_log()
    log.record("a", {})
    log.close()
    with (folder / "audit-000001.jsonl").open("ab") as file:
        file.write(b'{"at_ms":1,"body"')
    open_log().close()
    entries = list(read(folder))
    assert [entry.kind for entry in entries[3:]] == ["recovered", "start", "stop"]
    assert entries[3].body == {"bytes_cut": 17, "unsealed": 0}


def test_a_changed_log_is_not_continued_and_the_lock_is_given_back(open_log, folder):
    open_log().close()
    path = folder / "audit-000001.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b'"stop"', b'"Stop"'))
    for _ in range(2):
        with pytest.raises(TamperedError) as caught:
            open_log()
        assert caught.value.sequence == 2
        assert caught.value.hint
    path.write_bytes(whole)
    open_log().close()


@pytest.mark.parametrize("what", ["open", "write", "sync"])
def test_a_log_that_cannot_write_its_start_does_not_open(open_log, disk, folder, what):
    disk.fail = {what: errno.ENOSPC}
    with pytest.raises(StoreError) as caught:
        open_log()
    assert caught.value.hint
    disk.fail = {}
    open_log().record("a", {})
    assert verify(folder).entries == 2


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_value_becomes_a_second_entry(open_log, folder, text):
    log = open_log()
    log.record(text, {"value": text, text[:50]: [text]})
    log.close()
    raw = (folder / "audit-000001.jsonl").read_bytes()
    assert raw.count(b"\n") == 3
    assert all(32 <= byte < 127 for byte in set(raw) - {10})
    entry = list(read(folder))[1]
    assert (entry.kind, entry.body) == (text, {"value": text, text[:50]: [text]})


def test_many_threads_leave_no_gap(open_log, folder):
    log = open_log()

    def work(own):
        for n in range(50):
            log.record("a", {"thread": own, "n": n})

    threads = [threading.Thread(target=work, args=(own,)) for own in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log.close()
    entries = list(read(folder))
    assert [entry.seq for entry in entries] == list(range(1, 64 * 50 + 3))
    own = [(entry.body["thread"], entry.body["n"]) for entry in entries[1:-1]]
    assert len(set(own)) == 64 * 50
    assert all([n for thread, n in own if thread == one] == list(range(50)) for one in range(64))


def test_what_waits_is_written_with_one_sync_and_told_in_one_go(open_log, disk):
    hops, answers = [], []
    log = open_log()
    log.notify = hops.append
    disk.gate.clear()
    log.submit("first", {}, answers.append)
    until(lambda: disk.asked[-1][0] == "write" and b"first" in disk.asked[-1][2])
    for n in range(100):
        log.submit("a", {"n": n}, answers.append)
    syncs = len([1 for what, *_ in disk.asked if what == "sync"])
    disk.gate.set()
    until(lambda: len(hops) == 2)
    assert len([1 for what, *_ in disk.asked if what == "sync"]) == syncs + 2
    assert answers == []
    for hop in hops:
        hop()
    assert answers == [None] * 101


def test_a_listener_that_fails_costs_the_others_nothing(open_log):
    log = open_log()
    answers = []

    def broken(_):
        raise RuntimeError("the listener's own fault")

    for done in (broken, answers.append, broken, answers.append):
        log.submit("a", {}, done)
    log.record("b", {})
    assert answers == [None, None]


def test_a_loop_that_is_gone_costs_nobody_the_answer(open_log):
    def gone(_):
        raise RuntimeError("the loop is closed")

    log = open_log()
    log.notify = gone
    answers = []
    log.submit("a", {}, answers.append)
    until(lambda: answers == [None])


def test_recording_waits_for_no_loop(open_log):
    log = open_log()
    log.notify = lambda report: None
    log.record("a", {})


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS])
@pytest.mark.parametrize("what", ["write", "sync"])
def test_a_failing_disk_refuses_at_once_and_recovers_by_itself(open_log, disk, folder, number, what):
    log = open_log()
    log.record("before", {})
    disk.fail = {what: number}
    answers = []
    with pytest.raises(StoreError) as caught:
        log.record("lost", {"secret": "inspected text"})
    assert caught.value.hint
    assert "inspected" not in str(caught.value) + caught.value.hint
    assert not log.healthy
    assert log.reason in {"disk_full", "io_error", "read_only", "sync_failed"}
    with pytest.raises(StoreError):
        log.submit("refused", {}, answers.append)
    assert answers == []
    disk.fail = {}
    until(lambda: log.healthy)
    log.record("after", {})
    log.close()
    assert kinds(folder) == ["start", "before", "recovered", "after", "stop"]
    assert verify(folder).entries == 5


def test_a_broken_disk_is_asked_a_few_times_a_second_only(open_log, disk):
    log = open_log()
    disk.fail = {"write": errno.ENOSPC}
    begun = monotonic()
    with pytest.raises(StoreError):
        log.record("a", {})

    def attempts():
        return len([1 for what, *_ in disk.asked if what == "failed write"])

    while attempts() < 4:
        with pytest.raises(StoreError):
            log.submit("a", {}, print)
    assert monotonic() - begun >= 0.5


def test_everything_that_waited_behind_a_failure_is_refused_once(open_log, disk, folder):
    log = open_log()
    disk.gate.clear()
    disk.fail = {"sync": errno.EIO}
    answers: dict[int, list[object]] = {n: [] for n in range(200)}
    for n, own in answers.items():
        log.submit("a", {"n": n}, own.append)
    disk.gate.set()
    until(lambda: all(answers.values()))
    assert log.reason == "sync_failed"
    disk.fail = {}
    until(lambda: log.healthy)
    log.close()
    assert all(len(own) == 1 and isinstance(own[0], StoreError) for own in answers.values())
    assert kinds(folder) == ["start", "recovered", "stop"]


def test_a_removed_directory_is_noticed(open_log, folder):
    log = open_log(disk=Disk())
    log.record("a", {})
    shutil.rmtree(folder)
    with pytest.raises(StoreError):
        log.record("b", {})
    assert not log.healthy
    log.close()
    assert not folder.exists()


def test_a_slow_disk_is_told_within_the_deadline(open_log, disk, folder):
    log = open_log(sync_deadline_s=0.1)
    disk.gate.clear()
    with pytest.raises(StoreError, match="slow"):
        log.record("late", {})
    until(lambda: log.reason == "slow")
    with pytest.raises(StoreError, match="slow"):
        log.submit("refused", {}, print)
    with pytest.raises(StoreError, match="slow"):
        log.close()
    disk.gate.set()
    until(lambda: log.reason == "closed")
    assert kinds(folder) == ["start", "late", "stop"]


def test_a_log_is_healthy_again_when_the_disk_caught_up(open_log, disk):
    log = open_log(sync_deadline_s=0.1)
    disk.gate.clear()
    with pytest.raises(StoreError, match="slow"):
        log.record("late", {})
    until(lambda: not log.healthy)
    disk.gate.set()
    until(lambda: log.healthy)
    log.record("after", {})


def test_a_full_queue_takes_nothing_more(open_log, disk, folder):
    log = open_log()
    disk.gate.clear()
    answers = []
    log.submit("first", {}, answers.append)
    until(lambda: disk.asked[-1][0] == "write" and b"first" in disk.asked[-1][2])
    for _ in range(QUEUE_MAX):
        log.submit("a", {}, answers.append)
    with pytest.raises(StoreError, match="full"):
        log.submit("a", {}, answers.append)
    disk.gate.set()
    until(lambda: len(answers) == QUEUE_MAX + 1)
    log.close()
    assert set(answers) == {None}
    assert verify(folder).entries == QUEUE_MAX + 3


@pytest.mark.parametrize("value", [object(), {1}, "x" * 5_000_000])
def test_what_cannot_be_written_costs_only_its_own_entry(open_log, folder, value):
    log = open_log()
    answers = []
    log.submit("a", {"value": value}, answers.append)
    log.record("b", {})
    with pytest.raises(StoreError, match="unwritable"):
        log.record("a", {"value": value})
    assert isinstance(answers[0], StoreError)
    assert log.healthy
    log.close()
    assert kinds(folder) == ["start", "b", "stop"]


def test_a_clock_that_breaks_is_a_fault_and_not_the_end(folder):
    ticks = [1, 2]
    log = AuditLog.open(folder, clock=ticks.pop, sealing=Sealing(skew_ms_max=1e15))
    log.record("a", {})
    with pytest.raises(StoreError, match="io_error"):
        log.record("b", {})
    ticks += [3] * 50
    until(lambda: log.healthy)
    log.record("c", {})
    log.close()
    assert kinds(folder) == ["start", "a", "recovered", "c", "stop"]
    assert verify(folder).entries == 5


def test_a_clock_that_goes_back_changes_no_order(folder):
    ticks = [0, -(10**12), 10**12, 5]
    log = AuditLog.open(folder, clock=ticks.pop)
    log.record("a", {})
    log.record("b", {})
    log.close()
    entries = list(read(folder))
    assert [(entry.seq, entry.at_ms) for entry in entries if entry.kind != "clock"] == [
        (1, 5),
        (3, 10**12),
        (5, -(10**12)),
        (6, 0),
    ]
    moved = [entry.body["skew_ms"] for entry in entries if entry.kind == "clock"]
    assert [round(skew / 10**9) for skew in moved] == [1_000, -2_000]
    assert verify(folder).entries == 6


def test_a_closed_log_takes_nothing(open_log, folder):
    log = open_log()
    log.close()
    log.close()
    assert log.reason == "closed"
    with pytest.raises(StoreError, match="closed"):
        log.record("a", {})
    assert kinds(folder) == ["start", "stop"]


def test_closing_while_others_write_leaves_nobody_without_an_answer(open_log, folder):
    log = open_log()
    taken, answers = [], []

    def work():
        while True:
            try:
                log.submit("a", {}, answers.append)
            except StoreError:
                return
            taken.append(1)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    until(lambda: len(taken) > 200)
    log.close()
    for thread in threads:
        thread.join()
    until(lambda: len(answers) == len(taken))
    assert kinds(folder).count("a") == answers.count(None)


def test_a_listener_may_close_the_log(open_log, folder):
    log = open_log()
    log.submit("a", {}, lambda _: log.close())
    until(lambda: log.reason == "closed")
    assert kinds(folder) == ["start", "a", "stop"]


CHILD = """
import pathlib, sys, threading
from stockade.audit import AuditLog
log = AuditLog.open(pathlib.Path(sys.argv[1]), clock=lambda: 1)
def work(own):
    for n in range(100_000):
        log.record("a", {"life": int(sys.argv[2]), "thread": own, "n": n})
        sys.stdout.write(f"{sys.argv[2]} {own} {n}\\n")
        sys.stdout.flush()
for own in range(4):
    threading.Thread(target=work, args=(own,)).start()
    log.record("a", {})
"""


def test_a_killed_writer_loses_nothing_it_acknowledged_and_writes_nothing_twice(folder):
    acknowledged = set()
    for life in range(10):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(folder), str(life)], stdout=subprocess.PIPE, text=True
        )
        seen = [child.stdout.readline() for _ in range(20 + 7 * life)]
        os.kill(child.pid, signal.SIGKILL)
        seen += child.stdout.readlines()
        child.wait()
        child.stdout.close()
        acknowledged |= {tuple(map(int, line.split())) for line in seen if line.endswith("\n")}
        AuditLog.open(folder, clock=lambda: 1).close()
    entries = [entry.body for entry in read(folder) if entry.kind == "a" and entry.body]
    recorded = [(entry["life"], entry["thread"], entry["n"]) for entry in entries]
    assert len(recorded) == len(set(recorded))
    assert acknowledged - set(recorded) == set()
    report = verify(folder)
    assert (report.runs, len(report.unstopped), report.covered) == (20, 10, report.entries)


LIMITED = """
import pathlib, resource, sys, time
from stockade.audit import AuditLog
from stockade.core.errors import StoreError
told = []
log = AuditLog.open(pathlib.Path(sys.argv[1]), clock=lambda: 1)
log.alarm = lambda reason: told.append((reason, time.monotonic()))
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
taken = 0
begun = time.monotonic()
try:
    while taken < 1_000:
        log.record("a", {"n": taken})
        taken += 1
except StoreError:
    asked = time.monotonic()
    refused = 0
    for _ in range(100):
        try:
            log.submit("a", {"n": -1}, print)
        except StoreError:
            refused += 1
    print(taken, refused, log.reason, time.monotonic() - asked < 0.25, len(told) == 1)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
end = time.monotonic() + 20
while not log.healthy and time.monotonic() < end:
    time.sleep(0.01)
log.record("after", {})
log.close()
"""


def test_a_full_disk_refuses_at_once_and_recovers_without_a_restart(folder):
    """A limit on the size of files is as close to a full disk as a test may come."""
    pytest.importorskip("resource")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(folder)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""
    taken, *rest = done.stdout.split()
    assert rest == ["100", "disk_full", "True", "True"]
    written = kinds(folder)
    assert written.count("a") == int(taken) > 50
    assert written[-3:] == ["recovered", "after", "stop"]
    assert verify(folder).covered == len(written)
