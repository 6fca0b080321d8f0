"""What a sealed value belongs to: tenant, subject, purpose and record, authenticated with it.

A value opens only where all four are the same as when it was sealed, so that a row copied into another
tenant, another record or another use is noise there. It is not a secret and is not stored with the value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_LENGTH_BYTES: Final = 4
_SCHEME: Final = "stockade/binding/1"


@dataclass(frozen=True, slots=True)
class Binding:
    """Where a sealed value belongs.

    Attributes:
        tenant: whose it is.
        purpose: what kind of value it is, for example ``prompt``.
        record: which one.
        subject: the person it is about, or empty.
    """

    tenant: str
    purpose: str
    record: str
    subject: str = ""

    def encode(self) -> bytes:
        """Return the bytes that are authenticated; no two different bindings give the same."""
        return joined(_SCHEME, self.tenant, self.subject, self.purpose, self.record)


def joined(*parts: str) -> bytes:
    """Return *parts* with the length of each in front of it."""
    # surrogatepass: what comes from outside may not be well-formed, and must still be told apart.
    raw = [part.encode("utf-8", "surrogatepass") for part in parts]
    return b"".join(len(part).to_bytes(_LENGTH_BYTES, "big") + part for part in raw)
