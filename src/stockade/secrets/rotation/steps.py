"""What each step of a rotation does, so that doing it twice is the same as doing it once.

Three places hold values while a rotation goes on: the reference itself, and beside it the next and the
previous value. A value is in memory only between two of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.backends import SecretBackend, WritableBackend
from stockade.secrets.placing import beside
from stockade.secrets.reference import Reference
from stockade.secrets.rotation.driver import ByHandError, Driver, fingerprint
from stockade.secrets.rotation.record import Rotation, State, Step, Traffic
from stockade.secrets.rotation.target import Target
from stockade.secrets.value import SecretValue

NEXT, PREVIOUS = "-next", "-previous"
LOOK_AGAIN_MS = 30_000


class NotYetError(Exception):
    """A step has to wait for something outside.

    Attributes:
        wait_ms: when it is worth looking again.
    """

    def __init__(self, message: str, *, wait_ms: int = LOOK_AGAIN_MS) -> None:
        super().__init__(message)
        self.wait_ms = wait_ms


@dataclass(frozen=True, slots=True)
class Acts:
    """Does the steps for one target.

    Attributes:
        target: what is rotated.
        backend: where its values are kept.
        traffic: what gateways saw of its keys.
        forget: told a reference whose value has changed.
    """

    target: Target
    backend: SecretBackend
    traffic: Traffic
    forget: Callable[[Reference], None]

    def old_key(self, driver: Driver, before: Rotation | None) -> str:
        """Return the id of the key in use.

        Raises:
            ConfigError: nobody can tell, or the reference cannot be written.
        """
        self._writable()
        current = self.backend.read(self.target.reference)
        found = driver.identify(current)
        if found:
            return found
        if before is not None:
            return before.new_key if before.state is State.DONE else before.old_key
        if self.target.current_key:
            return self.target.current_key
        raise ConfigError(
            f"the provider does not tell which of its keys {self.target.name} is",
            hint="give its id as current_key of the target",
        )

    def do(self, rotation: Rotation, driver: Driver, clock: Callable[[], int]) -> Rotation:
        """Do the present step and return the rotation as it goes on.

        Raises:
            SecretError: it failed.
            NotYetError: it has to wait.
        """
        steps: Mapping[Step, Callable[[Rotation, Driver, Callable[[], int]], Rotation]] = {
            Step.CREATE: self._create,
            Step.TEST: self._test,
            Step.PUBLISH: self._publish,
            Step.WAIT: self._waited,
            Step.VERIFY: self._verify,
            Step.REVOKE: self._revoke,
            Step.CLEAN: self._clean,
            Step.RESTORE: self._restore,
            Step.WAIT_BACK: self._waited,
            Step.DISCARD: self._discard,
        }
        return steps[rotation.step](rotation, driver, clock)

    # -- forward ------------------------------------------------------------------------------------------

    def _create(self, rotation: Rotation, driver: Driver, clock: Callable[[], int]) -> Rotation:
        try:
            driver.discard(rotation.id)
            created = driver.create(rotation.id, rotation.old_key)
            key_id = created.key_id
            self._writable().write(self._beside(NEXT), created.value)
        except ByHandError as by_hand:
            key_id = self._made_by_hand(rotation, driver, by_hand)
        made = replace(rotation, new_key=key_id)
        return made.at(Step.TEST, clock(), f"made the key {key_id} and stored it beside the one in use")

    def _made_by_hand(self, rotation: Rotation, driver: Driver, by_hand: ByHandError) -> str:
        staged = self._held(NEXT)
        if staged is None or staged == self.backend.read(self.target.reference):
            place = self._beside(NEXT)
            raise ByHandError(str(by_hand), hint=f"{by_hand.hint}; then run: stockade secrets set {place}")
        key_id = driver.identify(staged)
        if not key_id or key_id == rotation.old_key:
            raise ByHandError(
                "the key that was put in place is none of the provider's new ones", hint=by_hand.hint
            )
        return key_id

    def _test(self, rotation: Rotation, driver: Driver, clock: Callable[[], int]) -> Rotation:
        driver.test(self.backend.read(self._beside(NEXT)))
        return rotation.at(Step.PUBLISH, clock(), "the new key was tried and works")

    def _publish(self, rotation: Rotation, driver: Driver, clock: Callable[[], int]) -> Rotation:
        del driver
        live, staged = self.backend.read(self.target.reference), self.backend.read(self._beside(NEXT))
        if live != staged:
            # First the way back, then the change.
            self._writable().write(self._beside(PREVIOUS), live)
            self._writable().write(self.target.reference, staged)
        self._check_live(staged)
        now_ms = clock()
        published = replace(rotation, published_at_ms=now_ms)
        return published.at(
            Step.WAIT, now_ms, "published the new key; both work", wait_ms=self.target.propagation_ms
        )

    def _waited(self, rotation: Rotation, driver: Driver, clock: Callable[[], int]) -> Rotation:
        del driver
        step = Step.VERIFY if rotation.step is Step.WAIT else Step.DISCARD
        return rotation.at(step, clock(), "waited until the change has reached everybody")

    def _verify(self, rotation: Rotation, driver: Driver, clock: Callable[[], int]) -> Rotation:
        live = self.backend.read(self.target.reference)
        driver.test(live)
        used, refused = self.traffic.seen(fingerprint(live))
        if refused > max(used, rotation.published_at_ms):
            raise NotYetError("the new key was refused to a gateway after it was last accepted")
        self._check_silence(rotation, driver, clock())
        return rotation.at(Step.REVOKE, clock(), "the new key works, and the old one is silent")

    def _check_silence(self, rotation: Rotation, driver: Driver, now_ms: int) -> None:
        told = driver.last_used_ms(rotation.old_key)
        seen = self.traffic.seen(fingerprint(self.backend.read(self._beside(PREVIOUS))))[0]
        new_told = driver.last_used_ms(rotation.new_key)
        new_seen = self.traffic.seen(fingerprint(self.backend.read(self.target.reference)))[0]
        # In seconds, since that is how exactly providers say it.
        if max(new_told or 0, new_seen) // 1000 < rotation.published_at_ms // 1000:
            self._unless_probe_suffices("the new key has not been seen in use yet")
        if told is None and not seen and not new_seen:
            self._unless_probe_suffices("nobody can tell whether the old key is still in use")
        last = max(told or 0, seen, rotation.published_at_ms)
        if now_ms - last < self.target.quiet_ms:
            wait_ms = self.target.quiet_ms - (now_ms - last)
            raise NotYetError("the old key was in use a short while ago", wait_ms=min(wait_ms, LOOK_AGAIN_MS))

    def _unless_probe_suffices(self, what: str) -> None:
        if not self.target.probe_suffices:
            raise NotYetError(what)

    def _revoke(self, rotation: Rotation, driver: Driver, clock: Callable[[], int]) -> Rotation:
        live = self.backend.read(self.target.reference)
        if driver.identify(live) == rotation.old_key:
            raise SecretError("the key that was to be revoked is in use again", hint="roll the rotation back")
        driver.revoke(rotation.old_key)
        return rotation.at(Step.CLEAN, clock(), f"revoked the key {rotation.old_key}")

    def _clean(self, rotation: Rotation, driver: Driver, clock: Callable[[], int]) -> Rotation:
        del driver
        for suffix in (NEXT, PREVIOUS):
            self._writable().retire(self._beside(suffix))
        return rotation.ended(State.DONE, clock(), f"done; the key in use is {rotation.new_key}")

    # -- back ---------------------------------------------------------------------------------------------

    def _restore(self, rotation: Rotation, driver: Driver, clock: Callable[[], int]) -> Rotation:
        del driver
        if not rotation.new_key:
            return rotation.at(Step.DISCARD, clock(), "the new key was never stored")
        live, staged = self.backend.read(self.target.reference), self.backend.read(self._beside(NEXT))
        if live == staged:
            previous = self.backend.read(self._beside(PREVIOUS))
            self._writable().write(self.target.reference, previous)
            self._check_live(previous)
        elif not rotation.published_at_ms:
            return rotation.at(Step.DISCARD, clock(), "the old key was never replaced")
        wait_ms = self.target.propagation_ms
        return rotation.at(Step.WAIT_BACK, clock(), "published the old key again; both work", wait_ms=wait_ms)

    def _discard(self, rotation: Rotation, driver: Driver, clock: Callable[[], int]) -> Rotation:
        driver.discard(rotation.id)
        if rotation.new_key:
            driver.revoke(rotation.new_key)
        for suffix in (NEXT, PREVIOUS):
            self._writable().retire(self._beside(suffix))
        return rotation.ended(State.ROLLED_BACK, clock(), f"led back; the key in use is {rotation.old_key}")

    # -- places -------------------------------------------------------------------------------------------

    def _check_live(self, expected: SecretValue) -> None:
        if self.backend.read(self.target.reference) != expected:
            raise SecretError(
                f"{self.target.reference} does not give back what was written",
                hint="check who else writes there",
            )
        self.forget(self.target.reference)

    def _held(self, suffix: str) -> SecretValue | None:
        try:
            return self.backend.read(self._beside(suffix))
        except SecretError:
            return None

    def _beside(self, suffix: str) -> Reference:
        return beside(self.target.reference, suffix)

    def _writable(self) -> WritableBackend:
        if not isinstance(self.backend, WritableBackend):
            raise ConfigError(
                f"{self.target.reference} can only be read",
                hint="keep the key in a place that can be written",
            )
        beside(self.target.reference, NEXT)
        return self.backend
