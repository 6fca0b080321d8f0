from __future__ import annotations

import pytest

from stockade.audit.timing import Stamp


def stamps(walls, steadies):
    walls, steadies = iter(walls), iter(steadies)
    stamp = Stamp(lambda: next(walls), 2_000, steady=lambda: next(steadies))
    return [stamp.now() for _ in range(3)]


def test_a_clock_that_goes_with_the_time_is_not_remarked_on():
    assert stamps([1_000, 2_000, 62_000], [5.0, 6.0, 66.5]) == [(1_000, 0), (2_000, 0), (62_000, 0)]


@pytest.mark.parametrize("jump", [2_001, -2_001, 3_600_000, -315_360_000_000, 315_360_000_000])
def test_a_clock_that_was_moved_is_told_once(jump):
    told = stamps([1_000, 2_000 + jump, 3_000 + jump], [5.0, 6.0, 7.0])
    assert told == [(1_000, 0), (2_000 + jump, jump), (3_000 + jump, 0)]


@pytest.mark.parametrize("jump", [1_000, -1_000])  # a leap second
def test_a_small_step_is_not_remarked_on(jump):
    assert [skew for _, skew in stamps([1_000, 2_000 + jump, 3_000 + jump], [5.0, 6.0, 7.0])] == [0, 0, 0]


def test_a_clock_that_stands_still_is_told():
    assert [skew for _, skew in stamps([1_000, 1_000, 1_000], [5.0, 6.0, 16.0])] == [0, 0, -10_000]
