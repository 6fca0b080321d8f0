"""What may be said of prices."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from stockade.access.prices import Price
from stockade.config.prices import ModelPrice, prices_of


def test_a_price_is_what_requests_and_answers_cost():
    price = ModelPrice.model_validate({"input": 0.15, "output": 0.6})
    assert (price.input, price.output) == (0.15, 0.6)


@pytest.mark.parametrize("price", [{}, {"input": -1}, {"input": "much"}, {"input": 1, "cached": 1}])
def test_what_is_no_price_is_refused(price):
    with pytest.raises(ValidationError):
        ModelPrice.model_validate(price)


def test_own_prices_come_before_those_of_the_package_and_are_exact():
    prices = prices_of({"gpt-4o*": ModelPrice(input=0.15, output=0.0001), "ours": ModelPrice(input=0)})
    assert prices.price("gpt-4o") == Price(150, 1)
    assert prices.price("ours") == Price(0, 0)
    assert prices.price("gpt-4.1") == Price(2000, 8000)
