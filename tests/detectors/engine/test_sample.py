from __future__ import annotations

import re

import pytest

from stockade.detectors.engine.sample import sample

PATTERNS = (
    r"AKIA[A-Z0-9]{16}",
    r"sk-[A-Za-z0-9_-]{20,200}T3BlbkFJ[A-Za-z0-9]{20}",
    r"(?:live|test)_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}",
    r"a?b\d{2,}c{0,3}",
    r"\w{4}\.[A-F\d]{3}\-x",
    r"(?:)x[+/=.\\-]{6}",
    r"[MNO][A-Za-z0-9_-]{23,25}",
    r"a|bb|ccc",
)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_sample_is_a_match_of_its_pattern(pattern):
    assert re.fullmatch(pattern, sample(pattern))


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_same_pattern_has_always_the_same_sample(pattern):
    assert sample(pattern) == sample(pattern)


def test_different_patterns_have_different_samples():
    assert sample(r"[a-z]{24}") != sample(r"(?:)[a-z]{24}")
