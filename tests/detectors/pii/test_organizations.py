from __future__ import annotations

import pytest
from tests.detectors.pii.tables import check_table, labels

from stockade.detectors.pii import organizations


def test_every_rule_is_explained_and_fires_on_its_probe():
    check_table(organizations.specs)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Employee Jane Roe (P-7831-83)", "EMPLOYEE_ID"),
        ("Kundennummer K-2067217", "CUSTOMER_ID"),
        ("student id 20231187", "STUDENT_ID"),
        ('{"customer_id": "AC31573712"}', "CUSTOMER_ID"),
    ],
)
def test_what_it_is_for_is_found(text, label):
    assert labels(organizations.specs, text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "AC31573712",
        "employees since 2019",
        "customer service 24/7",
    ],
)
def test_what_only_looks_alike_is_left_alone(text):
    assert labels(organizations.specs, text) == []
