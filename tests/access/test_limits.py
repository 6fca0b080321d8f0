"""Limits and periods."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockade.access.limits import LIMIT_MAX, Limits, Period, check_limits, period_end_ms, period_start_ms
from stockade.core.errors import ConfigError


def ms(*parts):
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * 1000


@pytest.mark.parametrize(
    ("period", "now", "start", "end"),
    [
        (Period.DAY, (2026, 2, 28, 23, 59), (2026, 2, 28), (2026, 3, 1)),
        (Period.MONTH, (2026, 2, 28, 23, 59), (2026, 2, 1), (2026, 3, 1)),
        (Period.MONTH, (2026, 12, 31, 1), (2026, 12, 1), (2027, 1, 1)),
        (Period.MONTH, (2028, 1, 1), (2028, 1, 1), (2028, 2, 1)),
    ],
)
def test_a_period_begins_and_ends_with_the_calendar(period, now, start, end):
    assert period_start_ms(period, ms(*now)) == ms(*start)
    assert period_end_ms(period, ms(*now)) == ms(*end)


def test_the_whole_time_has_neither_beginning_nor_end():
    assert period_start_ms(Period.TOTAL, 5) == period_end_ms(Period.TOTAL, 5) == 0


@given(st.integers(0, 4_000_000_000_000), st.sampled_from([Period.DAY, Period.MONTH]))
@settings(deadline=None)
def test_now_lies_in_its_period(now_ms, period):
    assert period_start_ms(period, now_ms) <= now_ms < period_end_ms(period, now_ms)


@given(st.integers(0), st.integers(0), st.integers(0), st.sampled_from(Period))
@settings(deadline=None)
def test_what_is_written_is_read_back(tokens, concurrency, spend, period):
    limits = Limits(tokens, concurrency, spend, period)
    assert Limits.of_dict(limits.as_dict()) == limits


@pytest.mark.parametrize(
    "stored", [{"concurrency": -1}, {"concurrency": "5"}, {"spend_micros": True}, {"period": "week"}]
)
def test_what_no_release_wrote_is_refused(stored):
    with pytest.raises(ValueError):
        Limits.of_dict(stored)


def test_what_is_not_bounded_takes_the_bounds_of_another():
    assert Limits(concurrency=2).or_else(Limits(10, 4, 7)) == Limits(10, 2, 7)


@pytest.mark.parametrize("number", [-1, LIMIT_MAX + 1])
def test_numbers_out_of_bounds_are_refused(number):
    for limits in (Limits(number), Limits(concurrency=number), Limits(spend_micros=number)):
        with pytest.raises(ConfigError):
            check_limits(limits)
