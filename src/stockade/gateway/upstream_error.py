"""What went wrong with an upstream, in one word; ``gateway.replies`` makes an answer of it."""

from __future__ import annotations


class UpstreamError(Exception):
    """The upstream failed. Caught inside the gateway and turned into 502, 503 or 504.

    Attributes:
        code: ``connect``, ``busy``, ``starting``, ``header``, ``timeout``, ``reset``, ``garbage``,
            ``too_large`` or ``encoding``.
        stale: the connection was an old one and died before a byte of the answer: safe to try anew.
    """

    def __init__(self, code: str, *, stale: bool = False) -> None:
        super().__init__(f"upstream failed: {code}")
        self.code = code
        self.stale = stale
