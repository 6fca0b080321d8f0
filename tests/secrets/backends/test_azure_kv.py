"""Azure Key Vault: names, tokens that end, odd answers. The contract is tested in tests/contracts."""

from __future__ import annotations

import pytest
from tests.secrets.servers.azure import Azure
from tests.secrets.servers.stateful import served

from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.azure_identity import AzureIdentity
from stockade.secrets.backends.azure_kv import AzureKvBackend, open_backend
from stockade.secrets.https import Web
from stockade.secrets.reference import Reference
from stockade.secrets.value import SecretValue

HERE = Reference("azure-kv", "our-vault/key")


@pytest.fixture
def azure():
    with served(Azure()) as state:
        yield state


@pytest.fixture
def backend(azure):
    identity = AzureIdentity({"AZURE_POD_IDENTITY_AUTHORITY_HOST": azure.url}, Web({}))
    return AzureKvBackend(Web({}), identity, endpoint=azure.url)


@pytest.mark.parametrize(
    "path", ["evil.example/x", "a/b", "our-vault/a.b", "our-vault/a_b", "v:1/x", "our-vault/"]
)
def test_a_name_that_could_lead_elsewhere_is_refused_before_a_token_is_asked_for(azure, backend, path):
    with pytest.raises(ConfigError):
        backend.read(Reference("azure-kv", path))
    assert azure.asked == []


def test_a_token_that_was_refused_is_asked_for_once_more(azure, backend):
    backend.write(HERE, SecretValue("x"))
    azure.tokens.clear()
    assert backend.read(HERE).reveal() == "x"


def test_a_name_that_lies_deleted_is_refused_with_its_status(backend):
    backend.write(HERE, SecretValue("x"))
    backend.retire(HERE)
    with pytest.raises(SecretError, match="409"):
        backend.write(HERE, SecretValue("y"))


def test_an_empty_value_is_a_secret_error(azure, backend):
    azure.versions["key"] = [""]
    with pytest.raises(SecretError, match="empty"):
        backend.read(HERE)


def test_the_host_is_made_from_vault_and_suffix_and_nothing_else():
    backend = open_backend({"AZURE_KEYVAULT_DNS_SUFFIX": ".vault.azure.cn"})
    assert backend._url(HERE) == "https://our-vault.vault.azure.cn/secrets/key?api-version=7.4"
    with pytest.raises(ConfigError):
        open_backend({"AZURE_KEYVAULT_DNS_SUFFIX": "evil.example/"})
