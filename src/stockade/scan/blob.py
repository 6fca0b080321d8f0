"""What is checked: bytes with a name; and what a name stands for when it could not be opened."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes to look into.

    Attributes:
        path: as it is reported; what is inside an archive follows a ``!``.
        data: the bytes.
        commit: the version that holds it; empty for what lies in the tree.
        added: line ranges (first, behind the last) that count; ``None``: all.
    """

    path: str
    data: bytes = field(repr=False)
    commit: str = ""
    added: tuple[tuple[int, int], ...] | None = None
