from __future__ import annotations

import time

import pytest

from stockade.scan.marks import has_marks, is_marked


@pytest.mark.parametrize(
    "mark",
    ["# pragma: allowlist secret", "// pragma:allowlist secret", "/* pragma: whitelist secret */",
     "<!-- gitleaks:allow -->", "-- stockade:allow", "% Pragma: Allowlist Secret"],
)  # fmt: skip
def test_a_mark_silences_its_own_line_only(mark):
    text = f"first\nkey = value  {mark}\nthird = value\n"
    at, other = text.index("value"), text.rindex("value")
    assert has_marks(text)
    assert is_marked(text, at, at + 5)
    assert not is_marked(text, other, other + 5)


def test_a_mark_for_the_next_line_silences_that():
    text = "# pragma: allowlist nextline secret\nkey = value\nkey = value\n"
    first, second = text.index("value"), text.rindex("value")
    assert is_marked(text, first, first + 5)
    assert not is_marked(text, second, second + 5)


def test_a_mark_on_any_line_of_a_long_finding_counts():
    text = "BEGIN\nbody\nEND # gitleaks:allow\n"
    assert is_marked(text, 0, text.index(" #"))


def test_without_marks_nothing_is_marked():
    assert not has_marks("pragma once; allowlist = secret")


def test_one_endless_line_costs_little():
    text = "x" * 5_000_000 + " gitleaks:allow"
    begun = time.process_time()
    for at in range(0, 1_000_000, 1000):
        assert not is_marked(text, at, at + 5)
    assert time.process_time() - begun < 1
