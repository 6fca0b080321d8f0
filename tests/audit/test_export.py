from __future__ import annotations

import csv
import io
import json

import pytest

from stockade.audit.entry import Entry
from stockade.audit.export import RENDERERS, as_csv_row, as_json_line, as_ocsf, csv_header, when

REQUEST = Entry(
    seq=7,
    at_ms=1_700_000_000_123,
    kind="request",
    body={
        "request_id": "req_1",
        "route": "/v1/chat/completions",
        "tenant": "acme",
        "model": "small",
        "upstream": "cloud",
        "action": "block",
        "status": 400,
        "findings": {"user": {"pii.email": 2}},
        "not_run": ["injection"],
    },
    key="k_1",
    key_seq=3,
    run=2,
)


def row(entry):
    header, values = csv.reader(io.StringIO((csv_header() + as_csv_row(entry)).decode()))
    return dict(zip(header, values, strict=True))


def test_a_line_of_json_holds_the_whole_entry():
    line = as_json_line(REQUEST)
    assert line.count(b"\n") == 1
    assert json.loads(line) == {
        "seq": 7,
        "at_ms": 1_700_000_000_123,
        "kind": "request",
        "run": 2,
        "key": "k_1",
        "key_seq": 3,
        "body": REQUEST.body,
    }


def test_a_row_holds_what_is_asked_for_most():
    values = row(REQUEST)
    assert (values["seq"], values["time"]) == ("7", "2023-11-14T22:13:20.123+00:00")
    assert (values["rules"], values["not_run"], values["status"]) == ("pii.email=2", "injection", "400")
    assert row(Entry(1, 1, "start", {}))["request_id"] == ""


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "=cmd|' /C calc'!A0"])
def test_no_cell_is_taken_for_a_formula(text):
    value = row(Entry(1, 1, "request", {"model": text}))["model"]
    assert not value.startswith(("=", "+", "-", "@", "\t"))


def test_a_cell_cannot_start_a_row_or_steer_a_terminal():
    text = 'a"\r\nb,\x1b[2J\u202e'
    assert as_csv_row(Entry(1, 1, "request", {"model": text})).count(b"\n") == 1
    assert row(Entry(1, 1, "request", {"model": text}))["model"].isprintable()


def test_an_event_follows_the_schema():
    event = json.loads(as_ocsf(REQUEST))
    assert (event["class_uid"], event["type_uid"], event["category_uid"]) == (6003, 600_399, 6)
    assert (event["time"], event["severity_id"]) == (1_700_000_000_123, 3)
    assert (event["action_id"], event["status_id"], event["status_code"]) == (2, 2, "400")
    assert event["actor"]["user"] == {"uid": "k_1", "domain": "acme"}
    assert event["api"]["operation"] == "/v1/chat/completions"
    assert event["enrichments"] == [{"name": "rule", "value": "pii.email", "data": {"count": 2}}]
    assert event["metadata"]["sequence"] == 7
    assert event["unmapped"]["body"] == REQUEST.body


@pytest.mark.parametrize(("kind", "activity"), [("start", 3), ("stop", 4), ("recovered", 99), ("clock", 99)])
def test_the_log_s_own_entries_are_its_life_cycle(kind, activity):
    event = json.loads(as_ocsf(Entry(1, 1, kind, {})))
    assert (event["class_uid"], event["activity_id"], event["type_uid"]) == (
        6002,
        activity,
        600_200 + activity,
    )
    assert "actor" not in event


def test_an_entry_that_says_little_still_makes_an_event():
    event = json.loads(as_ocsf(Entry(1, 1, "admin", {})))
    assert (event["status_id"], event["severity_id"], event["api"]["operation"]) == (1, 1, "admin")
    assert "action_id" not in event


@pytest.mark.parametrize("body", [{"status": "x", "action": 5, "findings": 1, "not_run": 3}, {"a": "\ud800"}])
@pytest.mark.parametrize("render", RENDERERS.values(), ids=RENDERERS.keys())
def test_a_body_of_another_shape_is_exported_all_the_same(render, body):
    assert render(Entry(1, 1, "a", body)).endswith(b"\n")


@pytest.mark.parametrize("at_ms", [10**18, -(10**18)])
def test_a_time_no_calendar_has_is_shown_as_it_stands(at_ms):
    assert when(at_ms) == str(at_ms)
