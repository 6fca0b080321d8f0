"""Who may pass: one answer for all bad keys, a cache that forgets, and classes that bind."""

from __future__ import annotations

import secrets
import threading
import time
import timeit
import traceback
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.access import authenticator as room
from stockade.access.authenticator import Authenticator
from stockade.access.key import GatewayKey, KeyClass, KeyRequest, KeyState, mint
from stockade.access.refusal import AccessRefusedError
from stockade.access.scope import Scope
from stockade.core.errors import ConfigError, StoreError
from stockade.storage.memory import MemoryAccessStore

PEPPER = bytes(range(32))
START = 1_700_000_000_000


class World:
    """A store that counts and can break, a clock that stands, and an authenticator over both."""

    def __init__(self):
        self.now_ms = START
        self.keys = MemoryAccessStore()
        self.asked = 0
        self.broken = False
        self.authenticator = Authenticator(self, pepper=PEPPER, clock=lambda: self.now_ms, ttl_ms=1000)

    def find(self, key_id):
        self.asked += 1
        if self.broken:
            raise StoreError("the store could not read a gateway key", hint="try again")
        return self.keys.find(key_id)

    def add(self, key_class=KeyClass.PRODUCTION, **wishes):
        key, shown = mint(
            KeyRequest(key_class, **wishes), pepper=PEPPER, entropy=secrets.token_bytes, now_ms=START
        )
        self.keys.insert(key)
        return key, shown.reveal()

    def refusal(self, presented):
        with pytest.raises(AccessRefusedError) as refused:
            self.authenticator.authenticate(presented)
        return refused.value


@pytest.fixture
def world():
    return World()


def stranger():
    shown = mint(KeyRequest(KeyClass.PRODUCTION), pepper=PEPPER, entropy=secrets.token_bytes, now_ms=START)[1]
    return shown.reveal()


def imposter(key):
    """Return a well-formed key with the id of *key* and another secret."""

    def entropy(count):
        if count == 10:
            return bytes("abcdefghijklmnopqrstuvwxyz234567".index(letter) for letter in key.id)
        return secrets.token_bytes(count)

    other, shown = mint(KeyRequest(key.key_class), pepper=PEPPER, entropy=entropy, now_ms=START)
    assert other.id == key.id
    return shown.reveal()


def test_a_key_of_the_store_passes(world):
    key, text = world.add(tenant="legal")
    assert world.authenticator.authenticate(text) == key


def test_no_key_is_told_apart_from_a_bad_one(world):
    refused = world.refusal("")
    assert (refused.status, refused.code) == (401, "missing_key")
    assert "authorization" in refused.hint


def test_malformed_unknown_and_wrong_keys_get_the_same_answer(world):
    key, text = world.add()
    presented = ["x", text[:-1], text.upper(), "\ud800", "é" * 5000, "\0", stranger(), imposter(key)]
    answers = {(r.status, r.code, str(r), r.hint) for r in map(world.refusal, presented)}
    assert len(answers) == 1
    assert answers.pop()[:2] == (401, "invalid_key")


@given(st.text(min_size=1))
def test_no_text_passes_by_accident(text):
    world = World()
    world.add()
    assert world.refusal(text).code == "invalid_key"


def test_a_malformed_key_does_not_reach_the_store(world):
    world.refusal("x" * 100_000)
    assert world.asked == 0


def test_every_refusal_of_a_key_costs_a_digest(world, monkeypatch):
    computed = []
    monkeypatch.setattr(room, "digest", lambda text, *, pepper: computed.append(text) or bytes(32))
    key, _ = world.add()
    for presented in ["x", stranger(), imposter(key)]:
        world.refusal(presented)
    assert len(computed) == 3


def test_an_unknown_key_does_not_pass_by_the_digest_that_stands_in(world, monkeypatch):
    monkeypatch.setattr(room, "digest", lambda text, *, pepper: bytes(32))
    assert world.refusal(stranger()).code == "invalid_key"


def test_a_key_without_a_digest_never_passes(world):
    key, text = world.add()
    world.keys._keys[key.id] = replace(key, digest=b"")
    assert world.refusal(text).code == "invalid_key"


def test_a_key_of_another_installation_does_not_pass(world):
    _key, text = world.add()
    other = Authenticator(world, pepper=PEPPER[::-1], clock=lambda: START)
    with pytest.raises(AccessRefusedError):
        other.authenticate(text)


def test_a_short_pepper_is_refused():
    with pytest.raises(ConfigError):
        Authenticator(MemoryAccessStore(), pepper=b"", clock=lambda: 0)


def test_a_revoked_key_is_refused(world):
    key, text = world.add()
    world.keys.set_state(key.id, KeyState.REVOKED)
    refused = world.refusal(text)
    assert (refused.status, refused.code) == (401, "revoked_key")


def test_that_a_key_was_revoked_or_expired_is_told_to_its_holder_only(world):
    revoked, _ = world.add()
    world.keys.set_state(revoked.id, KeyState.REVOKED)
    expired, _ = world.add(expires_at_ms=START + 1)
    world.now_ms += 1
    assert world.refusal(imposter(revoked)).code == "invalid_key"
    assert world.refusal(imposter(expired)).code == "invalid_key"


def test_a_key_expires_on_time_also_out_of_the_cache(world):
    key, text = world.add(expires_at_ms=START + 500)
    world.now_ms = START + 499
    assert world.authenticator.authenticate(text) == key
    world.now_ms = START + 500
    refused = world.refusal(text)
    assert (refused.status, refused.code, world.asked) == (401, "expired_key", 1)


def test_the_store_is_asked_once_in_a_while(world):
    _key, text = world.add()
    for _ in range(10):
        world.authenticator.authenticate(text)
    assert world.asked == 1


def test_a_revocation_counts_after_the_time_to_live(world):
    key, text = world.add()
    world.authenticator.authenticate(text)
    world.keys.set_state(key.id, KeyState.REVOKED)
    world.now_ms += 999
    assert world.authenticator.authenticate(text).id == key.id
    world.now_ms += 1
    assert world.refusal(text).code == "revoked_key"


def test_a_clock_set_back_does_not_keep_a_revoked_key_alive(world):
    key, text = world.add()
    world.authenticator.authenticate(text)
    world.keys.set_state(key.id, KeyState.REVOKED)
    world.now_ms -= 1
    assert world.refusal(text).code == "revoked_key"


def test_a_store_that_cannot_answer_lets_nobody_in(world):
    _key, text = world.add()
    world.broken = True
    with pytest.raises(StoreError):
        world.authenticator.authenticate(text)


def test_a_cached_key_outlives_the_store_only_by_the_time_to_live(world):
    key, text = world.add()
    world.authenticator.authenticate(text)
    world.broken = True
    world.now_ms += 999
    assert world.authenticator.authenticate(text).id == key.id
    world.now_ms += 1
    with pytest.raises(StoreError):
        world.authenticator.authenticate(text)


def test_a_key_made_later_passes_at_once_though_it_was_tried_before(world):
    key, shown = mint(
        KeyRequest(KeyClass.PRODUCTION), pepper=PEPPER, entropy=secrets.token_bytes, now_ms=START
    )
    assert world.refusal(shown.reveal()).code == "invalid_key"
    world.keys.insert(key)
    assert world.authenticator.authenticate(shown.reveal()) == key


def test_the_cache_has_a_bound_and_strangers_push_nobody_out(world, monkeypatch):
    monkeypatch.setattr(room, "CACHE_ENTRIES_MAX", 3)
    texts = [world.add()[1] for _ in range(5)]
    for text in texts:
        world.authenticator.authenticate(text)
        world.refusal(stranger())
    assert len(world.authenticator._cache) == 3
    before = world.asked
    for text in texts[2:]:
        world.authenticator.authenticate(text)
    assert world.asked == before


def test_refreshing_an_entry_pushes_nobody_out(world, monkeypatch):
    monkeypatch.setattr(room, "CACHE_ENTRIES_MAX", 2)
    texts = [world.add()[1] for _ in range(2)]
    for _ in range(3):
        for text in texts:
            world.authenticator.authenticate(text)
        world.now_ms += 1000
    assert len(world.authenticator._cache) == 2


def test_many_threads_get_the_right_keys(world, monkeypatch):
    monkeypatch.setattr(room, "CACHE_ENTRIES_MAX", 4)
    pairs = [world.add() for _ in range(8)]
    wrong = []

    def work(offset):
        for turn in range(300):
            key, text = pairs[(turn + offset) % len(pairs)]
            if world.authenticator.authenticate(text) != key:
                wrong.append(key)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(world.authenticator._cache) <= 4


def test_no_failure_shows_the_presented_key(world):
    key, text = world.add()
    secret = imposter(key)
    for presented in (secret, text[:-1], "canary " + text):
        failed = world.refusal(presented)
        shown = "".join(traceback.format_exception(failed)) + repr(failed) + failed.hint
        assert presented.split("-")[-1] not in shown
        assert "canary " not in shown
    assert text not in repr(world.authenticator)
    assert repr(PEPPER) not in repr(world.authenticator)


# --- what a key may do -----------------------------------------------------------------------------------

CHAT = "/v1/chat/completions"


def code_of(key, route, model):
    try:
        World().authenticator.permit(key, route, model)
    except AccessRefusedError as refused:
        return refused.code if refused.status == 403 and refused.hint else "malformed refusal"
    return "permitted"


@pytest.mark.parametrize(
    ("key_class", "models", "route", "model", "answer"),
    [
        ("production", (), CHAT, "gpt-4o", "permitted"),
        ("development", (), f"POST {CHAT}", "gpt-4o", "permitted"),
        ("production", ("gpt-*",), CHAT, "gpt-4o", "permitted"),
        ("production", ("gpt-*",), CHAT, "claude-3", "model_not_allowed"),
        ("production", ("gpt-*",), CHAT, "GPT-4o", "model_not_allowed"),
        ("production", ("gpt-*",), CHAT, "", "model_not_allowed"),
        ("production", ("gpt-*",), CHAT, "gpt-" + "x" * 300, "model_not_allowed"),
        ("production", ("gpt-*",), "/v1/models", "", "permitted"),
        ("production", ("gpt-*",), "/stockade/v1/screen", "", "permitted"),
        ("production", ("gpt-*",), "POST /stockade/v1/screen", "", "permitted"),
        ("production", ("a", "b?", "[c-d]*"), CHAT, "b1", "permitted"),
        ("production", ("a", "b?", "[c-d]*"), CHAT, "b12", "model_not_allowed"),
        ("read-only", (), "GET /v1/models", "", "permitted"),
        ("read-only", (), "/v1/models", "", "permitted"),
        ("read-only", (), "GET /stockade/v1/usage", "", "route_not_allowed"),
        ("read-only", (), "POST /v1/models", "", "route_not_allowed"),
        ("read-only", (), CHAT, "gpt-4o", "route_not_allowed"),
        ("read-only", ("*",), CHAT, "gpt-4o", "route_not_allowed"),
        ("read-only", (), "/v1/models/", "", "route_not_allowed"),
        ("read-only", (), "/stockade/v1/screen", "", "route_not_allowed"),
        ("scoped", (), CHAT, "gpt-4o", "model_not_allowed"),
        ("scoped", (), "/v1/models", "", "model_not_allowed"),
        ("scoped", ("local",), CHAT, "local", "permitted"),
        ("scoped", ("local",), CHAT, "local2", "model_not_allowed"),
        ("scoped", ("local",), "/v1/models", "", "permitted"),
        ("scoped", ("local",), "/stockade/v1/screen", "", "model_not_allowed"),
        ("scoped", ("*",), CHAT, "anything", "permitted"),
    ],
)
def test_a_class_and_its_models_bind(key_class, models, route, model, answer):
    assert code_of(GatewayKey("abcdefghij", KeyClass(key_class), models=models), route, model) == answer


@given(st.text(max_size=30))
def test_a_scoped_key_without_models_may_do_nothing(model):
    key = GatewayKey("abcdefghij", KeyClass.SCOPED)
    for route in (CHAT, "/v1/models", "GET /v1/models", "/stockade/v1/screen", ""):
        assert code_of(key, route, model) == "model_not_allowed"


def test_a_hostile_model_name_costs_no_time():
    key = GatewayKey("abcdefghij", KeyClass.SCOPED, models=("*a" * 60 + "b",))
    assert code_of(key, CHAT, "a" * 256) == "model_not_allowed"


def test_a_refusal_does_not_repeat_the_model():
    key = GatewayKey("abcdefghij", KeyClass.SCOPED, models=("x",))
    with pytest.raises(AccessRefusedError) as refused:
        World().authenticator.permit(key, CHAT, "canary")
    assert "canary" not in f"{refused.value!r}{refused.value.hint}"


@pytest.mark.parametrize("route", ["POST /v1/unheard-of", "/admin/v1/keys", "GET /v1/chat/completions"])
@pytest.mark.parametrize("key_class", ["production", "development", "read-only", "scoped"])
def test_a_route_without_a_row_is_refused_to_every_class(key_class, route):
    key = GatewayKey("abcdefghij", KeyClass(key_class), models=("*",))
    assert code_of(key, route, "gpt-4o") == "route_not_allowed"


def test_a_scope_is_asked_with_tools_address_and_the_time(world):
    scope = Scope(tools=("search",), networks=("10.0.0.0/8",), hours=("tue 22:00-23:00",))
    key, _ = world.add(scope=scope)  # START is a Tuesday, 22:13 UTC
    permit = world.authenticator.permit
    permit(key, CHAT, "m", tools=["search"], address="10.0.0.1")
    for asked, code in (
        ({"tools": ["delete"], "address": "10.0.0.1"}, "tool_not_allowed"),
        ({"address": "192.0.2.1"}, "network_not_allowed"),
        ({}, "network_not_allowed"),
    ):
        with pytest.raises(AccessRefusedError) as refused:
            permit(key, CHAT, "m", **asked)
        assert refused.value.code == code
    world.now_ms += 3_600_000
    with pytest.raises(AccessRefusedError) as refused:
        permit(key, CHAT, "m", address="10.0.0.1")
    assert refused.value.code == "outside_hours"


def test_uses_are_remembered_until_they_are_asked_for(world):
    key, text = world.add()
    world.authenticator.authenticate(text)
    world.now_ms += 5
    world.authenticator.authenticate(text)
    world.refusal(text[:-1])
    assert world.authenticator.drain_used() == {key.id: START + 5}
    assert world.authenticator.drain_used() == {}


def test_a_key_check_from_the_cache_takes_microseconds(world):
    _, text = world.add(scope=Scope(networks=("10.0.0.0/8",)), models=("gpt-*",))

    def check():
        key = world.authenticator.authenticate(text)
        world.authenticator.permit(key, CHAT, "gpt-4o", address="10.0.0.1")

    check()
    # Of the processor, not of the wall: the machine that runs the tests does other things, too.
    best = min(timeit.repeat(check, timer=time.process_time, number=500, repeat=15)) / 500
    assert best < 30e-6


def test_a_scoped_key_may_use_the_checks_that_its_scope_names():
    key = GatewayKey(
        "abcdefghij", KeyClass.SCOPED, models=("local",), scope=Scope(routes=("/stockade/v1/screen",))
    )
    assert code_of(key, "POST /stockade/v1/screen", "") == "permitted"
    assert code_of(key, "POST /stockade/v1/anonymize", "") == "model_not_allowed"
    assert code_of(key, CHAT, "local") == "route_not_allowed"
