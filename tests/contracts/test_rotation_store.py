"""The contract of every store of rotations, and of what was seen of keys: memory, SQLite, PostgreSQL."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from stockade.core.errors import StoreError
from stockade.secrets.rotation.record import Rotation, State, Step
from stockade.storage.database import open_database
from stockade.storage.memory_rotation import MemoryRotationStore, MemoryTraffic
from stockade.storage.rotation import SqlRotationStore, SqlTraffic
from stockade.storage.schema import create_schema

NOW = 1_800_000_000_000
BEGUN = Rotation("r1", "cloud", 1, State.RUNNING, Step.CREATE, NOW, old_key="k1 ✓ '); --")
THREADS = 8


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def engine(request, tmp_path):
    if request.param == "memory":
        yield None
        return
    url = "sqlite:///rotations.db"
    if request.param == "postgresql":
        server = request.getfixturevalue("server")
        if server is None:
            pytest.skip("the PostgreSQL server has no package for this platform")
        url = server.fresh()
    made = open_database(url, tmp_path)
    create_schema(made)
    yield made
    made.dispose()


@pytest.fixture
def store(engine):
    return MemoryRotationStore() if engine is None else SqlRotationStore(engine)


@pytest.fixture
def traffics(engine):
    if engine is None:
        one = MemoryTraffic()
        return one, one
    return SqlTraffic(engine, "a"), SqlTraffic(engine, "b")


def together(work):
    barrier = threading.Barrier(THREADS)

    def start(number):
        barrier.wait(30)
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(start, range(THREADS)))


def refused(work):
    try:
        work()
    except StoreError as failed:
        return bool(failed.hint)
    return False


def test_a_new_store_knows_no_rotation(store):
    assert store.rotations("cloud") == ()


def test_a_rotation_comes_back_as_it_was_and_goes_on(store):
    store.begin(BEGUN)
    assert store.rotations("cloud") == (BEGUN,)
    after = store.save(BEGUN.at(Step.TEST, NOW + 1, "made"))
    assert (after.version, after.step) == (2, Step.TEST)
    assert store.rotations("cloud") == (after,)
    assert store.rotations("other") == ()


def test_a_version_that_somebody_else_wrote_is_not_overwritten(store):
    store.begin(BEGUN)
    after = store.save(BEGUN.at(Step.TEST, NOW + 1, "made"))
    assert refused(lambda: store.save(BEGUN.at(Step.PUBLISH, NOW + 2, "late")))
    assert refused(lambda: store.save(replace(after, id="unknown")))
    assert store.rotations("cloud") == (after,)


def test_one_rotation_of_a_target_goes_on_at_a_time(store):
    store.begin(BEGUN)
    assert refused(lambda: store.begin(replace(BEGUN, id="r2")))
    store.begin(replace(BEGUN, id="r3", target="other"))
    store.save(BEGUN.ended(State.DONE, NOW + 1, "done"))
    store.begin(replace(BEGUN, id="r4", started_at_ms=NOW + 2))
    assert [rotation.id for rotation in store.rotations("cloud")] == ["r4", "r1"]


def test_of_threads_that_begin_together_one_does(store):
    assert sorted(together(lambda n: refused(lambda: store.begin(replace(BEGUN, id=f"r{n}"))))) == [
        False, *[True] * (THREADS - 1),
    ]  # fmt: skip


def test_of_threads_that_go_on_together_one_does(store):
    store.begin(BEGUN)
    outcome = together(lambda n: refused(lambda: store.save(BEGUN.at(Step.TEST, NOW, f"by {n}"))))
    assert outcome.count(False) == 1


def test_a_lease_is_held_by_one_until_it_ends_or_is_given_back(store):
    assert store.lease("x", "a", NOW, NOW + 100)
    assert not store.lease("x", "b", NOW + 99, NOW + 500)
    assert store.lease("x", "a", NOW + 99, NOW + 200)
    assert store.lease("y", "b", NOW, NOW + 100)
    assert store.lease("x", "b", NOW + 200, NOW + 300)
    store.release("x", "a")
    assert not store.lease("x", "a", NOW + 201, NOW + 500)
    store.release("x", "b")
    assert store.lease("x", "a", NOW + 201, NOW + 500)


def test_of_threads_that_want_a_lease_one_gets_it(store):
    assert together(lambda n: store.lease("x", f"h{n}", NOW, NOW + 100)).count(True) == 1


def test_what_gateways_saw_of_a_key_only_moves_forward_and_joins(traffics):
    one, other = traffics
    assert one.seen("f") == (0, 0)
    one.note("f", used_ms=50)
    one.note("f", used_ms=40, refused_ms=45)
    other.note("f", used_ms=60)
    other.note("g", used_ms=99)
    assert one.seen("f") == other.seen("f") == (60, 45)


def test_gateways_that_tell_together_lose_nothing(traffics):
    together(lambda n: traffics[n % 2].note("f", used_ms=n + 1, refused_ms=THREADS - n))
    assert traffics[0].seen("f") == (THREADS, THREADS)
