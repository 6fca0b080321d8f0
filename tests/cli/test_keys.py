from __future__ import annotations

import json

import pytest

from stockade.access.key import parse
from stockade.cli.keys import CLASSES


@pytest.mark.parametrize("key_class", CLASSES)
def test_a_key_of_each_class_is_shown_once_and_kept_nowhere(run, tmp_path, key_class):
    extra = ("--model", "small-*") if key_class in {"scoped", "development"} else ()
    made = json.loads(run("keys", "create", "--class", key_class, "--format", "json", *extra).out)
    assert parse(made["key"]).id == made["id"]
    assert made["class"] == key_class
    kept = b"".join(p.read_bytes() for p in (tmp_path / "home").rglob("*") if p.is_file())
    assert made["key"].encode() not in kept
    assert made["key"].rpartition("-")[2].encode() not in kept
    listed = run("keys", "list")
    assert made["id"] in listed.out
    assert made["key"] not in listed.out


def test_the_text_form_prints_the_key_alone(run):
    ran = run("keys", "create", "--class", "production")
    assert parse(ran.out.strip())
    assert "once" in ran.err


def test_a_scoped_key_without_models_is_refused_with_what_to_do(run):
    ran = run("keys", "create", "--class", "scoped")
    assert ran.code == 2
    assert "models" in ran.err


def test_a_revoked_key_stays_in_the_list_as_revoked(run):
    made = json.loads(run("keys", "create", "--class", "production", "--format", "json").out)
    assert run("keys", "revoke", made["id"]).code == 0
    assert json.loads(run("keys", "list", "--format", "json").out)["keys"][0]["state"] == "revoked"


def test_revoking_an_unknown_key_is_an_error(run):
    ran = run("keys", "revoke", "nosuchkey")
    assert ran.code == 3
    assert "no such" in ran.err


def test_an_empty_list_says_how_to_make_a_key(run):
    assert "keys create" in run("keys", "list").err
