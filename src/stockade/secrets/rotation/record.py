"""What is remembered of a rotation: where it is, which keys it is about, and what happened. No key is in it.

It knows its JSON form and nothing of stores.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Protocol

import orjson

from stockade.core.errors import StoreError

EVENTS_MAX = 200


class Step(StrEnum):
    """What is to be done next, forward or (the last three) back."""

    CREATE = "create"
    TEST = "test"
    PUBLISH = "publish"
    WAIT = "wait"
    VERIFY = "verify"
    REVOKE = "revoke"
    CLEAN = "clean"
    RESTORE = "restore"
    WAIT_BACK = "wait-back"
    DISCARD = "discard"


class State(StrEnum):
    """Whether it goes on."""

    RUNNING = "running"
    DONE = "done"
    ROLLED_BACK = "rolled-back"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of its history.

    Attributes:
        at_ms: when.
        step: at which step.
        what: what happened, without any value.
    """

    at_ms: int
    step: Step
    what: str


@dataclass(frozen=True, slots=True)
class Rotation:
    """One rotation.

    Attributes:
        id: also the label of the new key at the provider.
        target: whose key.
        version: counts the changes, so that two writers notice each other.
        state: whether it goes on.
        step: what is to be done next.
        started_at_ms: when it began.
        old_key: the id of the key that goes.
        new_key: the id of the key that comes; empty until it was stored.
        published_at_ms: when the new key took the place of the old one; 0 before.
        not_before_ms: nothing is done before that.
        attempts: failures of the present step in a row.
        events: its history.
    """

    id: str
    target: str
    version: int
    state: State
    step: Step
    started_at_ms: int
    old_key: str = ""
    new_key: str = ""
    published_at_ms: int = 0
    not_before_ms: int = 0
    attempts: int = 0
    events: tuple[Event, ...] = ()

    def at(self, step: Step, now_ms: int, what: str, *, wait_ms: int = 0) -> Rotation:
        """Return the rotation as it goes on with *step*, and note what happened."""
        return replace(
            self._noting(now_ms, what),
            step=step,
            attempts=0,
            not_before_ms=now_ms + wait_ms if wait_ms else 0,
        )

    def failed(self, now_ms: int, what: str, *, wait_ms: int) -> Rotation:
        """Return the rotation after its step failed once more."""
        noted = self._noting(now_ms, what)
        return replace(noted, attempts=self.attempts + 1, not_before_ms=now_ms + wait_ms)

    def paused(self, now_ms: int, what: str, *, wait_ms: int) -> Rotation:
        """Return the rotation while its step has to wait for something."""
        known = bool(self.events) and (self.events[-1].what, self.events[-1].step) == (what, self.step)
        noted = self if known else self._noting(now_ms, what)
        return replace(noted, not_before_ms=now_ms + wait_ms)

    def ended(self, state: State, now_ms: int, what: str) -> Rotation:
        """Return the rotation at its end."""
        return replace(self._noting(now_ms, what), state=state, attempts=0, not_before_ms=0)

    def next_version(self) -> Rotation:
        """Return the rotation under its next version."""
        return replace(self, version=self.version + 1)

    @property
    def ended_at_ms(self) -> int:
        """When it ended; 0 while it goes on."""
        return 0 if self.state is State.RUNNING or not self.events else self.events[-1].at_ms

    def _noting(self, now_ms: int, what: str) -> Rotation:
        events = (*self.events, Event(now_ms, self.step, what))
        # The beginning says what it is about, the end what it came to.
        return replace(self, events=events[:20] + events[20:][-(EVENTS_MAX - 20) :])

    def as_dict(self) -> dict[str, object]:
        """Return the JSON form."""
        plain: dict[str, object] = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "events"}
        plain["events"] = [{"at_ms": e.at_ms, "step": e.step.value, "what": e.what} for e in self.events]
        return {**plain, "state": self.state.value, "step": self.step.value}

    def as_json(self) -> str:
        """Return the JSON form as text."""
        return orjson.dumps(self.as_dict()).decode()

    @classmethod
    def of_json(cls, text: str) -> Rotation:
        """Read the JSON form.

        Raises:
            StoreError: no release wrote it.
        """
        try:
            plain = orjson.loads(text)
            events = tuple(Event(e["at_ms"], Step(e["step"]), e["what"]) for e in plain.pop("events"))
            state, step = State(plain.pop("state")), Step(plain.pop("step"))
            return cls(**plain, state=state, step=step, events=events)
        except (orjson.JSONDecodeError, TypeError, KeyError, ValueError, AttributeError):
            pass
        raise StoreError("the record of a rotation is damaged", hint="restore the database from a backup")


class RotationStore(Protocol):
    """Remembers rotations. Every method raises ``StoreError`` when the store cannot answer."""

    def begin(self, rotation: Rotation) -> None:
        """Remember a new rotation; while one of its target goes on, that is a ``StoreError``."""
        ...

    def save(self, rotation: Rotation) -> Rotation:
        """Remember the next version and return it; one that somebody else wrote is a ``StoreError``."""
        ...

    def rotations(self, target: str) -> tuple[Rotation, ...]:
        """Return the rotations of a target, the newest first."""
        ...

    def lease(self, name: str, holder: str, now_ms: int, until_ms: int) -> bool:
        """Take or prolong what only one may hold; ``False`` while somebody else does."""
        ...

    def release(self, name: str, holder: str) -> None:
        """Give it back."""
        ...


class Traffic(Protocol):
    """Says what gateways saw of upstream keys, by fingerprint."""

    def seen(self, fingerprint: str) -> tuple[int, int]:
        """Return when a key was last used with success, and when it was last refused; 0 for never."""
        ...
