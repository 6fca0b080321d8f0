"""What may be said of prices."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from stockade.config.prices import ModelPrice


def test_a_price_is_what_requests_and_answers_cost():
    price = ModelPrice.model_validate({"input": 0.15, "output": 0.6})
    assert (price.input, price.output) == (0.15, 0.6)


@pytest.mark.parametrize("price", [{}, {"input": -1}, {"input": "much"}, {"input": 1, "cached": 1}])
def test_what_is_no_price_is_refused(price):
    with pytest.raises(ValidationError):
        ModelPrice.model_validate(price)
