"""What is counted, and which bound refuses. What stores make of it is tested in tests/contracts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockade.access.claim import MINUTE_MS, Claim, Standing, refused_by

USED = Standing(0, requests=5, tokens=50, in_flight=2, spent_micros=60, reserved_micros=30)


@pytest.mark.parametrize(
    ("bounds", "bound"),
    [
        ({}, ""),
        ({"requests_max": 6}, ""),
        ({"requests_max": 5}, "requests"),
        ({"tokens_max": 60, "tokens": 10}, ""),
        ({"tokens_max": 60, "tokens": 11}, "tokens"),
        ({"concurrency_max": 3}, ""),
        ({"concurrency_max": 2}, "concurrency"),
        ({"spend_max": 100, "cost_micros": 10}, ""),
        ({"spend_max": 100, "cost_micros": 11}, "spend"),
        ({"requests_max": 1, "spend_max": 1}, "requests"),
    ],
)
def test_the_bound_that_is_passed_is_named(bounds, bound):
    assert refused_by(Claim("c", "k", **bounds), USED) == bound


def test_what_is_over_counts_no_more_and_what_is_under_way_does():
    assert USED.at(MINUTE_MS - 1, 0) == USED
    assert USED.at(MINUTE_MS, 9) == replace(
        USED, minute_started_ms=MINUTE_MS, requests=0, tokens=0, period_started_ms=9, spent_micros=0
    )
