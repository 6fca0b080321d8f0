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
        code: ``missing_key``, ``invalid_key``, ``expired_key``, ``revoked_key``, ``route_not_allowed`` or
            ``model_not_allowed``.
    """

    def __init__(self, message: str, *, status: Status, code: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.status = status
        self.code = code
