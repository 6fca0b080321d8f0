"""A rotation from beginning to end, and what becomes of it when the world does not play along."""

from __future__ import annotations

import threading

import pytest
from tests.secrets.rotation.world import START, world

from stockade.core.errors import ConfigError, StoreError
from stockade.secrets.rotation.driver import fingerprint
from stockade.secrets.rotation.machine import LEASE_MS, TEST_TRIES
from stockade.secrets.rotation.record import State, Step
from stockade.secrets.rotation.target import DAY_MS
from stockade.secrets.value import SecretValue

WAIT = 300_000


@pytest.fixture
def here(tmp_path):
    folder = tmp_path / "kept"
    folder.mkdir()
    with world(folder) as made:
        yield made


def finish(here, rotator=None):
    """Drive to the end, letting time pass."""
    rotator = rotator or here.rotator()
    for _ in range(60):
        rotation = rotator.run(start=False)
        if rotation is None or rotation.state is not State.RUNNING:
            return rotator.latest()
        here.now_ms = max(here.now_ms + 1000, rotation.not_before_ms)
    raise AssertionError(rotation.events[-1].what)


def test_a_key_is_replaced_and_both_live_until_the_old_one_is_silent(here):
    rotator = here.rotator()
    rotation = rotator.run()
    assert (rotation.step, rotation.not_before_ms) == (Step.WAIT, START + WAIT)
    assert here.value != here.old_value
    assert set(here.openai.live()) == {here.value, here.old_value}
    assert here.forgotten == [here.target().reference]
    here.now_ms = START + WAIT - 1
    assert rotator.run().step is Step.WAIT
    here.now_ms = START + WAIT
    done = rotator.run()
    assert done.state is State.DONE
    assert here.openai.live() == [here.value]
    assert here.files == ["key"]
    assert (done.old_key, done.new_key != "") == (here.old_key, True)
    steps = [event.step for event in done.events]
    assert steps == [
        Step.CREATE, Step.CREATE, Step.TEST, Step.PUBLISH, Step.WAIT, Step.VERIFY, Step.REVOKE, Step.CLEAN,
    ]  # fmt: skip


def test_no_record_and_no_error_holds_a_key(here):
    here.rotator().run()
    here.openai.fail_with = 500
    here.now_ms += WAIT
    here.rotator().run()
    here.openai.fail_with = 0
    done = finish(here)
    assert "canary" not in done.as_json() + repr(done) + repr(here.target())


def test_the_next_rotation_is_due_after_its_time_and_knows_the_key(here):
    assert here.rotator().due_at_ms() == 0
    here.rotator().run()
    done = finish(here)
    assert here.rotator().due_at_ms() == done.ended_at_ms + 90 * DAY_MS
    here.now_ms = here.rotator().due_at_ms()
    again = here.rotator().run()
    assert again.old_key == done.new_key
    assert finish(here).state is State.DONE
    assert [r.state for r in here.store.rotations("cloud")] == [State.DONE, State.DONE]


def test_an_old_key_that_is_still_used_is_not_revoked(here):
    here.rotator().run()
    here.now_ms += WAIT
    used = next(key for key in here.openai.keys.values() if key["value"] == here.old_value)
    for _ in range(3):
        used["last_used_at"] = here.now_ms // 1000
        rotation = here.rotator().run()
        assert (rotation.step, rotation.state) == (Step.VERIFY, State.RUNNING)
        assert here.old_value in here.openai.live()
        here.now_ms = rotation.not_before_ms
    assert finish(here).state is State.DONE
    assert here.now_ms >= used["last_used_at"] * 1000 + WAIT


def test_an_old_key_that_gateways_still_send_is_not_revoked(here):
    here.rotator().run()
    here.now_ms += WAIT
    here.traffic.note(fingerprint(SecretValue(here.old_value)), used_ms=here.now_ms)
    assert here.rotator().run().step is Step.VERIFY
    assert finish(here).state is State.DONE


def test_a_new_key_that_is_not_accepted_leads_back_and_leaves_the_old_one(here):
    models = here.openai._models
    here.openai._models = lambda value: (401, {}) if value != here.old_value else models(value)
    here.rotator().run()
    done = finish(here)
    assert done.state is State.ROLLED_BACK
    assert sum(event.what.startswith("failed") for event in done.events) == TEST_TRIES
    assert (here.openai.live(), here.value, here.files) == ([here.old_value], here.old_value, ["key"])


def test_a_new_key_that_dies_after_publishing_leads_back_to_the_old_one(here):
    here.rotator().run()
    new = here.value
    here.openai.keys = {k: v for k, v in here.openai.keys.items() if v["value"] != new}
    here.now_ms += WAIT
    here.rotator().run()
    assert here.value == here.old_value
    done = finish(here)
    assert (done.state, here.openai.live(), here.files) == (State.ROLLED_BACK, [here.old_value], ["key"])


@pytest.mark.parametrize("pause", ["after publishing", "before testing"])
def test_a_rotation_can_be_led_back_by_hand_until_the_old_key_has_gone(here, pause):
    if pause == "before testing":
        here.openai.answer, answer = (
            lambda asked: (503, {}) if "models" in asked.path else answer(asked),
            (here.openai.answer),
        )
    here.rotator().run()
    rotation = here.rotator().roll_back()
    assert here.value == here.old_value
    assert rotation.state is (State.ROLLED_BACK if pause == "before testing" else State.RUNNING)
    assert finish(here).state is State.ROLLED_BACK
    assert (here.openai.live(), here.files) == ([here.old_value], ["key"])
    with pytest.raises(ConfigError):
        here.rotator().roll_back()


def test_a_provider_that_is_down_is_tried_again_with_longer_and_longer_pauses(here):
    here.rotator().run()
    here.now_ms += WAIT
    here.openai.fail_with = 500
    pauses = []
    for _ in range(6):
        rotation = here.rotator().run()
        pauses.append(rotation.not_before_ms - here.now_ms)
        here.now_ms = rotation.not_before_ms
    assert pauses == [15_000 * 2**n for n in range(6)]
    here.openai.fail_with = 0
    assert finish(here).state is State.DONE


def test_a_key_that_came_back_into_use_is_not_revoked(here):
    here.rotator().run()
    here.now_ms += WAIT
    rotator = here.rotator()
    do = rotator._acts.do

    class Acts:
        def do(self, rotation, driver, clock):
            if rotation.step is Step.REVOKE:
                here.file.write_text(here.old_value, "utf-8")
            return do(rotation, driver, clock)

    rotator._acts = Acts()
    rotation = rotator.run()
    assert (rotation.step, "in use again" in rotation.events[-1].what) == (Step.REVOKE, True)
    assert here.old_value in here.openai.live()


def test_only_one_process_drives_and_a_dead_one_is_replaced(here):
    assert here.store.lease("rotation:cloud", "somebody else", here.now_ms, here.now_ms + LEASE_MS)
    with pytest.raises(StoreError, match="at this moment"):
        here.rotator().run()
    assert here.rotator().latest() is None
    here.now_ms += LEASE_MS
    assert here.rotator().run().step is Step.WAIT


def test_a_process_that_lost_its_lease_stops_before_its_next_step(here):
    rotator = here.rotator()
    forget = here.forgotten.append

    def slow(reference):
        forget(reference)
        here.now_ms += LEASE_MS
        assert here.store.lease("rotation:cloud", "somebody else", here.now_ms, here.now_ms + LEASE_MS)

    object.__setattr__(rotator._acts, "forget", slow)
    here.changes["propagation_ms"] = 0
    object.__setattr__(rotator._acts, "target", here.target())
    with pytest.raises(StoreError, match="took this rotation over"):
        rotator.run()
    assert here.rotator().latest().step is Step.WAIT
    here.now_ms += LEASE_MS
    assert finish(here).state is State.DONE


def test_many_processes_at_once_make_one_rotation(here):
    barrier, outcome = threading.Barrier(6), []

    def drive():
        barrier.wait(10)
        try:
            outcome.append(here.rotator().run())
        except StoreError:
            outcome.append(None)

    threads = [threading.Thread(target=drive) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len({r.id for r in outcome if r}) == len(here.store.rotations("cloud")) == 1
    assert len(here.openai.live()) == 2
    assert finish(here).state is State.DONE


def test_a_key_that_the_provider_cannot_tell_has_to_be_named(here):
    here.openai.keys.clear()
    with pytest.raises(ConfigError, match="does not tell") as refused:
        here.rotator().run()
    assert "current_key" in refused.value.hint
    here.changes["current_key"] = "named"
    assert here.rotator().key_in_use() == "named"


def test_a_rotation_that_nobody_began_is_not_gone_on_with(here):
    assert here.rotator().run(start=False) is None
    assert here.rotator().latest() is None


# --- a crash at every effect ------------------------------------------------------------------------------


class Crash(BaseException):
    """The end of the process."""


EFFECTS = {
    "driver": {"create", "discard", "revoke", "test"},
    "backend": {"write", "retire"},
    "store": {"begin", "save", "lease"},
}


class Crashing:
    """Counts the effects of everything it wraps and ends the process before or after one of them."""

    def __init__(self, at, after):
        self.at, self.after, self.count, self.dead = at, after, 0, False

    def wrap(self, name, thing):
        crashing = self

        class Wrapped:
            def __getattr__(self, method):
                inner = getattr(thing, method)
                return crashing.effect(inner, counted=method in EFFECTS[name]) if callable(inner) else inner

            def write(self, *arguments):
                return crashing.effect(thing.write, counted=True)(*arguments)

            def retire(self, *arguments):
                return crashing.effect(thing.retire, counted=True)(*arguments)

            def read(self, *arguments):
                return crashing.effect(thing.read, counted=False)(*arguments)

        return Wrapped()

    def effect(self, inner, *, counted):
        def call(*arguments):
            # A dead process does nothing more, not even giving its lease back.
            if self.dead:
                raise Crash
            self.count += counted
            mine = counted and self.count == self.at
            if mine and not self.after:
                self.dead = True
                raise Crash
            outcome = inner(*arguments)
            if mine:
                self.dead = True
                raise Crash
            return outcome

        return call


@pytest.mark.parametrize("back", [False, True], ids=["forward", "led back"])
@pytest.mark.parametrize("after", [False, True], ids=["before the effect", "after it"])
def test_a_crash_at_any_effect_ends_in_exactly_one_key(tmp_path, after, back):
    crashes = 0
    for at in range(1, 80):
        folder = tmp_path / f"{at}"
        folder.mkdir()
        with world(folder) as here:
            crashing = Crashing(at, after)
            crashed = drive_until_crash(here, crashing, back=back)
            crashes += crashed
            here.now_ms += LEASE_MS
            if here.rotator().latest() is not None:
                done = finish(here)
                assert done.state in {State.DONE, State.ROLLED_BACK}
            assert here.openai.live() == [here.value], f"effect {at}"
            assert here.files == ["key"], f"effect {at}"
            if not crashed:
                break
    assert crashes >= 12


def drive_until_crash(here, crashing, *, back):
    rotator = here.rotator(crashing.wrap)
    try:
        rotator.run()
        if back:
            rotator.roll_back()
        for _ in range(20):
            rotation = rotator.run(start=False)
            if rotation is None:
                return False
            here.now_ms = max(here.now_ms + 1, rotation.not_before_ms)
    except Crash:
        return True
    return False


# --- under load -------------------------------------------------------------------------------------------


def test_no_request_fails_while_a_key_is_rotated(here):
    from stockade.secrets.resolver import Resolver

    resolver = Resolver({"file": here.backend}, clock=lambda: here.now_ms, ttl_ms=30_000)
    stop, failed, sent = threading.Event(), [], [0] * 4

    def load(number):
        while not stop.is_set():
            key = resolver.resolve(here.target().reference)
            with here.openai.lock:
                status = here.openai._models(key.reveal())[0]
            sent[number] += 1
            if status != 200:
                failed.append(status)

    threads = [threading.Thread(target=load, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(3):
            here.rotator().run()
            while here.rotator().latest().state is State.RUNNING:
                here.now_ms += 5_000
                here.rotator().run(start=False)
            here.now_ms += 91 * DAY_MS
    finally:
        stop.set()
        for thread in threads:
            thread.join(10)
    assert (failed, min(sent) > 0) == ([], True)
    assert here.openai.live() == [here.value]


def test_a_place_that_lies_is_noticed_before_anything_waits_for_it(here):
    rotator = here.rotator()
    read = here.backend.read
    written = []

    class Lying:
        scheme = "file"
        write, retire = (lambda _self, ref, value: written.append(ref)), (lambda _self, ref: None)

        def read(self, reference):
            if reference.path.endswith("-next"):
                return SecretValue(
                    next(k["value"] for k in here.openai.keys.values() if k["value"] != here.old_value)
                )
            return read(reference)

    object.__setattr__(rotator._acts, "backend", Lying())
    rotation = rotator.run()
    assert rotation.step is Step.PUBLISH
    assert "does not give back" in rotation.events[-1].what
