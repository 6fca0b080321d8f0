"""What tokens cost: the table that comes with the package, and what a configuration puts in its place.

A model that no row matches has no price, and no price is invented for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib.resources import files
from types import MappingProxyType

import orjson

MODEL_CHARS_MAX = 256
_REMEMBERED_MAX = 1_000


@dataclass(frozen=True, slots=True)
class Price:
    """What a million tokens cost, in thousandths of a US dollar.

    Attributes:
        input: of a request.
        output: of an answer.
    """

    input: int
    output: int


class Prices:
    """Finds the price of a model: the longest glob that matches; the configuration's own before the shipped.

    Args:
        shipped: the table of the package.
        own: what the configuration says.
    """

    __slots__ = ("_found", "_own", "_shipped")

    def __init__(self, shipped: Mapping[str, Price], own: Mapping[str, Price] = MappingProxyType({})) -> None:
        self._shipped = dict(shipped)
        self._own = dict(own)
        self._found: dict[str, Price | None] = {}

    def price(self, model: str) -> Price | None:
        """Return the price of *model*; ``None`` where it has none."""
        if model in self._found:
            return self._found[model]
        if len(model) > MODEL_CHARS_MAX:
            return None
        found = _longest(self._own, model) or _longest(self._shipped, model)
        if len(self._found) < _REMEMBERED_MAX:
            self._found[model] = found
        return found

    def cost_micros(self, model: str, input_tokens: int, output_tokens: int) -> int | None:
        """Return what a call costs in millionths of a US dollar, rounded up; ``None`` without a price."""
        price = self.price(model)
        if price is None:
            return None
        # Thousandths of a dollar per million tokens are thousandths of a millionth per token.
        return -(-(input_tokens * price.input + output_tokens * price.output) // 1000)


def shipped_prices() -> dict[str, Price]:
    """Return the table that comes with the package."""
    table = orjson.loads(files("stockade.access").joinpath("prices.json").read_bytes())
    return {glob: Price(*price) for glob, price in table["prices"].items()}


def _longest(table: Mapping[str, Price], model: str) -> Price | None:
    matching = [glob for glob in table if fnmatchcase(model, glob)]
    return table[max(matching, key=len)] if matching else None
