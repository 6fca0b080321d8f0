"""Prices: the shipped table, what a configuration puts in its place, and models without a price."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockade.access.prices import Price, Prices, shipped_prices


@pytest.fixture(scope="module")
def prices():
    return Prices(shipped_prices())


def test_every_row_of_the_shipped_table_is_a_price():
    table = shipped_prices()
    assert len(table) >= 30
    assert all(isinstance(n, int) and n >= 0 for price in table.values() for n in (price.input, price.output))


@pytest.mark.parametrize(
    ("model", "price"),
    [
        ("gpt-4o", Price(2500, 10000)), ("gpt-4o-2024-08-06", Price(2500, 10000)),
        ("gpt-4o-mini-2024-07-18", Price(150, 600)), ("claude-sonnet-4-5-20250929", Price(3000, 15000)),
        ("claude-opus-4-5-20251101", Price(5000, 25000)), ("gpt-4o-audio-preview", None), ("unknown", None),
        ("", None), ("x" * 300, None),
    ],
)  # fmt: skip
def test_a_model_has_the_price_of_its_longest_row_or_none(prices, model, price):
    assert prices.price(model) == price
    assert prices.price(model) == price


def test_the_configuration_comes_before_the_shipped_table():
    prices = Prices(shipped_prices(), {"gpt-*": Price(1, 2), "gpt-4o-m*": Price(3, 4)})
    assert [prices.price(m) for m in ("gpt-4o", "gpt-4o-mini")] == [Price(1, 2), Price(3, 4)]


@given(st.integers(0, 10**7), st.integers(0, 10**7))
@settings(deadline=None)
def test_a_cost_is_exact_and_rounded_up(inputs, outputs):
    exact = Fraction(inputs * 150 + outputs * 600, 1000)
    cost = Prices(shipped_prices()).cost_micros("gpt-4o-mini", inputs, outputs)
    assert exact <= cost < exact + 1


def test_a_million_tokens_cost_what_the_list_says(prices):
    assert prices.cost_micros("gpt-4o", 1_000_000, 1_000_000) == 12_500_000
    assert prices.cost_micros("unknown", 1, 1) is None
