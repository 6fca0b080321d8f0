"""Dates: moved by the same days whatever their form, written as they were, or not moved at all."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from stockade.core.dates import move

FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d-%m-%Y", "%m/%d/%Y", "%d %B %Y", "%B %d, %Y", "%d %b %Y")
dates = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1))


@given(dates, st.sampled_from(FORMS), st.integers(-400, 400))
def test_a_date_keeps_its_form_and_moves_by_the_days(date, form, days):
    assume(date.month != 5 or "%b" not in form)  # May is short and long at once
    moved = move(date.strftime(form), days)
    assert datetime.datetime.strptime(moved, form).date() == date + datetime.timedelta(days)  # noqa: DTZ007


@given(dates, dates, st.integers(-400, 400))
def test_the_time_between_two_dates_survives(one, other, days):
    first, second = (datetime.date.fromisoformat(move(d.isoformat(), days)) for d in (one, other))
    assert first - second == one - other


@pytest.mark.parametrize(
    ("date", "moved"),
    [
        ("1/5/2024", "1/6/2024"),
        ("25/12/2024", "26/12/2024"),
        ("2024-1-5", "2024-1-6"),
        ("31.12.1999", "01.01.2000"),
        ("5 Mar. 1980", "6 Mar. 1980"),
        ("5-MAR-1980", "6-MAR-1980"),
        ("30 April 1980", "1 May 1980"),
        ("march 5 1980", "March 6 1980"),
    ],
)
def test_zeros_separators_and_names_are_kept(date, moved):
    assert move(date, 1) == moved


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2024-13-01",
        "30.02.2024",
        "1/5/24",
        "2024-01-05T10:00",
        "5 März 1980",
        "12-2024",
        "9999-12-31",
    ],
)
def test_what_is_no_certain_date_is_not_moved(text):
    assert move(text, 1) == ""


@given(st.text(alphabet="0123456789-/. MarchJan,", max_size=24), st.integers(-400, 400))
def test_no_text_makes_it_fail(text, days):
    assert isinstance(move(text, days), str)
