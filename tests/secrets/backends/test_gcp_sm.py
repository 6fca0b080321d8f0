"""Google Cloud Secret Manager: names, tokens that end, odd answers. The contract is in tests/contracts."""

from __future__ import annotations

import pytest
from tests.secrets.servers.google import Google
from tests.secrets.servers.stateful import served

from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.backends.gcp_sm import GcpSmBackend, open_backend
from stockade.secrets.gcp_identity import GcpIdentity
from stockade.secrets.https import Web
from stockade.secrets.reference import Reference
from stockade.secrets.value import SecretValue

HERE = Reference("gcp-sm", "project/key")


@pytest.fixture
def google():
    with served(Google()) as state:
        yield state


@pytest.fixture
def backend(google, tmp_path):
    environment = {"GCE_METADATA_HOST": google.url.removeprefix("http://"), "HOME": str(tmp_path)}
    return GcpSmBackend(Web({}), GcpIdentity(environment, Web({})), endpoint=google.url)


@pytest.mark.parametrize("path", ["../x", "p/a/b", "p/a:b", "P/x", "p/a?b", "./x"])
def test_a_name_that_could_lead_elsewhere_is_refused_before_a_token_is_asked_for(google, backend, path):
    with pytest.raises(ConfigError):
        backend.read(Reference("gcp-sm", path))
    assert google.asked == []


def test_a_token_that_was_refused_is_asked_for_once_more(google, backend):
    backend.write(HERE, SecretValue("x"))
    google.tokens.clear()
    assert backend.read(HERE).reveal() == "x"


@pytest.mark.parametrize("stored", [b"", b"\xff\xfe"])
def test_what_is_empty_or_not_text_is_a_secret_error(google, backend, stored):
    google.versions["key"] = [stored]
    with pytest.raises(SecretError, match="not text"):
        backend.read(HERE)


def test_a_secret_that_somebody_made_in_between_is_written_all_the_same(google, backend):
    google.versions["key"] = []
    backend.write(HERE, SecretValue("x"))
    assert google.versions["key"] == [b"x"]


def test_the_service_is_googles_own_unless_said_otherwise():
    assert open_backend({})._endpoint == "https://secretmanager.googleapis.com"
