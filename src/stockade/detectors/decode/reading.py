"""A reading: parts of a text, some of them decoded, one after the other, and where each came from.

Parts that do not belong together are kept apart by a byte that no pattern contains. It decodes nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

SEPARATOR = b"\0"


@dataclass(frozen=True, slots=True)
class Reading:
    """Decoded parts of a text with what stands beside them.

    Attributes:
        data: the parts.
        starts: where each part begins in ``data``, ascending.
        begins: where what it came from begins in the text.
        ends: where that ends.
        decoded: whether it was decoded, and not just copied.
        exact: whether each byte of it came from one byte of the text.
    """

    data: bytes = field(repr=False)
    starts: tuple[int, ...]
    begins: tuple[int, ...]
    ends: tuple[int, ...]
    decoded: tuple[bool, ...]
    exact: tuple[bool, ...]

    def original(self, start: int, end: int) -> tuple[int, int] | None:
        """Return what of the text is behind ``data[start:end]``, or ``None`` if nothing was decoded."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end - 1) - 1
        if not any(self.decoded[first : last + 1]):
            return None
        begin = self.begins[first] + (start - self.starts[first] if self.exact[first] else 0)
        stop = self.begins[last] + end - self.starts[last] if self.exact[last] else self.ends[last]
        return begin, stop


class Writer:
    """Puts a reading together, part by part.

    Args:
        outer: the reading that the text is, if it is one.
    """

    __slots__ = ("_begins", "_decoded", "_ends", "_exact", "_outer", "_parts", "_starts", "size")

    def __init__(self, outer: Reading | None = None) -> None:
        self.size = 0
        self._outer = outer
        self._parts: list[bytes] = []
        self._starts: list[int] = []
        self._begins: list[int] = []
        self._ends: list[int] = []
        self._decoded: list[bool] = []
        self._exact: list[bool] = []

    def is_new(self, begin: int, end: int) -> bool:
        """Say whether something of ``begin:end`` was not just copied there, so as to be read again."""
        return self._outer is None or self._outer.original(begin, end) is not None

    def copy(self, data: bytes, begin: int, end: int) -> None:
        """Add ``data[begin:end]`` as it is."""
        if begin < end:
            self._add(data[begin:end], begin, end, decoded=False, exact=True)

    def write(self, part: bytes, begin: int, end: int, *, exact: bool = False) -> None:
        """Add *part*, which ``begin:end`` of the text was decoded to; it may be empty."""
        self._add(part, begin, end, decoded=True, exact=exact)

    def part(self) -> None:
        """End a part: what follows has nothing to do with what came before."""
        self._parts.append(SEPARATOR)
        self.size += 1

    def reading(self) -> Reading:
        """Return what was put together."""
        return Reading(
            b"".join(self._parts),
            tuple(self._starts),
            tuple(self._begins),
            tuple(self._ends),
            tuple(self._decoded),
            tuple(self._exact),
        )

    def _add(self, part: bytes, begin: int, end: int, *, decoded: bool, exact: bool) -> None:
        self._parts.append(part)
        self._starts.append(self.size)
        self._begins.append(begin)
        self._ends.append(end)
        self._decoded.append(decoded)
        self._exact.append(exact)
        self.size += len(part)
