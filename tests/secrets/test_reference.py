"""References: their forms, and that a refused text is never repeated."""

from __future__ import annotations

import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.core.errors import ConfigError
from stockade.secrets.reference import SCHEMES, Reference, is_reference

GOOD = {
    "env://OPENAI_KEY": Reference("env", "OPENAI_KEY"),
    "file:///run/secrets/key": Reference("file", "/run/secrets/key"),
    "keyring://stockade/openai": Reference("keyring", "stockade/openai"),
    "vault://secret/team/openai#key": Reference("vault", "secret/team/openai", "key"),
    "aws-sm://prod/openai": Reference("aws-sm", "prod/openai"),
    "aws-sm://prod/openai#key": Reference("aws-sm", "prod/openai", "key"),
    "azure-kv://team/openai": Reference("azure-kv", "team/openai"),
    "gcp-sm://project/openai": Reference("gcp-sm", "project/openai"),
}
BAD_PATHS = [
    "env://",
    "env://1A",
    "env://A-B",
    "env://A/B",
    "env://A B",
    "env://A\n",
    "env://Ä",
    "file://",
    "file:///",
    "file://relative/path",
    "file:////host/share",
    "file:///a\0b",
    "file:///a b",
    "keyring://service",
    "keyring:///name",
    "keyring://service/",
    "keyring://service//name",
    "vault://mount#field",
    "vault://mount/path",
    "vault://mount/path#",
    "vault://mount/path#a#b",
    "vault://mount/path#a b",
    "aws-sm://",
    "aws-sm:///name",
    "aws-sm://name#",
    "azure-kv://vault",
    "azure-kv://vault/name/version",
    "gcp-sm://project",
    "env://A#b",
    "file:///a#b",
    "env://A#",
    "keyring://a/b#c",
    "file:///\ud800",
]
LITERALS = [
    "",
    " ",
    "canary",
    "env:A",
    "env:/A",
    "://A",
    "ENV://A",
    " env://A",
    "env//A",
    "env://" + "A" * 3000,
]


@pytest.mark.parametrize("text", GOOD)
def test_a_reference_is_read_and_written_back(text):
    assert Reference.parse(text) == GOOD[text]
    assert str(GOOD[text]) == text
    assert is_reference(text)


def test_every_scheme_has_an_example_here():
    assert {reference.scheme for reference in GOOD.values()} == set(SCHEMES)


@pytest.mark.parametrize("text", BAD_PATHS)
def test_a_malformed_path_or_field_is_refused(text):
    with pytest.raises(ConfigError) as refused:
        Reference.parse(text)
    assert refused.value.hint
    assert not is_reference(text)


@pytest.mark.parametrize("text", LITERALS)
def test_a_literal_is_refused_and_the_schemes_are_listed(text):
    with pytest.raises(ConfigError, match="not as a literal") as refused:
        Reference.parse(text)
    assert all(f"{scheme}://" in refused.value.hint for scheme in SCHEMES)


def test_an_unknown_scheme_is_refused_and_the_schemes_are_listed():
    with pytest.raises(ConfigError, match="unknown scheme") as refused:
        Reference.parse("https://canary")
    assert all(f"{scheme}://" in refused.value.hint for scheme in SCHEMES)


@pytest.mark.parametrize(
    "text", ["canary", "canary://canary", "env://canary canary", "vault://canary", "file:///canary#canary"]
)
def test_a_refused_text_is_never_repeated(text):
    with pytest.raises(ConfigError) as refused:
        Reference.parse(text)
    lines = traceback.format_exception_only(refused.value)
    assert "canary" not in "".join(lines) + repr(refused.value) + refused.value.hint
    assert refused.value.__context__ is None


@given(st.text() | st.sampled_from(SCHEMES).flatmap(lambda s: st.text().map(lambda rest: f"{s}://{rest}")))
def test_any_text_is_a_reference_that_can_be_written_back_or_is_refused(text):
    if is_reference(text):
        assert str(Reference.parse(text)) == text
    else:
        with pytest.raises(ConfigError):
            Reference.parse(text)
