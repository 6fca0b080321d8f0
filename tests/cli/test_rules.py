from __future__ import annotations

import json


def test_every_rule_is_listed_with_what_it_finds(run):
    told = json.loads(run("rules", "list", "--format", "json").out)["rules"]
    ids = [rule["id"] for rule in told]
    assert ids == sorted(ids)
    assert {"pii.email_address", "core.detector-failed"} <= set(ids)
    assert "E-mail" in run("rules", "list", "--family", "pii").out


def test_the_manual_of_a_rule_can_be_read(run):
    ran = run("rules", "show", "core.detector-failed")
    assert "What it finds" in ran.out
    assert json.loads(run("rules", "show", "core.detector-failed", "--format", "json").out)["manual"]


def test_an_unknown_rule_says_where_the_list_is(run):
    ran = run("rules", "show", "pii.nothing")
    assert ran.code == 2
    assert "rules list" in ran.err
