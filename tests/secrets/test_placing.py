"""Where secrets go, and what lies beside them."""

from __future__ import annotations

import pytest

from stockade.core.errors import ConfigError
from stockade.secrets.placing import beside, placed
from stockade.secrets.reference import Reference


@pytest.mark.parametrize(
    ("place", "reference"),
    [
        ("vault://secret/app", "vault://secret/app#OPENAI_KEY"),
        ("aws-sm://prod/app", "aws-sm://prod/app#OPENAI_KEY"),
        ("azure-kv://vault", "azure-kv://vault/OPENAI-KEY"),
        ("gcp-sm://project/", "gcp-sm://project/OPENAI_KEY"),
        ("keyring://stockade", "keyring://stockade/OPENAI_KEY"),
        ("file:///run/secrets", "file:///run/secrets/OPENAI_KEY"),
    ],
)
def test_a_secret_goes_where_its_place_keeps_secrets(place, reference):
    assert str(placed(place, "OPENAI_KEY")) == reference


@pytest.mark.parametrize(
    "place", ["", "env://X", "vault://", "vault://onlymount", "vault://a/b#c", "x://y", "/tmp"]
)
def test_what_is_no_place_is_refused(place):
    with pytest.raises(ConfigError):
        placed(place, "NAME")


@pytest.mark.parametrize(
    ("reference", "neighbour"),
    [
        ("vault://secret/app#key", "vault://secret/app#key-next"),
        ("aws-sm://name", "aws-sm://name-next"),
        ("aws-sm://arn:aws:x#f", "aws-sm://arn:aws:x#f-next"),
        ("azure-kv://vault/name", "azure-kv://vault/name-next"),
        ("file:///a/b", "file:///a/b-next"),
        ("keyring://s/n", "keyring://s/n-next"),
    ],
)
def test_a_neighbour_lies_in_the_same_place(reference, neighbour):
    assert str(beside(Reference.parse(reference), "-next")) == neighbour


@pytest.mark.parametrize("reference", ["env://KEY", "aws-sm://arn:aws:secretsmanager:x:1:secret:y"])
def test_what_has_no_neighbours_is_refused_with_a_way_out(reference):
    with pytest.raises(ConfigError) as failed:
        beside(Reference.parse(reference), "-next")
    assert failed.value.hint
