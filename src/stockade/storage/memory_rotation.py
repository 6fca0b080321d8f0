"""Rotations of provider keys in memory: for tests and demonstrations; nothing survives the process."""

from __future__ import annotations

import threading

from stockade.core.errors import StoreError
from stockade.secrets.rotation.record import Rotation, State


class MemoryRotationStore:
    """A ``RotationStore`` in memory, thread-safe."""

    __slots__ = ("_leases", "_lock", "_records")

    def __init__(self) -> None:
        self._records: dict[str, str] = {}
        self._leases: dict[str, tuple[str, int]] = {}
        self._lock = threading.Lock()

    def begin(self, rotation: Rotation) -> None:
        """Remember a new rotation; while one of its target goes on, that is a ``StoreError``."""
        with self._lock:
            known = [Rotation.of_json(text) for text in self._records.values()]
            under_way = [r for r in known if r.target == rotation.target and r.state is State.RUNNING]
            if under_way or rotation.id in self._records:
                raise StoreError(
                    f"a rotation of {rotation.target} is under way already",
                    hint="go on with it, or roll it back",
                )
            self._records[rotation.id] = rotation.as_json()

    def save(self, rotation: Rotation) -> Rotation:
        """Remember the next version and return it; one that somebody else wrote is a ``StoreError``."""
        with self._lock:
            known = self._records.get(rotation.id)
            if known is None or Rotation.of_json(known).version != rotation.version:
                raise StoreError("somebody else went on with this rotation", hint="look at its status first")
            after = rotation.next_version()
            self._records[rotation.id] = after.as_json()
            return after

    def rotations(self, target: str) -> tuple[Rotation, ...]:
        """Return the rotations of a target, the newest first."""
        known = [Rotation.of_json(text) for text in list(self._records.values())]
        mine = [rotation for rotation in known if rotation.target == target]
        return tuple(sorted(mine, key=lambda r: (r.started_at_ms, r.id), reverse=True))

    def lease(self, name: str, holder: str, now_ms: int, until_ms: int) -> bool:
        """Take or prolong what only one may hold; ``False`` while somebody else does."""
        with self._lock:
            whose, until = self._leases.get(name, (holder, 0))
            if whose != holder and until > now_ms:
                return False
            self._leases[name] = (holder, until_ms)
            return True

    def release(self, name: str, holder: str) -> None:
        """Give it back."""
        with self._lock:
            if self._leases.get(name, ("", 0))[0] == holder:
                del self._leases[name]


class MemoryTraffic:
    """What was seen of upstream keys, in memory."""

    __slots__ = ("_seen",)

    def __init__(self) -> None:
        self._seen: dict[str, tuple[int, int]] = {}

    def note(self, fingerprint: str, *, used_ms: int = 0, refused_ms: int = 0) -> None:
        """Remember that a key was used with success, or refused by its provider."""
        used, refused = self.seen(fingerprint)
        self._seen[fingerprint] = (max(used, used_ms), max(refused, refused_ms))

    def seen(self, fingerprint: str) -> tuple[int, int]:
        """Return when a key was last used with success, and when it was last refused; 0 for never."""
        return self._seen.get(fingerprint, (0, 0))
