"""The contract of every store of gateway keys, run over each of them."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stockade.access.key import GatewayKey, KeyClass, KeyState
from stockade.access.limits import Limits, Period
from stockade.access.scope import Scope
from stockade.core.errors import StoreError
from stockade.storage.access import SqlAccessStore
from stockade.storage.database import open_database
from stockade.storage.memory import MemoryAccessStore
from stockade.storage.schema import create_schema

KEY = GatewayKey(
    id="abcdefghij",
    key_class=KeyClass.SCOPED,
    tenant="legal",
    name="Night batch ✓ '); --",
    models=("gpt-*", "local"),
    digest=bytes(range(32)),
    created_at_ms=1_700_000_000_000,
    expires_at_ms=1_800_000_000_000,
    requests_per_minute=60,
    owner="ml ✓",
    scope=Scope(("/v1/messages",), ("search_*",), ("mon-fri 08:00-18:00",), ("10.0.0.0/8",)),
    limits=Limits(1000, 5, 2_000_000, Period.DAY),
    last_used_at_ms=1_700_000_000_001,
    replaced_by="bbbbbbbbbb",
)
THREADS = 8


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request, tmp_path):
    if request.param == "memory":
        yield MemoryAccessStore()
        return
    url = "sqlite:///keys.db"
    if request.param == "postgresql":
        server = request.getfixturevalue("server")
        if server is None:
            pytest.skip("the PostgreSQL server has no package for this platform")
        url = server.fresh()
    engine = open_database(url, tmp_path)
    create_schema(engine)
    yield SqlAccessStore(engine)
    engine.dispose()


def test_a_new_store_is_empty(store):
    assert store.list() == ()
    assert store.find(KEY.id) is None


def test_a_key_comes_back_as_it_was(store):
    store.insert(KEY)
    assert store.find(KEY.id) == KEY
    assert store.list() == (KEY,)


@pytest.mark.parametrize("key_class", KeyClass)
@pytest.mark.parametrize("state", KeyState)
def test_every_class_and_state_comes_back(store, key_class, state):
    key = replace(KEY, key_class=key_class, state=state, models=(), name="")
    store.insert(key)
    assert store.find(key.id) == key


@given(
    name=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=100),
    models=st.lists(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=9), max_size=4),
    digest=st.binary(min_size=32, max_size=32),
    moment=st.integers(0, 2**53),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_value_comes_back(store, name, models, digest, moment):
    key_id = f"k{len(store.list())}"
    key = replace(KEY, id=key_id, name=name, models=tuple(models), digest=digest, created_at_ms=moment)
    store.insert(key)
    assert store.find(key_id) == key


@pytest.mark.parametrize(
    "key_id", ["", "ABCDEFGHIJ", "abcdefghi", "abcdefghij ", "%", "' OR 1=1 --", "x" * 9999]
)
def test_another_id_finds_nothing(store, key_id):
    store.insert(KEY)
    assert store.find(key_id) is None


def test_an_id_that_is_taken_is_not_overwritten(store):
    store.insert(KEY)
    with pytest.raises(StoreError, match="already") as failed:
        store.insert(replace(KEY, tenant="other"))
    assert failed.value.hint
    assert store.list() == (KEY,)


def test_the_list_is_in_order_of_age_then_id(store):
    keys = [
        replace(KEY, id=key_id, created_at_ms=at) for key_id, at in [("c", 1), ("b", 2), ("a", 2), ("d", 0)]
    ]
    for key in keys:
        store.insert(key)
    assert [key.id for key in store.list()] == ["d", "c", "a", "b"]


def test_a_revoked_key_is_found_as_revoked_and_its_neighbour_as_it_was(store):
    other = replace(KEY, id="other")
    store.insert(KEY)
    store.insert(other)
    store.set_state(KEY.id, KeyState.REVOKED)
    assert store.find(KEY.id) == replace(KEY, state=KeyState.REVOKED)
    assert store.find("other") == other


def test_revoking_twice_is_the_same_as_once(store):
    store.insert(KEY)
    for _ in range(2):
        store.set_state(KEY.id, KeyState.REVOKED)
    assert store.find(KEY.id).state is KeyState.REVOKED


def test_a_revoked_key_cannot_be_woken(store):
    store.insert(KEY)
    store.set_state(KEY.id, KeyState.REVOKED)
    with pytest.raises(StoreError, match="final"):
        store.set_state(KEY.id, KeyState.ACTIVE)
    assert store.find(KEY.id).state is KeyState.REVOKED


def test_setting_the_state_it_has_changes_nothing(store):
    store.insert(KEY)
    store.set_state(KEY.id, KeyState.ACTIVE)
    assert store.find(KEY.id) == KEY


@pytest.mark.parametrize("state", KeyState)
def test_an_unknown_key_has_no_state_to_change(store, state):
    with pytest.raises(StoreError, match="no such") as failed:
        store.set_state("unknown", state)
    assert failed.value.hint


def together(work):
    barrier = threading.Barrier(THREADS)

    def start(number):
        barrier.wait(30)
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(start, range(THREADS)))


def test_threads_that_insert_together_lose_nothing(store):
    def work(number):
        for turn in range(5):
            store.insert(replace(KEY, id=f"k{number}-{turn}"))

    together(work)
    assert len(store.list()) == THREADS * 5


def test_threads_that_insert_the_same_id_get_one_winner(store):
    def work(number):
        try:
            store.insert(replace(KEY, requests_per_minute=number))
        except StoreError:
            return None
        return number

    winners = [number for number in together(work) if number is not None]
    assert [store.find(KEY.id).requests_per_minute] == winners


def test_a_revocation_wins_against_threads_that_read_and_write(store):
    store.insert(KEY)

    def work(number):
        if number == 0:
            store.set_state(KEY.id, KeyState.REVOKED)
        for turn in range(5):
            store.insert(replace(KEY, id=f"k{number}-{turn}"))
            assert store.find(KEY.id) is not None
        return store.find(KEY.id).state

    assert together(work)[0] is KeyState.REVOKED
    assert store.find(KEY.id).state is KeyState.REVOKED


def test_no_form_of_a_store_shows_a_digest(store):
    store.insert(KEY)
    assert repr(KEY.digest) not in repr(store) + repr(store.list())


OLD = replace(KEY, replaced_by="", expires_at_ms=0)
NEXT = replace(OLD, id="successor1", digest=bytes(32))


def test_a_key_that_is_replaced_ends_after_its_grace_and_names_its_successor(store):
    store.insert(OLD)
    store.supersede(OLD.id, NEXT, 1_750_000_000_000)
    assert store.find(OLD.id) == replace(OLD, expires_at_ms=1_750_000_000_000, replaced_by=NEXT.id)
    assert store.find(NEXT.id) == NEXT


def test_a_key_that_would_end_before_its_grace_ends_when_it_would_have(store):
    store.insert(replace(OLD, expires_at_ms=1_740_000_000_000))
    store.supersede(OLD.id, NEXT, 1_750_000_000_000)
    assert store.find(OLD.id).expires_at_ms == 1_740_000_000_000


@pytest.mark.parametrize(
    "old", [None, replace(OLD, state=KeyState.REVOKED), replace(OLD, replaced_by="another")]
)
def test_what_is_unknown_revoked_or_replaced_already_is_not_replaced(store, old):
    if old is not None:
        store.insert(old)
    before = store.list()
    with pytest.raises(StoreError, match="replaced already"):
        store.supersede(OLD.id, NEXT, 1_750_000_000_000)
    assert store.list() == before


def test_a_successor_whose_id_is_taken_leaves_the_old_key_as_it_was(store):
    store.insert(OLD)
    store.insert(NEXT)
    with pytest.raises(StoreError):
        store.supersede(OLD.id, NEXT, 1_750_000_000_000)
    assert store.find(OLD.id) == OLD


def test_of_threads_that_replace_the_same_key_one_wins(store):
    store.insert(OLD)

    def work(number):
        try:
            store.supersede(OLD.id, replace(NEXT, id=f"next{number}"), 1_750_000_000_000)
        except StoreError:
            return ""
        return f"next{number}"

    winners = [winner for winner in together(work) if winner]
    assert winners == [store.find(OLD.id).replaced_by]
    assert len(store.list()) == 2


def test_the_last_use_of_a_key_only_moves_forward_and_of_unknown_keys_nothing_is_kept(store):
    store.insert(replace(KEY, last_used_at_ms=0))
    store.touch({})
    store.touch({KEY.id: 50, "unknown": 60})
    store.touch({KEY.id: 40})
    assert store.find(KEY.id).last_used_at_ms == 50
    assert len(store.list()) == 1


def test_threads_that_note_uses_together_keep_the_latest(store):
    ids = [f"k{number}" for number in range(5)]
    for key_id in ids:
        store.insert(replace(KEY, id=key_id, last_used_at_ms=0))
    together(lambda number: store.touch(dict.fromkeys(reversed(ids) if number % 2 else ids, number + 1)))
    assert {key.last_used_at_ms for key in store.list()} == {THREADS}
