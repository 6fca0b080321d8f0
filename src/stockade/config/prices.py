"""What a configuration may say of the price of a model. Which price counts is not known here."""

from __future__ import annotations

from pydantic import Field

from stockade.config.section import Section


class ModelPrice(Section):
    """The price of a model, in US dollars per million tokens."""

    input: float = Field(ge=0, le=100_000, description="Of a request.")
    output: float = Field(default=0.0, ge=0, le=100_000, description="Of an answer.")
