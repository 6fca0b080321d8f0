"""The resolver: it caches, bridges an outage until the lease ends, and then fails closed."""

from __future__ import annotations

import threading
import traceback

import pytest

from stockade.core.errors import ConfigError, SecretError
from stockade.secrets import resolver as room
from stockade.secrets.backends.env import EnvBackend
from stockade.secrets.backends.file import FileBackend
from stockade.secrets.reference import Reference
from stockade.secrets.resolver import Checked, Resolver
from stockade.secrets.value import SecretValue

KEY = Reference("env", "KEY")
TTL, LEASE = 30_000, 3_600_000


class World:
    """A backend that can change, break and be counted, a clock that stands, and a resolver over both."""

    scheme = "env"

    def __init__(self):
        self.now_ms = 0
        self.value = "canary-1"
        self.fails_with = None
        self.asked = 0
        self.resolver = Resolver({"env": self}, clock=lambda: self.now_ms)

    def read(self, reference):
        self.asked += 1
        if self.fails_with is not None:
            raise self.fails_with
        return SecretValue(self.value)

    def resolve(self):
        return self.resolver.resolve(KEY).reveal()


@pytest.fixture
def world():
    return World()


def test_the_backend_is_asked_once_in_a_while(world):
    assert [world.resolve() for _ in range(5)] == ["canary-1"] * 5
    assert world.asked == 1


def test_a_changed_secret_is_seen_after_the_time_to_live(world):
    world.resolve()
    world.value = "canary-2"
    world.now_ms = TTL - 1
    assert world.resolve() == "canary-1"
    world.now_ms = TTL
    assert world.resolve() == "canary-2"


@pytest.mark.parametrize(
    "failure", [SecretError("does not answer"), TimeoutError("canary"), KeyError("canary")]
)
def test_the_last_good_value_bridges_an_outage_until_its_lease_ends(world, failure):
    world.resolve()
    world.fails_with = failure
    for now_ms in (TTL, LEASE // 2, LEASE - 1):
        world.now_ms = now_ms
        assert world.resolve() == "canary-1"
    world.now_ms = LEASE
    with pytest.raises(SecretError):
        world.resolve()


def test_what_was_never_read_fails_closed(world):
    world.fails_with = SecretError("does not answer")
    with pytest.raises(SecretError):
        world.resolve()


def test_a_lease_that_ended_stays_ended(world):
    world.resolve()
    world.fails_with = SecretError("does not answer")
    world.now_ms = LEASE
    for now_ms in (LEASE, LEASE + 1, 0):
        world.now_ms = now_ms
        with pytest.raises(SecretError):
            world.resolve()


def test_bridging_does_not_lengthen_the_lease(world):
    world.resolve()
    world.fails_with = SecretError("does not answer")
    for world.now_ms in range(TTL, LEASE, 7_777):
        world.resolve()
    world.now_ms = LEASE
    with pytest.raises(SecretError):
        world.resolve()


def test_a_backend_that_is_down_is_not_asked_by_every_request(world):
    world.resolve()
    world.fails_with = SecretError("does not answer")
    world.now_ms = TTL
    for _ in range(50):
        world.resolve()
    assert world.asked == 2
    world.now_ms += room.RETRY_MS
    world.resolve()
    assert world.asked == 3


def test_a_backend_that_comes_back_is_believed_at_once(world):
    world.resolve()
    world.fails_with = SecretError("does not answer")
    world.now_ms = TTL
    world.resolve()
    world.fails_with, world.value = None, "canary-2"
    world.now_ms += room.RETRY_MS
    assert world.resolve() == "canary-2"


def test_a_slow_answer_is_not_younger_for_it(world):
    def slow(reference):
        world.now_ms += TTL
        return SecretValue("canary")

    world.read = slow
    world.resolve()
    assert world.resolver._held[KEY].fresh_until_ms == TTL


def test_the_failure_of_a_foreign_client_is_not_repeated(world):
    world.fails_with = RuntimeError("GET /?token=canary")
    with pytest.raises(SecretError, match="RuntimeError") as failed:
        world.resolve()
    assert "canary" not in "".join(traceback.format_exception_only(failed.value)) + failed.value.hint
    assert failed.value.__context__ is None


@pytest.mark.parametrize(("scheme", "extra"), [("aws-sm", "aws"), ("keyring", "keyring")])
def test_a_scheme_without_its_backend_names_the_extra(world, scheme, extra):
    with pytest.raises(ConfigError, match=f"{scheme}://") as refused:
        world.resolver.resolve(Reference(scheme, "a/b", "c"))
    assert f"stockade[{extra}]" in refused.value.hint


def test_a_scheme_of_nobody_is_refused(world):
    with pytest.raises(ConfigError):
        world.resolver.resolve(Reference("file", "/a"))


def test_checking_says_how_each_fared_and_shows_no_value():
    resolver = Resolver({"env": EnvBackend({"KEY": "canary"})}, clock=lambda: 0)
    checked = resolver.check([KEY, Reference("env", "NONE"), Reference("keyring", "a/b")])
    assert checked[0] == Checked("env://KEY", "env", ok=True, reason="")
    assert [(c.reference, c.backend, c.ok) for c in checked[1:]] == [
        ("env://NONE", "env", False),
        ("keyring://a/b", "keyring", False),
    ]
    assert "NONE is not set" in checked[1].reason
    assert "stockade[keyring]" in checked[2].reason
    assert "canary" not in repr(checked)


def test_checking_asks_past_the_cache(world):
    world.resolve()
    world.fails_with = SecretError("does not answer")
    assert world.resolver.check([KEY])[0].ok is False
    assert world.resolve() == "canary-1"


def test_checking_gives_the_reason_also_where_there_is_no_hint(world):
    world.fails_with = SecretError("does not answer")
    assert world.resolver.check([KEY])[0].reason == "does not answer"


def test_nothing_but_the_value_itself_shows_the_value(world):
    world.resolve()
    assert "canary" not in repr(world.resolver) + repr(world.resolver._held)


def test_the_cache_has_a_bound(world, monkeypatch):
    monkeypatch.setattr(room, "CACHE_ENTRIES_MAX", 3)
    for number in range(10):
        world.resolver.resolve(Reference("env", f"KEY_{number}"))
    assert len(world.resolver._held) == len(world.resolver._reading) == 3


def test_threads_that_ask_together_ask_the_backend_once(world):
    gate = threading.Event()

    def wait(reference):
        world.asked += 1
        gate.wait(30)
        return SecretValue("canary")

    world.read = wait
    got = []
    threads = [threading.Thread(target=lambda: got.append(world.resolve())) for _ in range(8)]
    for thread in threads:
        thread.start()
    gate.set()
    for thread in threads:
        thread.join()
    assert got == ["canary"] * 8
    assert world.asked == 1


def test_a_slow_reference_does_not_hold_up_another(world):
    gate, entered = threading.Event(), threading.Event()

    def read(reference):
        if reference == KEY:
            entered.set()
            gate.wait(30)
        return SecretValue(reference.path)

    world.read = read
    slow = threading.Thread(target=world.resolve)
    slow.start()
    entered.wait(30)
    assert world.resolver.resolve(Reference("env", "OTHER")).reveal() == "OTHER"
    gate.set()
    slow.join()


def test_a_slow_backend_is_waited_for_by_nobody_who_has_a_value(world):
    world.resolve()
    world.now_ms = TTL
    begun, go_on = threading.Event(), threading.Event()

    def slowly(_reference):
        begun.set()
        assert go_on.wait(10)
        return SecretValue("canary-2")

    world.read = slowly
    reader = threading.Thread(target=world.resolve)
    reader.start()
    assert begun.wait(10)
    assert world.resolve() == "canary-1"
    go_on.set()
    reader.join(10)
    assert world.resolve() == "canary-2"


def test_a_variable_that_holds_a_reference_is_followed_once(tmp_path):
    file = tmp_path / "key"
    file.write_text("canary", "utf-8")
    file.chmod(0o600)
    backends = {"env": EnvBackend({"KEY": f"file://{file}", "LOOP": "env://KEY"}), "file": FileBackend()}
    resolver = Resolver(backends, clock=lambda: 0)
    assert resolver.resolve(KEY).reveal() == "canary"
    with pytest.raises(ConfigError, match="another variable"):
        resolver.resolve(Reference("env", "LOOP"))


def test_what_is_forgotten_is_read_anew_at_the_next_question(world):
    world.resolve()
    world.value = "canary-2"
    world.resolver.forget(KEY)
    assert world.resolve() == "canary-2"


def test_refreshing_reads_what_will_soon_be_too_old_and_nothing_else(world):
    world.resolve()
    assert world.resolver.refresh(TTL - 1) == ()
    world.value = "canary-2"
    assert world.resolver.refresh(TTL) == (Checked("env://KEY", "env", ok=True, reason=""),)
    assert (world.resolve(), world.asked) == ("canary-2", 2)


def test_refreshing_reports_an_outage_and_the_last_good_value_goes_on(world):
    world.resolve()
    world.now_ms = TTL
    world.fails_with = SecretError("does not answer")
    (checked,) = world.resolver.refresh(0)
    assert not checked.ok
    assert world.resolve() == "canary-1"
