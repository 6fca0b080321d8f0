"""The refusal carries what a door needs to answer."""

from __future__ import annotations

from stockade.access.refusal import AccessRefusedError
from stockade.core.errors import StockadeError


def test_a_refusal_names_its_status_its_code_and_what_to_do():
    refused = AccessRefusedError("no", status=403, code="route_not_allowed", hint="ask for another")
    assert isinstance(refused, StockadeError)
    assert (str(refused), refused.status, refused.code, refused.hint) == (
        "no",
        403,
        "route_not_allowed",
        "ask for another",
    )
