"""Stand-ins for the outside, for our tests and for yours: a clock, a place for secrets, ready-made values.

Nothing here imitates our own code; memory stores live beside the real ones (``stockade.storage.memory``,
``stockade.audit.MemoryLog``) and pass the same contracts.
"""

from __future__ import annotations

from collections.abc import Mapping

from stockade.core.errors import SecretError
from stockade.core.message import Message, Origin
from stockade.secrets.reference import Reference
from stockade.secrets.value import SecretValue


class FakeClock:
    """Milliseconds that pass only when told to.

    Args:
        now_ms: where it starts; by default some time in 2027, so that an age is never negative by accident.

    Attributes:
        now_ms: what it shows.
    """

    __slots__ = ("now_ms",)

    def __init__(self, now_ms: int = 1_800_000_000_000) -> None:
        self.now_ms = now_ms

    def __call__(self) -> int:
        """Return the time in milliseconds."""
        return self.now_ms

    def __repr__(self) -> str:
        """Return what it shows."""
        return f"FakeClock({self.now_ms})"

    def advance(self, by_ms: int) -> None:
        """Let time pass; a negative number sets the clock back."""
        self.now_ms += by_ms


class FakeSecrets:
    """A place for secrets whose answers can be changed, and which can be made to fail.

    Args:
        scheme: of the references it reads.
        values: path (with ``#field`` where there is one) to value.

    Attributes:
        values: may be changed at any time.
        down: while true, it does not answer.
        reads: how often it was asked.
    """

    def __init__(self, scheme: str, values: Mapping[str, str]) -> None:
        self.values = dict(values)
        self.down = False
        self.reads = 0
        self._scheme = scheme

    def __repr__(self) -> str:
        """Return a form that holds no value."""
        return f"FakeSecrets({self._scheme!r}, {len(self.values)} values)"

    @property
    def scheme(self) -> str:
        """The scheme of the references it reads."""
        return self._scheme

    def read(self, reference: Reference) -> SecretValue:
        """Return the secret.

        Raises:
            SecretError: there is none, or the backend is down.
        """
        self.reads += 1
        place = reference.path + (f"#{reference.field}" if reference.field else "")
        if self.down or place not in self.values:
            raise SecretError("the backend does not answer" if self.down else "there is no such secret")
        return SecretValue(self.values[place])


def a_message(
    text: str = "Hello.", *, origin: Origin = Origin.USER, pointer: str = "/messages/0/content"
) -> Message:
    """Return a message like one out of a chat completion."""
    return Message(text, origin, pointer)
