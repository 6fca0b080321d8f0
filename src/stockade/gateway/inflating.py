"""Compressed answers, inflated a step at a time and only as far as somebody reads.

No compression is asked for, so an answer that comes compressed all the same is a proxy's idea or a bomb: it
may be read, within a bound of its own, and what was not yet read lies here as it came, small. Only gzip and
zlib, in one member; what is cut off or followed by something else is refused.
"""

from __future__ import annotations

import zlib

from stockade.gateway.upstream_error import UpstreamError

# What one step may add to memory, and all steps together: forty times the longest text answer.
STEP_BYTES = 64 * 1024
INFLATED_BYTES_MAX = 4 * 1024 * 1024


class Inflater:
    """One compressed answer."""

    __slots__ = ("_size", "_starved", "_waiting", "_zlib")

    def __init__(self) -> None:
        # +32: zlib tells gzip from deflate by the first bytes.
        self._zlib = zlib.decompressobj(zlib.MAX_WBITS + 32)
        self._waiting = b""
        self._size = 0
        # Whether all that came is inflated. Input may be used up while output is still inside zlib.
        self._starved = True

    @property
    def waiting(self) -> int:
        """Compressed bytes that nobody has asked for yet."""
        return len(self._waiting)

    def feed(self, data: bytes) -> None:
        """Take what arrived, if anything did."""
        if data:
            self._waiting += data
            self._starved = False

    def take(self) -> bytes:
        """Return the next step of the answer; empty when more has to arrive first.

        Raises:
            UpstreamError: it is damaged (``encoding``) or too large.
        """
        if self._starved:
            return b""
        try:
            piece = self._zlib.decompress(self._waiting, STEP_BYTES)
        except zlib.error:
            raise UpstreamError("encoding") from None
        self._waiting = self._zlib.unconsumed_tail
        self._starved = not self._waiting and len(piece) < STEP_BYTES
        self._size += len(piece)
        if self._size > INFLATED_BYTES_MAX:
            raise UpstreamError("too_large")
        if self._zlib.unused_data:
            raise UpstreamError("encoding")
        return piece

    def end(self) -> None:
        """Check that the answer was whole, once there is no more to take.

        Raises:
            UpstreamError: it was cut off.
        """
        if not self._zlib.eof:
            raise UpstreamError("encoding")
