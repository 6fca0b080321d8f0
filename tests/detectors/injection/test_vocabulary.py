from __future__ import annotations

import re

import pytest

from stockade.detectors.injection import vocabulary

NAMES = [name for name in vars(vocabulary) if name.isupper()]


@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith("_GATES")])
def test_every_list_of_words_is_one_group(name):
    pattern = getattr(vocabulary, name)
    assert re.compile(pattern)
    assert pattern.isascii()


@pytest.mark.parametrize(
    ("words", "gates"),
    [
        ("ignore", "OVERRIDE_GATES"),
        ("do not follow", "OVERRIDE_GATES"),
        ("policies", "ORDERS_GATES"),
        ("ethics", "LIMITS_GATES"),
    ],
)
def test_every_word_has_a_gate(words, gates):
    assert any(gate in words for gate in getattr(vocabulary, gates).split("|"))
