from __future__ import annotations

import json

import pytest


@pytest.mark.parametrize("name", ["strict", "balanced", "monitor", "default"])
def test_a_policy_is_shown_whole(run, name):
    told = json.loads(run("policy", "show", name, "--format", "json").out)
    assert told["name"] == name
    assert any("secret.*" in clause["rules"] for clause in told["clauses"])
    assert f"policy {name}@{told['digest']}" in run("policy", "show", name).out


def test_a_policy_that_does_not_exist_is_named_with_those_that_do(run):
    ran = run("policy", "show", "lenient")
    assert ran.code == 2
    assert "balanced" in ran.err


def test_check_compiles_every_policy_of_the_file(run, tmp_path):
    config = tmp_path / "s.yaml"
    config.write_text("policies:\n  default: {extends: strict}\n  quiet: {extends: monitor}\n")
    ran = run("policy", "check", "--config", str(config))
    assert ran.code == 0
    assert "quiet@" in ran.out


def test_check_says_where_a_file_is_wrong(run, tmp_path):
    config = tmp_path / "s.yaml"
    config.write_text("policies:\n  default: {extends: nothing}\n")
    ran = run("policy", "check", "--config", str(config))
    assert ran.code == 2
    assert "line 2" in ran.err


def test_a_clause_that_protects_nothing_yet_is_pointed_out(run, tmp_path):
    config = tmp_path / "s.yaml"
    config.write_text('policies:\n  default: {extends: strict, rules: {"leak.*": {action: block}}}\n')
    assert "leak.* protects nothing yet" in run("policy", "check", "--config", str(config)).err
    shown = run("policy", "show", "--config", str(config)).out
    (line,) = [line for line in shown.splitlines() if line.strip().startswith("leak.*")]
    assert "no rule of this name yet" in line
    (line,) = [line for line in shown.splitlines() if line.strip().startswith("secret.*")]
    assert "no rule" not in line
