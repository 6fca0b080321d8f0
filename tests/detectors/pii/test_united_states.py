from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, found, labels

from stockade.detectors.pii import united_states


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(united_states.specs)


@pytest.mark.parametrize(
    "text", ["536-90-4399", "SSN 536904399", "social security 536 90 4399", "Soc Sec: 536.90.4399"]
)
def test_a_social_security_number_is_found(text):
    assert labels(united_states.specs, text) == ["US_SSN"]


@pytest.mark.parametrize(
    "text", ["536904399", "000-12-3456", "123-45-6789", "1-536-90-4399", "536-90-4399-1"]
)
def test_bare_digits_and_ranges_never_issued_are_not(text):
    assert labels(united_states.specs, text) == []


def test_the_place_of_a_number_is_exact():
    assert found(united_states.specs, "SSN: 536-90-4399.") == [("US_SSN", "536-90-4399")]
