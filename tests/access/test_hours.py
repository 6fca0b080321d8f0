"""Hours: windows, nights, time zones."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from stockade.access.hours import parse_hours
from stockade.core.errors import ConfigError


def inside(text, *moment):
    return parse_hours(text).contains(int(datetime(*moment, tzinfo=UTC).timestamp() * 1000))


@pytest.mark.parametrize(
    ("text", "moment", "expected"),
    [
        ("mon-fri 08:00-18:00", (2026, 11, 23, 8, 0), True),  # a Monday
        ("mon-fri 08:00-18:00", (2026, 11, 23, 7, 59), False),
        ("mon-fri 08:00-18:00", (2026, 11, 23, 18, 0), False),
        ("mon-fri 08:00-18:00", (2026, 11, 22, 12, 0), False),
        ("08:00-18:00", (2026, 11, 22, 12, 0), True),
        ("sun 00:00-24:00", (2026, 11, 22, 23, 59), True),
        ("fri-mon 00:00-24:00", (2026, 11, 22, 1, 0), True),
        ("fri-mon 00:00-24:00", (2026, 11, 24, 1, 0), False),
        ("mon 22:00-06:00", (2026, 11, 23, 23, 0), True),
        ("mon 22:00-06:00", (2026, 11, 24, 5, 59), True),
        ("mon 22:00-06:00", (2026, 11, 24, 6, 0), False),
        ("mon 22:00-06:00", (2026, 11, 23, 5, 0), False),
        ("mon-fri 08:00-18:00 Europe/Berlin", (2026, 7, 6, 6, 30), True),  # summer: two hours ahead
        ("mon-fri 08:00-18:00 Europe/Berlin", (2026, 11, 23, 6, 30), False),  # winter: one
    ],
)
def test_a_moment_lies_inside_or_outside(text, moment, expected):
    assert inside(text, *moment) is expected


@pytest.mark.parametrize(
    "text",
    ["", "always", "8:00-18:00", "mon-fri", "25:00-26:00", "08:00-24:01", "08:00-08:00",
     "08:00-18:00 Mars/Base", "08:00-18:00 ../../etc/passwd", "MON 08:00-18:00", "08:60-09:00",
     "mon- 08:00-18:00", "08:00-18:00 "],
)  # fmt: skip
def test_what_is_no_window_is_refused_with_the_form(text):
    with pytest.raises(ConfigError) as refused:
        parse_hours(text)
    assert refused.value.hint
