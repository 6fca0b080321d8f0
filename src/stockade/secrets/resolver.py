"""Resolve references: ask the backend, remember the answer for a while, and bridge a backend's outage.

A value counts for ``ttl_ms``; then the backend is asked again. If it fails, the last good value serves
until its lease ends, after that nothing does: fail closed. Who finds somebody else already asking takes the
last good value and does not wait. A variable of the environment may hold a reference instead of a value; it
is followed once. It writes no value anywhere, and it does not retry: the next request does.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from stockade.core.errors import ConfigError, SecretError, StockadeError
from stockade.secrets.backends import EXTRAS, SecretBackend
from stockade.secrets.reference import Reference, is_reference
from stockade.secrets.value import SecretValue

# References in one configuration; what is beyond is forgotten, oldest first.
CACHE_ENTRIES_MAX = 1_000
# After a failed read the last good value serves this long before the backend is asked again, so that a
# backend that answers slowly is not waited for by every request.
RETRY_MS = 1_000


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one reference, without its value.

    Attributes:
        reference: the text of the reference.
        backend: which backend was asked.
        ok: whether it gave a value.
        reason: why not; empty where it did.
    """

    reference: str
    backend: str
    ok: bool
    reason: str


@dataclass(frozen=True, slots=True)
class _Held:
    value: SecretValue = field(repr=False)
    fresh_until_ms: int
    lease_until_ms: int


class Resolver:
    """Turns references into values, thread-safe.

    Args:
        backends: scheme to backend.
        clock: milliseconds; it must not run backwards.
        ttl_ms: how long a value counts without asking again.
        lease_ms: how long the last good value bridges an outage, from when it was read.
    """

    __slots__ = ("_backends", "_clock", "_held", "_lease_ms", "_lock", "_reading", "_ttl_ms")

    def __init__(
        self,
        backends: Mapping[str, SecretBackend],
        *,
        clock: Callable[[], int],
        ttl_ms: int = 30_000,
        lease_ms: int = 3_600_000,
    ) -> None:
        self._backends = dict(backends)
        self._clock = clock
        self._ttl_ms = ttl_ms
        self._lease_ms = lease_ms
        self._held: dict[Reference, _Held] = {}
        self._reading: dict[Reference, threading.Lock] = {}
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        """Return a form that holds no value."""
        return f"Resolver(backends={sorted(self._backends)})"

    def resolve(self, reference: Reference) -> SecretValue:
        """Return the secret that *reference* names.

        Raises:
            ConfigError: there is no backend for its scheme.
            SecretError: the backend does not give it, and the last good value is past its lease.
        """
        held = self._held.get(reference)
        if held is not None and self._clock() < held.fresh_until_ms:
            return held.value
        self._backend(reference)
        lock = self._lock_of(reference)
        # One thread asks for one reference. Where there is no value that still counts, the others wait for
        # its answer; a slow backend is not waited for by every request.
        if not lock.acquire(blocking=held is None or self._clock() >= held.lease_until_ms):
            assert held is not None
            return held.value
        try:
            held = self._held.get(reference)
            if held is not None and self._clock() < held.fresh_until_ms:
                return held.value
            return self._refresh(reference, held)
        finally:
            lock.release()

    def refresh(self, ahead_ms: int) -> tuple[Checked, ...]:
        """Read anew what was read before and counts for no longer than *ahead_ms*, and say how each fared."""
        before_ms = self._clock() + ahead_ms
        due = [ref for ref, held in list(self._held.items()) if held.fresh_until_ms <= before_ms]
        return tuple(self._refreshed(reference) for reference in due)

    def forget(self, reference: Reference) -> None:
        """Let the next question go to the backend: the secret is known to have changed."""
        with self._lock_of(reference):
            self._held.pop(reference, None)

    def check(self, references: Iterable[Reference]) -> tuple[Checked, ...]:
        """Ask the backends for every reference, past the cache, and say how each fared."""
        return tuple(self._checked(reference) for reference in references)

    def _refreshed(self, reference: Reference) -> Checked:
        try:
            with self._lock_of(reference):
                self._refresh(reference, self._held.get(reference), bridge=False)
        except StockadeError as failed:
            return Checked(str(reference), reference.scheme, ok=False, reason=str(failed))
        return Checked(str(reference), reference.scheme, ok=True, reason="")

    def _checked(self, reference: Reference) -> Checked:
        try:
            self._ask(reference)
        except StockadeError as failed:
            reason = f"{failed}: {failed.hint}" if failed.hint else str(failed)
            return Checked(str(reference), reference.scheme, ok=False, reason=reason)
        return Checked(str(reference), reference.scheme, ok=True, reason="")

    def _backend(self, reference: Reference) -> SecretBackend:
        backend = self._backends.get(reference.scheme)
        if backend is not None:
            return backend
        extra = EXTRAS.get(reference.scheme)
        hint = f"install stockade[{extra}]" if extra else "add the backend for it"
        raise ConfigError(
            f"there is no backend for {reference.scheme}:// references",
            hint=f"{hint}, or keep the secret under another scheme",
        )

    def _lock_of(self, reference: Reference) -> threading.Lock:
        with self._lock:
            if len(self._reading) >= CACHE_ENTRIES_MAX and reference not in self._reading:
                oldest = next(iter(self._reading))
                del self._reading[oldest]
                self._held.pop(oldest, None)
            return self._reading.setdefault(reference, threading.Lock())

    def _ask(self, reference: Reference) -> SecretValue:
        value = _read(self._backend(reference), reference)
        if reference.scheme != "env" or not is_reference(value.reveal()):
            return value
        behind = Reference.parse(value.reveal())
        if behind.scheme == "env":
            raise ConfigError(
                f"the environment variable {reference.path} names another variable",
                hint="let it hold the value, or a reference to where the value is kept",
            )
        return _read(self._backend(behind), behind)

    def _refresh(self, reference: Reference, held: _Held | None, *, bridge: bool = True) -> SecretValue:
        # The clock is read before the backend is asked: a slow answer is not younger for it.
        now_ms = self._clock()
        try:
            value = self._ask(reference)
        except SecretError:
            if held is None or now_ms >= held.lease_until_ms:
                self._held.pop(reference, None)
                raise
            retry_ms = min(now_ms + min(RETRY_MS, self._ttl_ms), held.lease_until_ms)
            self._held[reference] = _Held(held.value, retry_ms, held.lease_until_ms)
            if not bridge:
                raise
            return held.value
        self._held[reference] = _Held(value, now_ms + self._ttl_ms, now_ms + self._lease_ms)
        return value


def _read(backend: SecretBackend, reference: Reference) -> SecretValue:
    try:
        return backend.read(reference)
    except StockadeError:
        raise
    except Exception as failed:  # noqa: BLE001 - a backend is a foreign client library; whatever it raises
        kind = type(failed).__name__
    # Raised out here, and without the message: clients put headers and tokens into theirs, and in the
    # handler the new exception would hold the old one.
    raise SecretError(
        f"the backend for {reference.scheme}:// references failed ({kind})",
        hint="run: stockade secrets check",
    )
