"""Words, who wrote them, and where they sit. Nothing is decided here."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Trust(StrEnum):
    """How far an author is trusted; follows from the origin and nothing else."""

    TRUSTED = "trusted"
    CALLER = "caller"
    UNTRUSTED = "untrusted"


class Origin(StrEnum):
    """Who wrote a text."""

    SYSTEM = "system"
    USER = "user"
    DOCUMENT = "document"
    TOOL = "tool"
    MODEL = "model"

    @property
    def trust(self) -> Trust:
        """The trust that follows from this origin."""
        return _TRUST[self]


_TRUST = {
    Origin.SYSTEM: Trust.TRUSTED,
    Origin.USER: Trust.CALLER,
    Origin.DOCUMENT: Trust.UNTRUSTED,
    Origin.TOOL: Trust.UNTRUSTED,
    Origin.MODEL: Trust.UNTRUSTED,
}

ALL_ORIGINS = frozenset(Origin)


@dataclass(frozen=True, slots=True)
class Message:
    """One text with its author.

    Attributes:
        text: the words, as given; never part of ``repr``.
        origin: who wrote them.
        pointer: RFC 6901 pointer to the string in the provider's JSON, or empty.
    """

    text: str = field(repr=False)
    origin: Origin = Origin.USER
    pointer: str = ""
