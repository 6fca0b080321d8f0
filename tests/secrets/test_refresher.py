"""The thread that keeps secrets young."""

from __future__ import annotations

import threading
import time

from stockade.core.errors import SecretError
from stockade.secrets.reference import Reference
from stockade.secrets.refresher import Refresher
from stockade.secrets.resolver import Resolver
from stockade.secrets.value import SecretValue

KEY = Reference("env", "KEY")


class Manager:
    scheme = "env"

    def __init__(self):
        self.value, self.down, self.readers = "one", False, set()

    def read(self, reference):
        self.readers.add(threading.current_thread().name)
        if self.down:
            raise SecretError("down")
        return SecretValue(self.value)


def until(condition, seconds=5.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def now_ms():
    return time.monotonic_ns() // 1_000_000


def test_a_changed_secret_is_picked_up_in_the_background_within_the_time_to_live():
    manager, failures = Manager(), []
    resolver = Resolver({"env": manager}, clock=now_ms, ttl_ms=900)
    assert resolver.resolve(KEY).reveal() == "one"
    refresher = Refresher(resolver, ttl_ms=900, report=failures.append)
    refresher.start()
    refresher.start()
    manager.value = "two"
    changed = time.monotonic()
    until(lambda: resolver.resolve(KEY).reveal() == "two")
    assert time.monotonic() - changed < 1.4
    refresher.stop()
    assert ("stockade-secrets" in manager.readers, failures) == (True, [])


def test_an_outage_is_reported_and_ends_by_itself():
    manager, failures = Manager(), []
    now = [0]
    resolver = Resolver({"env": manager}, clock=lambda: now[0], ttl_ms=900)
    resolver.resolve(KEY)
    refresher = Refresher(resolver, ttl_ms=900, report=failures.append)
    manager.down = True
    now[0] = 700
    refresher.turn()
    assert [checked.reference for checked in failures[0]] == ["env://KEY"]
    manager.down, manager.value, now[0] = False, "two", 1700
    refresher.turn()
    assert (len(failures), resolver.resolve(KEY).reveal()) == (1, "two")


def test_stopping_what_never_ran_is_no_failure():
    refresher = Refresher(Resolver({}, clock=lambda: 0), ttl_ms=0)
    refresher.turn()
    refresher.stop()
