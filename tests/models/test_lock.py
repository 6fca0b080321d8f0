"""One installation at a time, also between processes, and no stale locks."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

from stockade.core.errors import StoreError
from stockade.models.lock import held

HOLD = """
import sys, time
from pathlib import Path
from stockade.models.lock import held
with held(Path(sys.argv[1]), wait_s=5, waiting=lambda: None):
    print("held", flush=True)
    time.sleep(60)
"""


def nothing() -> None:
    """Wait without a word."""


def test_a_lock_that_nobody_holds_is_had_at_once(tmp_path):
    told = []
    for _ in range(3):
        with held(tmp_path / "lock", wait_s=0, waiting=lambda: told.append(1)):
            pass
    assert told == []


def test_the_second_waits_until_the_first_is_done(tmp_path):
    order = []
    begun = threading.Event()

    def second() -> None:
        with held(tmp_path / "lock", wait_s=10, waiting=lambda: (order.append("waits"), begun.set())):
            order.append("second")

    with held(tmp_path / "lock", wait_s=0, waiting=nothing):
        thread = threading.Thread(target=second)
        thread.start()
        assert begun.wait(10)
        order.append("first")
    thread.join(10)
    assert order == ["waits", "first", "second"]


def test_waiting_has_an_end(tmp_path):
    with held(tmp_path / "lock", wait_s=0, waiting=nothing):
        begun = time.monotonic()
        with (
            pytest.raises(StoreError, match="does not finish"),
            held(tmp_path / "lock", wait_s=0.2, waiting=nothing),
        ):
            pytest.fail("two hold it")
        assert time.monotonic() - begun < 5


def test_a_lock_whose_holder_was_killed_is_free(tmp_path):
    path = tmp_path / "lock"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE)
    try:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(StoreError), held(path, wait_s=0, waiting=nothing):
            pytest.fail("two hold it")
    finally:
        holder.kill()
        holder.communicate()
    with held(path, wait_s=5, waiting=nothing):
        pass


def test_an_error_inside_gives_the_lock_back(tmp_path):
    with pytest.raises(KeyError), held(tmp_path / "lock", wait_s=0, waiting=nothing):
        raise KeyError
    with held(tmp_path / "lock", wait_s=0, waiting=nothing):
        pass


def test_a_lock_file_that_cannot_be_opened_is_named(tmp_path):
    with (
        pytest.raises(StoreError, match="cannot be opened"),
        held(tmp_path / "no" / "lock", wait_s=0, waiting=nothing),
    ):
        pytest.fail("there is no such directory")
