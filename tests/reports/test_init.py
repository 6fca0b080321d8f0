from __future__ import annotations

import pytest
from tests.reports.samples import CLEAN, FULL

from stockade.reports import FORMATS


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_utf_8_and_ends_its_last_line(name):
    for report in (FULL, CLEAN):
        assert FORMATS[name](report).decode().endswith("\n")


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_steers_a_terminal(name):
    made = FORMATS[name](FULL)
    assert b"\x1b" not in made
    if name not in {"json", "sarif"}:
        assert "\u202e" not in made.decode()
