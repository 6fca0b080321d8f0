"""A secret in memory that cannot be printed by accident.

It does not wipe memory: Python copies strings where it likes, and a promise that cannot be kept is worse
than none.
"""

from __future__ import annotations

import hmac


class SecretValue:
    """A secret text; only ``reveal`` gives it, no other form holds it."""

    __slots__ = ("__text",)

    def __init__(self, text: str) -> None:
        self.__text = text

    def reveal(self) -> str:
        """Return the text."""
        return self.__text

    def __repr__(self) -> str:
        return "SecretValue(***)"

    def __format__(self, specification: str) -> str:
        # "{:>20}" would otherwise raise, and somebody would write reveal() to mend it.
        return format(repr(self), specification)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SecretValue):
            return NotImplemented
        return hmac.compare_digest(_bytes(self.__text), _bytes(other.reveal()))

    # Not hashable: a dictionary of secrets would compare hashes of them, which takes a telling time.
    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[object, ...]:
        # Pickling and copying would write the text where nobody asked for it.
        raise TypeError("a secret cannot be pickled or copied")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
