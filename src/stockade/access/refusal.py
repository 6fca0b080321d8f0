"""The refusal of a presented key.

It names why in one word for machines; it deliberately does not tell an unknown key from a wrong one.
"""

from __future__ import annotations

from typing import Literal

from stockade.core.errors import StockadeError

Status = Literal[401, 403, 429]


class AccessRefusedError(StockadeError):
    """A presented key may not do what it asks for.

    Attributes:
        status: the HTTP status that says the same.
        code: ``missing_key``, ``invalid_key``, ``expired_key``, ``revoked_key``; ``route_not_allowed``,
            ``model_not_allowed``, ``tool_not_allowed``, ``outside_hours``, ``network_not_allowed``,
            ``price_unknown``; ``rate_limited``, ``tokens_limited``, ``concurrency_limited``,
            ``spend_limited``.
        retry_after_s: with 429, after how many seconds it is worth trying again; 0 where waiting helps
            nothing.
    """

    def __init__(
        self, message: str, *, status: Status, code: str, hint: str = "", retry_after_s: int = 0
    ) -> None:
        super().__init__(message, hint=hint)
        self.status = status
        self.code = code
        self.retry_after_s = retry_after_s
