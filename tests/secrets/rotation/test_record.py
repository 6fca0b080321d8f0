"""The record of a rotation: its form, its history, and what damage does to it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from stockade.core.errors import StoreError
from stockade.secrets.rotation.record import EVENTS_MAX, Event, Rotation, State, Step

NOW = 1_800_000_000_000
BEGUN = Rotation("r1", "cloud", 1, State.RUNNING, Step.CREATE, NOW, old_key="k1")


def test_what_is_written_is_read_back():
    rotation = BEGUN.at(Step.TEST, NOW + 1, "made").failed(NOW + 2, "failed", wait_ms=5).next_version()
    assert Rotation.of_json(rotation.as_json()) == rotation
    assert rotation.events == (Event(NOW + 1, Step.CREATE, "made"), Event(NOW + 2, Step.TEST, "failed"))
    assert (rotation.attempts, rotation.not_before_ms, rotation.version) == (1, NOW + 7, 2)


def test_a_step_that_succeeds_forgets_its_failures():
    rotation = BEGUN.failed(NOW, "x", wait_ms=5).at(Step.TEST, NOW, "made")
    assert (rotation.attempts, rotation.not_before_ms) == (0, 0)
    assert BEGUN.at(Step.WAIT, NOW, "x", wait_ms=7).not_before_ms == NOW + 7


def test_waiting_for_the_same_thing_is_one_line_of_history():
    rotation = BEGUN
    for turn in range(5):
        rotation = rotation.paused(NOW + turn, "waiting", wait_ms=10)
    assert (len(rotation.events), rotation.not_before_ms) == (1, NOW + 14)


def test_a_rotation_ends_once_with_its_time():
    assert BEGUN.ended_at_ms == 0
    done = BEGUN.ended(State.DONE, NOW + 9, "done")
    assert (done.ended_at_ms, done.state) == (NOW + 9, State.DONE)


def test_a_long_history_keeps_its_beginning_and_its_end():
    rotation = BEGUN
    for turn in range(EVENTS_MAX * 2):
        rotation = rotation.failed(NOW, f"failure {turn}", wait_ms=1)
    assert len(rotation.events) == EVENTS_MAX
    assert (rotation.events[0].what, rotation.events[-1].what) == (
        "failure 0",
        f"failure {EVENTS_MAX * 2 - 1}",
    )


@pytest.mark.parametrize(
    "damage",
    ["", "[]", "null", "5", "{}", json.dumps({**json.loads(BEGUN.as_json()), "state": "asleep"}),
     json.dumps({**json.loads(BEGUN.as_json()), "more": 1}),
     json.dumps({**json.loads(BEGUN.as_json()), "events": [1]})],
    ids=range(8),
)  # fmt: skip
def test_a_record_that_no_release_wrote_is_refused(damage):
    with pytest.raises(StoreError) as refused:
        Rotation.of_json(damage)
    assert refused.value.__context__ is None


def test_two_records_differ_by_what_they_say():
    assert replace(BEGUN, target="other") != BEGUN
