"""Secrets in Azure Key Vault: ``azure-kv://vault/name``, over its REST interface.

The name of the vault is a label of a host name and nothing else, so that a reference cannot send a token
elsewhere. Purging what was deleted is left to the vault's own retention.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.azure_identity import AzureIdentity
from stockade.secrets.https import Reply, Request, Web
from stockade.secrets.reference import Reference
from stockade.secrets.value import SecretValue

API_VERSION = "7.4"
_VAULT = re.compile(r"[A-Za-z0-9-]{3,24}")
_NAME = re.compile(r"[A-Za-z0-9-]{1,127}")
_SUFFIX = re.compile(r"[a-z0-9.-]{3,100}")


class AzureKvBackend:
    """Reads and writes secrets of key vaults.

    Args:
        web: sends the requests.
        identity: who asks.
        suffix: what follows the vault's name in the host name; other in sovereign clouds.
        endpoint: another server for all vaults, for tests.
    """

    __slots__ = ("_endpoint", "_identity", "_suffix", "_web")

    scheme: Final = "azure-kv"

    def __init__(
        self, web: Web, identity: AzureIdentity, *, suffix: str = "vault.azure.net", endpoint: str = ""
    ) -> None:
        if not _SUFFIX.fullmatch(suffix):
            raise ConfigError("the suffix of key vaults is malformed", hint="write vault.azure.net")
        self._web = web
        self._identity = identity
        self._suffix = suffix
        self._endpoint = endpoint

    def __repr__(self) -> str:
        """Return its name."""
        return "AzureKvBackend()"

    def read(self, reference: Reference) -> SecretValue:
        """Return the current version."""
        reply = self._ask(reference, "GET")
        if not reply.ok:
            raise _failure(reference, reply.status)
        value = reply.text("value")
        if not value:
            raise SecretError(f"the secret {reference.path} is empty", hint="set its value")
        return SecretValue(value)

    def write(self, reference: Reference, value: SecretValue) -> None:
        """Set a new version; a secret that does not exist is created."""
        reply = self._ask(reference, "PUT", {"value": value.reveal()})
        if not reply.ok:
            raise _failure(reference, reply.status)

    def retire(self, reference: Reference) -> None:
        """Delete the secret."""
        reply = self._ask(reference, "DELETE")
        if not reply.ok and reply.status != 404:
            raise _failure(reference, reply.status)

    def _ask(self, reference: Reference, method: str, body: object = None) -> Reply:
        url = self._url(reference)
        reply = self._send(method, url, body)
        if reply.status == 401:
            self._identity.forget()
            reply = self._send(method, url, body)
        return reply

    def _send(self, method: str, url: str, body: object) -> Reply:
        headers = {"authorization": f"Bearer {self._identity.token(f'https://{self._suffix}')}"}
        if body is None:
            return self._web.send(Request(method, url, headers))
        return self._web.send(Request.of_json(method, url, headers, body))

    def _url(self, reference: Reference) -> str:
        vault, _, name = reference.path.partition("/")
        if not _VAULT.fullmatch(vault) or not _NAME.fullmatch(name):
            raise ConfigError(
                "the path of an azure-kv:// reference is malformed",
                hint="name vault and secret in letters, digits and hyphens",
            )
        host = self._endpoint or f"https://{vault}.{self._suffix}"
        return f"{host}/secrets/{name}?api-version={API_VERSION}"


def open_backend(environment: Mapping[str, str]) -> AzureKvBackend:
    """Return the backend; Azure is not contacted."""
    web = Web(environment)
    suffix = environment.get("AZURE_KEYVAULT_DNS_SUFFIX") or "vault.azure.net"
    return AzureKvBackend(web, AzureIdentity(environment, web), suffix=suffix.lstrip("."))


def _failure(reference: Reference, status: int) -> SecretError:
    if status == 404:
        return SecretError(
            f"there is no secret {reference.path} in Azure Key Vault", hint="check vault and name"
        )
    return SecretError(
        f"Azure Key Vault refuses the secret {reference.path} (status {status})",
        hint="give this identity the role Key Vault Secrets User, or Secrets Officer to write",
    )
