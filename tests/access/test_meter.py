"""The meter: what a refusal says, what clients are told, and what happens when the store fails."""

from __future__ import annotations

import itertools

import pytest

from stockade.access.claim import Standing
from stockade.access.key import GatewayKey, KeyClass
from stockade.access.limits import Limits, Period
from stockade.access.meter import ANSWER_TOKENS, LEASE_MS, Estimate, Meter
from stockade.access.prices import Price, Prices
from stockade.access.refusal import AccessRefusedError
from stockade.core.errors import StoreError
from stockade.storage.memory_limits import MemoryLimitStore

CALL = Estimate("m", 100, 50)
NOON = 1_795_435_200_000  # 2026-11-23 12:00 UTC


class World:
    def __init__(self):
        self.now_ms = NOON
        self.store = MemoryLimitStore()
        ids = itertools.count()
        self.meter = Meter(
            self.store, prices=Prices({"m": Price(1000, 2000)}), clock=lambda: self.now_ms,
            new_id=lambda: str(next(ids)),
        )  # fmt: skip

    def refusal(self, key, estimate=CALL):
        with pytest.raises(AccessRefusedError) as refused:
            self.meter.reserve(key, estimate)
        assert refused.value.hint
        return refused.value.status, refused.value.code, refused.value.retry_after_s


@pytest.fixture
def world():
    return World()


def key(requests=0, **limits):
    return GatewayKey("k", KeyClass.PRODUCTION, requests_per_minute=requests, limits=Limits(**limits))


def test_a_key_without_limits_costs_nothing(world):
    assert world.meter.reserve(key(), CALL) is None
    assert world.store.standing("k") == Standing()


def test_requests_a_minute_are_counted_and_told(world):
    reservation = world.meter.reserve(key(2), CALL)
    world.now_ms += 15_000
    second = world.meter.reserve(key(2), CALL)
    assert dict(reservation.headers) == {
        "x-ratelimit-limit-requests": "2", "x-ratelimit-remaining-requests": "1",
        "x-ratelimit-reset-requests": "60s",
    }  # fmt: skip
    assert dict(second.headers)["x-ratelimit-remaining-requests"] == "0"
    assert world.refusal(key(2)) == (429, "rate_limited", 45)
    world.now_ms += 45_000
    assert world.meter.reserve(key(2), CALL) is not None


def test_tokens_a_minute_are_reserved_and_corrected(world):
    bounded = key(tokens_per_minute=300)
    reservation = world.meter.reserve(bounded, CALL)
    assert dict(reservation.headers)["x-ratelimit-remaining-tokens"] == "150"
    world.meter.reserve(bounded, CALL)
    assert world.refusal(bounded) == (429, "tokens_limited", 60)
    world.meter.settle(reservation, input_tokens=10, output_tokens=5)
    assert world.store.standing("k").tokens == 165


def test_a_request_that_does_not_say_how_long_its_answer_gets_reserves_a_usual_one(world):
    world.meter.reserve(key(1), Estimate("m", 100))
    assert world.store.standing("k").tokens == 100 + ANSWER_TOKENS


def test_a_request_larger_than_the_limit_is_told_to_become_smaller(world):
    with pytest.raises(AccessRefusedError, match="tokens") as refused:
        world.meter.reserve(key(tokens_per_minute=100), CALL)
    assert "smaller" in refused.value.hint


def test_calls_at_the_same_time_are_bounded(world):
    first = world.meter.reserve(key(concurrency=1), CALL)
    assert world.refusal(key(concurrency=1)) == (429, "concurrency_limited", 1)
    world.meter.release(first)
    assert world.meter.reserve(key(concurrency=1), CALL) is not None


@pytest.mark.parametrize(
    ("period", "wait_s"), [(Period.DAY, 12 * 3600), (Period.MONTH, 7 * 86400 + 12 * 3600), (Period.TOTAL, 0)]
)
def test_spend_is_reserved_at_the_estimate_and_settled_at_the_cost(world, period, wait_s):
    bounded = key(spend_micros=400, period=period)
    reservation = world.meter.reserve(bounded, CALL)  # 100 * 1 + 50 * 2 = 200
    world.meter.settle(reservation, input_tokens=100, output_tokens=100)
    assert world.store.standing("k").spent_micros == 300
    assert world.refusal(bounded) == (429, "spend_limited", wait_s)


def test_a_model_without_a_price_is_refused_only_where_spend_is_bounded(world):
    other = Estimate("unknown", 1, 1)
    assert world.refusal(key(spend_micros=400), other) == (403, "price_unknown", 0)
    reservation = world.meter.reserve(key(5), other)
    world.meter.settle(reservation, input_tokens=1, output_tokens=1)


def test_settling_twice_changes_nothing_more(world):
    reservation = world.meter.reserve(key(spend_micros=4000), CALL)
    for _ in range(3):
        world.meter.settle(reservation, input_tokens=100, output_tokens=50)
    world.meter.release(reservation)
    assert world.store.standing("k").spent_micros == 200


def test_a_call_that_lasts_keeps_what_it_holds_while_its_gateway_lives(world):
    world.meter.reserve(key(concurrency=1), CALL)
    for _ in range(10):
        world.now_ms += LEASE_MS // 3
        world.meter.renew()
    assert world.refusal(key(concurrency=1))[1] == "concurrency_limited"


def test_what_a_dead_gateway_holds_is_free_within_a_minute(world):
    world.meter.reserve(key(concurrency=1), CALL)
    survivor = Meter(world.store, prices=Prices({}), clock=lambda: world.now_ms, new_id=lambda: "other")
    world.now_ms += LEASE_MS
    survivor.renew()
    assert world.store.standing("k").in_flight == 0


def test_a_store_that_does_not_answer_refuses_and_what_is_owed_is_settled_later(world):
    reservation = world.meter.reserve(key(spend_micros=4000), CALL)
    settle, down = world.store.settle, [True]

    class Failing:
        def __getattr__(self, name):
            def call(*arguments):
                if down[0]:
                    raise StoreError("down")
                return getattr(world.store, name)(*arguments)

            return call

    world.meter._store = Failing()
    for act in (
        lambda: world.meter.reserve(key(1), CALL),
        lambda: world.meter.settle(reservation, input_tokens=100, output_tokens=50),
        world.meter.renew,
    ):
        with pytest.raises(StoreError):
            act()
    down[0] = False
    world.meter.renew()
    assert (world.store.standing("k").spent_micros, settle is not None) == (200, True)
