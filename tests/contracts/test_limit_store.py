"""The contract of every store of limits, over memory, SQLite and PostgreSQL: exact under concurrency."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stockade.access.claim import MINUTE_MS, Claim, Settled, Standing
from stockade.storage.database import open_database
from stockade.storage.limits import LATE_MS, SqlLimitStore
from stockade.storage.memory_limits import MemoryLimitStore
from stockade.storage.schema import create_schema

NOW = 1_800_000_000_000
LEASE = 60_000
PERIOD = 1_799_000_000_000


def opened(url, folder):
    engine = open_database(url, folder)
    create_schema(engine)
    return engine


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def stores(request, tmp_path):
    """Return two stores over the same state: two instances, where there can be two."""
    if request.param == "memory":
        store = MemoryLimitStore()
        yield store, store
        return
    if request.param == "postgresql":
        server = request.getfixturevalue("server")
        if server is None:
            pytest.skip("the PostgreSQL server has no package for this platform")
        url = server.fresh()
    else:
        url = "sqlite:///limits.db"
    engines = [opened(url, tmp_path) for _ in range(2)]
    yield tuple(SqlLimitStore(engine) for engine in engines)
    for engine in engines:
        engine.dispose()


@pytest.fixture
def store(stores):
    return stores[0]


def claim(number=0, **changes):
    made = Claim(f"c{number}", "key", period_started_ms=PERIOD, expires_at_ms=NOW + LEASE)
    return replace(made, **changes)


def settled(number=0, tokens=0, cost_micros=0, period=PERIOD):
    return Settled(f"c{number}", "key", tokens, cost_micros, period)


def test_a_key_that_was_never_used_has_used_nothing(store):
    assert store.standing("key") == Standing()


def test_a_claim_without_bounds_is_counted(store):
    admitted, standing = store.reserve(claim(tokens=7, cost_micros=11), NOW)
    assert admitted
    assert standing == store.standing("key") == Standing(NOW, 1, 7, 1, PERIOD, 0, 11)


@pytest.mark.parametrize(
    ("bounds", "fit"),
    [
        ({"requests_max": 3}, 3),
        ({"tokens_max": 30, "tokens": 10}, 3),
        ({"tokens_max": 39, "tokens": 10}, 3),
        ({"concurrency_max": 2}, 2),
        ({"spend_max": 100, "cost_micros": 25}, 4),
        ({"spend_max": 100, "cost_micros": 101}, 0),
        ({"requests_max": 5, "tokens_max": 20, "tokens": 10, "concurrency_max": 9}, 2),
    ],
)
def test_what_fits_is_admitted_and_not_one_more(store, bounds, fit):
    outcome = [store.reserve(claim(number, **bounds), NOW)[0] for number in range(fit + 3)]
    assert outcome == [True] * fit + [False] * 3
    assert store.standing("key").in_flight == fit


def test_keys_do_not_count_against_each_other(store):
    assert store.reserve(claim(1, requests_max=1), NOW)[0]
    assert store.reserve(claim(2, requests_max=1, key_id="other"), NOW)[0]
    assert not store.reserve(claim(3, requests_max=1), NOW)[0]


def test_a_minute_begins_with_its_first_call_and_ends_after_sixty_seconds(store):
    assert store.reserve(claim(1, requests_max=1), NOW)[0]
    assert not store.reserve(claim(2, requests_max=1), NOW + MINUTE_MS - 1)[0]
    assert store.reserve(claim(3, requests_max=1), NOW + MINUTE_MS)[1].minute_started_ms == NOW + MINUTE_MS


def test_a_clock_that_was_set_back_far_locks_nobody_out(store):
    assert store.reserve(claim(1, requests_max=1), NOW)[0]
    assert not store.reserve(claim(2, requests_max=1), NOW - 1000)[0]
    assert store.reserve(claim(3, requests_max=1), NOW - 10 * MINUTE_MS)[0]


def test_a_new_period_begins_with_no_spend_but_with_what_is_under_way(store):
    store.reserve(claim(1, cost_micros=60, spend_max=100), NOW)
    store.settle(settled(1, cost_micros=60), NOW)
    store.reserve(claim(2, cost_micros=30, spend_max=100), NOW)
    assert not store.reserve(claim(3, cost_micros=20, spend_max=100), NOW)[0]
    later = claim(4, cost_micros=70, spend_max=100, period_started_ms=PERIOD + 1)
    assert store.reserve(later, NOW)[0]
    assert not store.reserve(replace(later, id="c5", cost_micros=1), NOW)[0]


def test_settling_puts_what_was_used_in_the_place_of_what_was_reserved(store):
    store.reserve(claim(1, tokens=100, cost_micros=50), NOW)
    store.settle(settled(1, tokens=30, cost_micros=12), NOW)
    assert store.standing("key") == Standing(NOW, 1, 30, 0, PERIOD, 12, 0)


def test_settling_twice_or_what_never_was_changes_nothing(store):
    store.reserve(claim(1, tokens=100, cost_micros=50), NOW)
    for _ in range(2):
        store.settle(settled(1, tokens=30, cost_micros=12), NOW)
    store.settle(settled(9, tokens=30, cost_micros=12), NOW)
    assert store.standing("key").spent_micros == 12


def test_a_call_may_cost_more_than_it_reserved(store):
    store.reserve(claim(1, cost_micros=10, spend_max=100), NOW)
    store.settle(settled(1, cost_micros=150), NOW)
    assert store.standing("key").spent_micros == 150
    assert not store.reserve(claim(2, cost_micros=0, spend_max=100), NOW)[0]


def test_tokens_of_a_minute_that_is_over_are_not_corrected(store):
    store.reserve(claim(1, tokens=100), NOW)
    store.reserve(claim(2, tokens=5), NOW + MINUTE_MS)
    store.settle(settled(1, tokens=1), NOW + MINUTE_MS)
    assert store.standing("key").tokens == 5


def test_what_nobody_speaks_for_is_given_back_after_its_lease(store):
    store.reserve(claim(1, concurrency_max=1, cost_micros=40), NOW)
    assert store.sweep(NOW + LEASE - 1) == 0
    assert store.sweep(NOW + LEASE) == 1
    assert store.sweep(NOW + LEASE) == 0
    standing = store.standing("key")
    assert (standing.in_flight, standing.reserved_micros, standing.spent_micros) == (0, 0, 0)


def test_a_refusal_gives_back_by_itself_what_nobody_speaks_for(store):
    store.reserve(claim(1, concurrency_max=1), NOW)
    assert not store.reserve(claim(2, concurrency_max=1), NOW + LEASE - 1)[0]
    assert store.reserve(claim(3, concurrency_max=1, expires_at_ms=NOW + 3 * LEASE), NOW + LEASE)[0]
    assert store.standing("key").in_flight == 1


def test_a_call_that_is_spoken_for_keeps_what_it_holds(store):
    store.reserve(claim(1, concurrency_max=1), NOW)
    store.renew(("c1", "unknown"), NOW + 5 * LEASE)
    assert store.sweep(NOW + 4 * LEASE) == 0


def test_a_call_that_ends_after_its_lease_is_paid_for_once(store):
    store.reserve(claim(1, cost_micros=40, tokens=9), NOW)
    store.sweep(NOW + LEASE)
    store.renew(("c1",), NOW + 9 * LEASE)
    for _ in range(2):
        store.settle(settled(1, tokens=7, cost_micros=33), NOW + 2 * LEASE)
    standing = store.standing("key")
    assert (standing.spent_micros, standing.reserved_micros, standing.in_flight) == (33, 0, 0)


def test_what_never_ends_is_forgotten_after_a_day(store):
    store.reserve(claim(1, cost_micros=40), NOW)
    store.sweep(NOW + LEASE)
    store.sweep(NOW + LEASE + LATE_MS + 1)
    if not isinstance(store, MemoryLimitStore):
        store.settle(settled(1, cost_micros=33), NOW)
        assert store.standing("key").spent_micros == 0


@pytest.mark.parametrize(
    ("bounds", "threads", "units"),
    [
        ({"requests_max": 50}, 40, 50),
        ({"concurrency_max": 5}, 4, 5),
        ({"tokens_max": 55, "tokens": 10}, 4, 5),
        ({"spend_max": 500, "cost_micros": 100}, 4, 5),
    ],
    ids=["four hundred tries for fifty requests", "concurrency", "tokens", "spend"],
)
def test_concurrent_tries_admit_exactly_what_there_is(stores, bounds, threads, units):
    barrier = threading.Barrier(threads)

    def tries(number):
        barrier.wait(30)
        claims = (claim(f"{number}-{step}", **bounds) for step in range(10))
        return sum(stores[number % 2].reserve(one, NOW)[0] for one in claims)

    with ThreadPoolExecutor(threads) as pool:
        assert sum(pool.map(tries, range(threads))) == units
    assert stores[0].standing("key") == stores[1].standing("key")


def test_reserving_and_settling_together_loses_nothing(stores):
    def work(number):
        for step in range(5):
            name = f"{number}-{step}"
            stores[number % 2].reserve(claim(name, tokens=10, cost_micros=10), NOW)
            stores[(number + 1) % 2].settle(settled(name, tokens=3, cost_micros=7), NOW)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert stores[0].standing("key") == Standing(NOW, 40, 120, 0, PERIOD, 280, 0)


STEP = st.tuples(
    st.sampled_from(["reserve", "settle", "sweep", "renew"]), st.integers(0, 5), st.integers(0, 90_000)
)


@given(st.lists(STEP, max_size=25))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sql_and_memory_say_the_same_whatever_happens(tmp_path_factory, steps):
    engine = opened("sqlite:///limits.db", tmp_path_factory.mktemp("law"))
    both, now, names = (MemoryLimitStore(), SqlLimitStore(engine)), NOW, []
    for number, (what, which, passed) in enumerate(steps):
        now += passed
        if what == "reserve":
            asked = claim(
                number, tokens=10 * which, cost_micros=which, requests_max=3, tokens_max=60,
                concurrency_max=2, spend_max=9, expires_at_ms=now + LEASE,
            )  # fmt: skip
            outcome = [store.reserve(asked, now) for store in both]
            names.append(number)
        elif what == "settle" and names:
            done = settled(names[which % len(names)], tokens=which, cost_micros=which)
            outcome = [store.settle(done, now) for store in both]
        elif what == "sweep":
            outcome = [store.sweep(now) for store in both]
        else:
            spoken = tuple(f"c{name}" for name in names[:which])
            outcome = [store.renew(spoken, now + LEASE) for store in both]
        assert outcome[0] == outcome[1]
        assert both[0].standing("key") == both[1].standing("key")
    engine.dispose()
