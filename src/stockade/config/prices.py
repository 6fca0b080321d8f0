"""What a configuration may say of the price of a model. Which price counts is not known here."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from pydantic import Field

from stockade.access.prices import Price, Prices, shipped_prices
from stockade.config.section import Section


class ModelPrice(Section):
    """The price of a model, in US dollars per million tokens."""

    input: float = Field(ge=0, le=100_000, description="Of a request.")
    output: float = Field(default=0.0, ge=0, le=100_000, description="Of an answer.")


def prices_of(own: Mapping[str, ModelPrice]) -> Prices:
    """Return the prices in force: those of a configuration before those of the package."""
    return Prices(
        shipped_prices(),
        {glob: Price(_thousandths(p.input), _thousandths(p.output)) for glob, p in own.items()},
    )


def _thousandths(dollars: float) -> int:
    # By way of text: 0.15 is meant, not the nearest binary fraction. Rounded up, never to nothing.
    exact = Decimal(str(dollars)) * 1000
    return int(exact.to_integral_value(rounding="ROUND_CEILING"))
