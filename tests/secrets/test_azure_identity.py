"""Tokens of Entra ID by every way that the environment offers."""

from __future__ import annotations

import pytest
from tests.secrets.servers.azure import Azure
from tests.secrets.servers.stateful import served

from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.azure_identity import AzureIdentity
from stockade.secrets.https import Web

VAULT = "https://vault.azure.net"


@pytest.fixture
def azure():
    with served(Azure()) as state:
        yield state


def ways(azure, folder):
    (folder / "jwt").write_text("jwt-canary\n", "utf-8")
    app = {"AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "app", "AZURE_AUTHORITY_HOST": azure.url}
    return {
        "federation": {**app, "AZURE_FEDERATED_TOKEN_FILE": str(folder / "jwt")},
        "secret": {**app, "AZURE_CLIENT_SECRET": "client-canary"},
        "app service": {"IDENTITY_ENDPOINT": f"{azure.url}/msi/token", "IDENTITY_HEADER": "header-canary"},
        "machine": {"AZURE_POD_IDENTITY_AUTHORITY_HOST": azure.url, "AZURE_CLIENT_ID": "user-assigned"},
    }


@pytest.mark.parametrize("way", ["federation", "secret", "app service", "machine"])
def test_a_token_is_given_and_kept_until_shortly_before_it_ends(azure, tmp_path, way):
    now = [0.0]
    identity = AzureIdentity(ways(azure, tmp_path)[way], Web({}), monotonic=lambda: now[0])
    first = identity.token(VAULT)
    assert azure.tokens[first] == VAULT
    now[0] = 3599 - 121
    assert identity.token(VAULT) == first
    now[0] = 3599 - 119
    assert identity.token(VAULT) != first
    assert "canary" not in repr(identity)


def test_each_resource_has_its_own_token(azure, tmp_path):
    identity = AzureIdentity(ways(azure, tmp_path)["secret"], Web({}))
    assert identity.token(VAULT) != identity.token("https://cognitiveservices.azure.com")


def test_a_wrong_secret_is_a_secret_error_that_does_not_repeat_it(azure, tmp_path):
    environment = {**ways(azure, tmp_path)["secret"], "AZURE_CLIENT_SECRET": "wrong-canary"}
    with pytest.raises(SecretError) as failed:
        AzureIdentity(environment, Web({})).token(VAULT)
    assert "canary" not in str(failed.value) + failed.value.hint


def test_a_token_file_that_is_not_there_is_a_configuration_error(azure, tmp_path):
    environment = {**ways(azure, tmp_path)["federation"], "AZURE_FEDERATED_TOKEN_FILE": "/nonexistent"}
    with pytest.raises(ConfigError):
        AzureIdentity(environment, Web({})).token(VAULT)
