"""The order of a rotation: create, store, test, publish, wait, verify by traffic, revoke.

Every step is remembered before the next begins, and may be done again: whoever resumes after a crash goes on
with the step that was under way. Until the revocation the old key lives, so a failure leads back to it. It
decides when; what a step does is in ``steps``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stockade.core.errors import ConfigError, SecretError, StoreError
from stockade.secrets.rotation.driver import ByHandError, Driver, RefusedKeyError
from stockade.secrets.rotation.record import Rotation, RotationStore, State, Step
from stockade.secrets.rotation.steps import Acts, NotYetError
from stockade.secrets.rotation.target import Target

LEASE_MS = 120_000
RETRY_MS = 15_000
RETRY_MS_MAX = 3_600_000
# A key may take a while until every machine of its provider knows it.
TEST_TRIES = 5
# No rotation takes so many steps; whoever gets there found a mistake of ours.
_STEPS_MAX = 50


@dataclass(frozen=True, slots=True)
class Outside:
    """What the machine is given of the world.

    Attributes:
        store: remembers.
        clock: milliseconds since 1970.
        new_id: makes an id that was never used, in letters a provider takes for a name.
        holder: who this process is.
    """

    store: RotationStore
    clock: Callable[[], int]
    new_id: Callable[[], str]
    holder: str


class Rotator:
    """Drives the rotations of one target; one process at a time.

    Args:
        target: what is rotated.
        driver: who issues the keys.
        acts: does what a step does.
        outside: the rest.
    """

    __slots__ = ("_acts", "_driver", "_outside", "_target")

    def __init__(self, target: Target, driver: Driver, acts: Acts, outside: Outside) -> None:
        self._target = target
        self._driver = driver
        self._acts = acts
        self._outside = outside

    @property
    def target(self) -> Target:
        """What is rotated."""
        return self._target

    def key_in_use(self) -> str:
        """Return the id of the key in use.

        Raises:
            ConfigError: nobody can tell, or the reference cannot be written.
            SecretError: the provider or the manager does not answer.
        """
        return self._acts.old_key(self._driver, self.latest())

    def latest(self) -> Rotation | None:
        """Return the newest rotation of the target; ``None`` before the first."""
        found = self._outside.store.rotations(self._target.name)
        return found[0] if found else None

    def due_at_ms(self) -> int:
        """Return from when on the key should be rotated; 0 for now."""
        done = [r for r in self._outside.store.rotations(self._target.name) if r.state is State.DONE]
        return done[0].ended_at_ms + self._target.every_ms if done else 0

    def run(self, *, start: bool = True) -> Rotation | None:
        """Go on with the rotation under way, or begin one if *start*, until it ends or has to wait.

        Raises:
            StoreError: another process drives it, or the store cannot answer.
            ConfigError: the target cannot be rotated as it is configured.
        """
        outside, name = self._outside, f"rotation:{self._target.name}"
        now_ms = outside.clock()
        if not outside.store.lease(name, outside.holder, now_ms, now_ms + LEASE_MS):
            raise StoreError(
                f"another process rotates {self._target.name} at this moment",
                hint="wait for it; what a dead process holds is free again after two minutes",
            )
        try:
            rotation = self._under_way() or (self._begin() if start else None)
            return rotation if rotation is None else self._drive(rotation)
        finally:
            outside.store.release(name, outside.holder)

    def roll_back(self) -> Rotation:
        """Lead the rotation under way back to the old key.

        Raises:
            ConfigError: there is none, or the old key has gone already.
        """
        rotation = self._under_way()
        if rotation is None or rotation.step in {Step.REVOKE, Step.CLEAN}:
            raise ConfigError(
                "there is no rotation under way that could be led back", hint="run: stockade rotation status"
            )
        if rotation.step not in {Step.RESTORE, Step.WAIT_BACK, Step.DISCARD}:
            rotation = self._save(self._back(rotation, "led back by hand"))
        again = self.run(start=False)
        return again or rotation

    def _under_way(self) -> Rotation | None:
        latest = self.latest()
        return latest if latest is not None and latest.state is State.RUNNING else None

    def _begin(self) -> Rotation:
        now_ms, before = self._outside.clock(), self.latest()
        old = self._acts.old_key(self._driver, before)
        fresh = Rotation(
            self._outside.new_id(), self._target.name, 1, State.RUNNING, Step.CREATE, now_ms, old_key=old
        )
        fresh = fresh.at(Step.CREATE, now_ms, f"began; the key in use is {old}")
        self._outside.store.begin(fresh)
        return fresh

    def _drive(self, rotation: Rotation) -> Rotation:
        for _ in range(_STEPS_MAX):
            now_ms = self._outside.clock()
            if rotation.state is not State.RUNNING or now_ms < rotation.not_before_ms:
                return rotation
            self._prolong(now_ms)
            after = self._next(rotation)
            rotation = self._save(after)
        raise StoreError("a rotation goes round in circles", hint="report this, with its status")

    def _prolong(self, now_ms: int) -> None:
        outside, name = self._outside, f"rotation:{self._target.name}"
        if not outside.store.lease(name, outside.holder, now_ms, now_ms + LEASE_MS):
            raise StoreError(
                "another process took this rotation over, because this one was slow",
                hint="let that process go on",
            )

    def _next(self, rotation: Rotation) -> Rotation:
        """Do the present step and return the rotation as it goes on; a failure is noted, not raised."""
        try:
            return self._acts.do(rotation, self._driver, self._outside.clock)
        except NotYetError as waiting:
            return rotation.paused(self._outside.clock(), str(waiting), wait_ms=waiting.wait_ms)
        except ByHandError as waiting:
            what = f"{waiting}: {waiting.hint}"
            return rotation.paused(self._outside.clock(), what, wait_ms=RETRY_MS)
        except SecretError as failed:
            return self._after_failure(rotation, failed)

    def _after_failure(self, rotation: Rotation, failed: SecretError) -> Rotation:
        now_ms = self._outside.clock()
        wait_ms = min(RETRY_MS * 2 ** min(rotation.attempts, 10), RETRY_MS_MAX)
        noted = rotation.failed(now_ms, f"failed: {failed}", wait_ms=wait_ms)
        refused = isinstance(failed, RefusedKeyError)
        if refused and rotation.step is Step.TEST and noted.attempts >= TEST_TRIES:
            return self._back(noted, "the new key is not accepted; going back to the old one")
        if refused and rotation.step is Step.VERIFY:
            return self._back(noted, "the new key is no longer accepted; going back to the old one")
        return noted

    def _back(self, rotation: Rotation, what: str) -> Rotation:
        return rotation.at(Step.RESTORE, self._outside.clock(), what)

    def _save(self, rotation: Rotation) -> Rotation:
        return self._outside.store.save(rotation)
