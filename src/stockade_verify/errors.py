"""The two ways in which a check ends without "verified": it is not what it claims, or it cannot be read.

They are kept apart because they are answered differently: the first is an incident, the second a wrong path.
"""

from __future__ import annotations


class ForgedError(Exception):
    """What was handed in is not what was signed.

    Attributes:
        sequence: the first entry known not to be as it was written; 0 where that is not known.
    """

    def __init__(self, message: str, *, sequence: int = 0) -> None:
        super().__init__(message)
        self.sequence = sequence


class UnreadableError(Exception):
    """What was handed in cannot be read, so nothing was checked."""
