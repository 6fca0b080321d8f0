from __future__ import annotations

import pytest

from stockade.audit.entry import Entry
from stockade.audit.query import Wanted, query, rules_in

BODIES = [
    ("request", {"request_id": "req_1", "key_id": "k_a", "action": "allow", "model": "m"}),
    ("answer", {"request_id": "req_1", "key_id": "k_a", "outcome": "answered", "status": 200}),
    (
        "request",
        {
            "request_id": "req_2",
            "key_id": "k_b",
            "action": "block",
            "findings": {"user": {"pii.email": 2}, "document": {"injection.override": 1, "pii.email": 1}},
        },
    ),
    (
        "request",
        {"request_id": "req_3", "key_id": "k_b", "action": "flag", "monitored": {"secret.aws": "block"}},
    ),
    ("admin", {"note": "req_1 block pii.email k_a"}),
]


@pytest.fixture
def log(open_log, folder):
    """Numbers 1 (start) to 7 (stop); the test's clock counts milliseconds."""
    opened = open_log()
    for kind, body in BODIES:
        opened.record(kind, body)
    opened.close()
    return folder


START = 1_700_000_000_000


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (Wanted(), [1, 2, 3, 4, 5, 6, 7]),
        (Wanted(kind="request"), [2, 4, 5]),
        (Wanted(kind="stop"), [7]),
        (Wanted(key="k_a"), [2, 3]),
        (Wanted(key="k_"), []),
        (Wanted(request_id="req_1"), [2, 3]),
        (Wanted(action="block"), [4]),
        (Wanted(rule="pii.email"), [4]),
        (Wanted(rule="injection.*"), [4]),
        (Wanted(rule="secret.*"), [5]),
        (Wanted(rule="*"), [4, 5]),
        (Wanted(key="k_b", action="flag"), [5]),
        (Wanted(since_ms=START + 5), [6, 7]),
        (Wanted(until_ms=START + 2), [1, 2]),
        (Wanted(since_ms=START + 1, until_ms=START + 3), [2, 3]),
        (Wanted(since_ms=START + 3, until_ms=START + 3), []),
    ],
    ids=range(16),
)
def test_entries_are_found_by_what_they_say(log, wanted, numbers):
    assert [entry.seq for entry in query(log, wanted)] == numbers


@pytest.mark.parametrize("text", ['"', "\\", "é", "a\nb", "\ud800", "*"])
def test_odd_values_are_found_as_they_were_written(open_log, folder, text):
    opened = open_log()
    opened.record(
        "request", {"request_id": text, "action": text, "key_id": text, "findings": {"user": {text: 1}}}
    )
    opened.close()
    for wanted in (Wanted(request_id=text), Wanted(action=text), Wanted(key=text)):
        assert [entry.seq for entry in query(folder, wanted)] == [2]


def test_rules_are_counted_over_all_authors():
    assert rules_in(Entry(1, 1, "request", BODIES[2][1])) == {"pii.email": 3, "injection.override": 1}
    assert rules_in(Entry(1, 1, "request", BODIES[3][1])) == {"secret.aws": 0}


@pytest.mark.parametrize("body", [{"findings": 5}, {"findings": {"user": 5}}, {"monitored": []}, {}])
def test_a_body_of_another_shape_has_no_rules(body):
    assert rules_in(Entry(1, 1, "a", body)) == {}


def test_a_count_that_is_no_number_still_counts_as_found():
    assert rules_in(Entry(1, 1, "a", {"findings": {"user": {"r": "x"}}})) == {"r": 1}
