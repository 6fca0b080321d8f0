"""The schedule: what is due is driven, by one process at a time, and a failure ends nothing."""

from __future__ import annotations

import time

import pytest
from tests.secrets.rotation.world import world

from stockade.core.errors import ConfigError, StockadeError
from stockade.secrets.rotation.machine import LEASE_MS
from stockade.secrets.rotation.record import State, Step
from stockade.secrets.rotation.schedule import Schedule
from stockade.secrets.rotation.target import DAY_MS


@pytest.fixture
def here(tmp_path):
    folder = tmp_path / "kept"
    folder.mkdir()
    with world(folder) as made:
        yield made


def schedule_of(here, told, **changes):
    def report(name, outcome):
        told.append((name, outcome))

    return Schedule(lambda: {"cloud": here.rotator()}, clock=lambda: here.now_ms, report=report, **changes)


def test_what_is_due_is_driven_step_by_step_and_then_left_alone(here):
    told = []
    schedule = schedule_of(here, told)
    schedule.turn()
    schedule.turn()
    assert [(name, r.step) for name, r in told] == [("cloud", Step.WAIT)]
    here.now_ms += 300_000
    schedule.turn()
    schedule.turn()
    assert [r.state for _, r in told] == [State.RUNNING, State.DONE]
    here.now_ms += 90 * DAY_MS
    schedule.turn()
    assert (len(told), told[-1][1].step) == (3, Step.WAIT)


def test_of_many_gateways_one_drives(here):
    told = []
    here.store.lease("rotation:cloud", "another gateway", here.now_ms, here.now_ms + LEASE_MS)
    schedule_of(here, told).turn()
    assert isinstance(told[0][1], StockadeError)
    assert len(here.openai.live()) == 1
    here.now_ms += LEASE_MS
    schedule_of(here, told).turn()
    assert told[1][1].step is Step.WAIT


def test_a_configuration_that_is_broken_is_reported_and_tried_again(here):
    told = []

    def broken():
        raise ConfigError("broken")

    schedule = Schedule(broken, clock=lambda: 0, report=lambda *outcome: told.append(outcome))
    schedule.turn()
    schedule.turn()
    assert [name for name, _ in told] == ["", ""]


def test_the_thread_drives_until_it_is_stopped(here):
    told = []
    schedule = schedule_of(here, told, every_s=0.02)
    schedule.start()
    schedule.start()
    deadline = time.monotonic() + 10
    while not told and time.monotonic() < deadline:
        time.sleep(0.02)
    schedule.stop()
    schedule.turn()
    assert told[0][1].step is Step.WAIT
    count = len(told)
    time.sleep(0.1)
    assert len(told) == count
