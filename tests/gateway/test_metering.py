"""Estimates, what answers say they used, and a store that does not answer."""

from __future__ import annotations

import asyncio
import json
import logging

import pytest

from stockade.access.key import GatewayKey, KeyClass
from stockade.access.limits import Limits
from stockade.access.meter import ANSWER_TOKENS, Estimate, Meter
from stockade.config.prices import prices_of
from stockade.core.errors import StoreError
from stockade.gateway.metering import Metering, estimate_of, is_free
from stockade.gateway.replies import Refusal
from stockade.storage.memory_limits import MemoryLimitStore

KEY = GatewayKey("k", KeyClass.PRODUCTION, limits=Limits(tokens_per_minute=10_000))
ASKED = Estimate("m", 10, 20)


class Kept(MemoryLimitStore):
    """A store that shows what was settled, and may be down."""

    __slots__ = ("down", "settled")

    def __init__(self):
        super().__init__()
        self.down = False
        self.settled = []

    def reserve(self, claim, now_ms):
        if self.down:
            raise StoreError("down")
        return super().reserve(claim, now_ms)

    def settle(self, settled, now_ms):
        if self.down:
            raise StoreError("down")
        self.settled.append(settled.tokens)
        return super().settle(settled, now_ms)


@pytest.fixture
def store():
    return Kept()


@pytest.fixture
def metering(store):
    ids = iter(range(1000))
    meter = Meter(store, prices=prices_of({}), clock=lambda: 1_800_000_000_000, new_id=lambda: str(next(ids)))
    return Metering(meter)


def metered(metering, *, free=False):
    return asyncio.run(metering.reserve(KEY, ASKED, free=free))


@pytest.mark.parametrize(
    ("body", "output"),
    [
        ({}, ANSWER_TOKENS),
        ({"max_tokens": 5}, 5),
        ({"max_tokens": 5, "max_completion_tokens": 9}, 9),
        ({"max_output_tokens": 7, "n": 3}, 21),
        ({"max_tokens": -1, "n": 0}, ANSWER_TOKENS),
        ({"max_tokens": True, "n": 10**9}, 128 * ANSWER_TOKENS),
        ({"max_tokens": "many"}, ANSWER_TOKENS),
        ({"max_tokens": 10**9, "n": 100}, 10**9),
    ],
)
def test_what_a_request_may_come_to_is_what_it_asks_for(body, output):
    assert estimate_of(body, "m", 400) == Estimate("m", 101, output)


def test_a_key_without_limits_reserves_nothing(metering):
    key = GatewayKey("k", KeyClass.PRODUCTION)
    assert asyncio.run(metering.reserve(key, ASKED, free=False)) is None
    asyncio.run(metering.settle(None))


@pytest.mark.parametrize(
    ("said", "used"),
    [
        ({"usage": {"prompt_tokens": 3, "completion_tokens": 5}}, 8),
        ({"usage": {"input_tokens": 3, "output_tokens": 5}}, 8),
        ({"response": {"usage": {"input_tokens": 3, "output_tokens": 5}}}, 8),
        ({"message": {"usage": {"input_tokens": 3}}}, 23),
        ({"usage": {"prompt_tokens": 4, "total_tokens": 4}}, 24),
        ({"usage": {"prompt_tokens": -3, "completion_tokens": "5"}}, 30),
        ({"usage": None}, 30),
        ({}, 30),
    ],
)
def test_what_an_answer_says_it_used_counts_and_otherwise_what_was_reserved(metering, store, said, used):
    call = metered(metering)
    call.reached = True
    call.note(said)
    asyncio.run(metering.settle(call))
    assert store.settled == [used]


def test_an_answer_in_pieces_counts_for_as_many_tokens_as_it_has_pieces(metering, store):
    call = metered(metering)
    call.reached = True
    for _ in range(50):
        call.event(b"{}")
    call.event(json.dumps({"usage": {"output_tokens": 1}}).encode())
    call.event(b'{"usage"')
    call.event(b'["usage"]')
    asyncio.run(metering.settle(call))
    assert store.settled == [10 + 53]


def test_a_call_that_never_reached_its_upstream_is_given_back_and_a_free_one_uses_nothing(metering, store):
    asyncio.run(metering.settle(metered(metering)))
    call = metered(metering, free=True)
    call.reached = True
    asyncio.run(metering.settle(call))
    asyncio.run(metering.settle(call))
    assert store.settled == [0, 0], "a second settling changes nothing"
    assert is_free("/v1/moderations")
    assert not is_free("/v1/chat/completions")


def test_a_store_that_does_not_answer_refuses_the_call(metering, store):
    store.down = True
    with pytest.raises(Refusal) as refused:
        metered(metering)
    assert (refused.value.status, refused.value.code) == (503, "limits_unavailable")


def test_what_cannot_be_settled_now_is_settled_later(metering, store, caplog):
    call = metered(metering)
    call.reached = store.down = True
    with caplog.at_level(logging.WARNING):
        asyncio.run(metering.settle(call))
    assert "could not be counted yet" in caplog.text
    store.down = False
    metering._meter.renew()
    assert store.settled == [30]
