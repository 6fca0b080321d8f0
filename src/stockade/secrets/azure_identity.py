"""Tokens of Microsoft Entra ID for this workload, by whichever way the environment offers.

In this order: workload identity federation, client secret, the identity endpoint of App Service, the metadata
service of a virtual machine. It signs no person in.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote, urlencode

from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.https import Reply, Request, Web, at

_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_FORM = {"content-type": "application/x-www-form-urlencoded"}
# A token is renewed so long before it ends.
_MARGIN_S = 120


class AzureIdentity:
    """Gives tokens and keeps them until shortly before they end, thread-safe.

    Args:
        environment: the variables that Azure sets for its own clients (``AZURE_TENANT_ID``, …).
        web: sends the requests.
        monotonic: seconds.
    """

    __slots__ = ("_environment", "_held", "_lock", "_now", "_web")

    def __init__(
        self, environment: Mapping[str, str], web: Web, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._environment = environment
        self._web = web
        self._now = monotonic
        self._held: dict[str, tuple[str, float]] = {}
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        """Return a form that holds no token."""
        return "AzureIdentity()"

    def token(self, resource: str) -> str:
        """Return a bearer token for *resource*, for example ``https://vault.azure.net``.

        Raises:
            SecretError: nobody gives one.
        """
        with self._lock:
            token, until = self._held.get(resource, ("", 0.0))
            if self._now() < until:
                return token
            reply = self._web.send(self._request(resource))
            token = reply.text("access_token")
            if not reply.ok or not token:
                raise SecretError(
                    f"Entra ID gives no token (status {reply.status})",
                    hint="check AZURE_TENANT_ID, AZURE_CLIENT_ID and what proves the identity",
                )
            self._held[resource] = (token, self._now() + _seconds(reply) - _MARGIN_S)
            return token

    def forget(self) -> None:
        """Ask anew for the next token: one in hand was refused."""
        with self._lock:
            self._held.clear()

    def _request(self, resource: str) -> Request:
        environment = self._environment
        tenant, client = environment.get("AZURE_TENANT_ID", ""), environment.get("AZURE_CLIENT_ID", "")
        proof = self._proof()
        if tenant and client and proof:
            authority = environment.get("AZURE_AUTHORITY_HOST", "https://login.microsoftonline.com")
            form = {
                "grant_type": "client_credentials",
                "client_id": client,
                "scope": f"{resource}/.default",
                **proof,
            }
            url = f"{authority.rstrip('/')}/{quote(tenant, safe='')}/oauth2/v2.0/token"
            return Request("POST", url, _FORM, urlencode(form).encode())
        asked = {"resource": resource, **({"client_id": client} if client else {})}
        if endpoint := environment.get("IDENTITY_ENDPOINT"):
            secret = environment.get("IDENTITY_HEADER", "")
            query = urlencode({"api-version": "2019-08-01", **asked})
            return Request("GET", f"{endpoint}?{query}", {"x-identity-header": secret})
        host = environment.get("AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://169.254.169.254").rstrip("/")
        query = urlencode({"api-version": "2018-02-01", **asked})
        return Request("GET", f"{host}/metadata/identity/oauth2/token?{query}", {"metadata": "true"})

    def _proof(self) -> dict[str, str]:
        if path := self._environment.get("AZURE_FEDERATED_TOKEN_FILE"):
            try:
                assertion = Path(path).read_text("utf-8").strip()
            except (OSError, ValueError):
                raise ConfigError(
                    "the file that AZURE_FEDERATED_TOKEN_FILE names cannot be read", hint="check its path"
                ) from None
            return {"client_assertion_type": _ASSERTION, "client_assertion": assertion}
        secret = self._environment.get("AZURE_CLIENT_SECRET")
        return {"client_secret": secret} if secret else {}


def _seconds(reply: Reply) -> int:
    # The metadata service writes numbers as text.
    seconds = at(reply.json(), "expires_in")
    if isinstance(seconds, str) and seconds.isascii() and seconds.isdecimal():
        return int(seconds[:9])
    return seconds if isinstance(seconds, int) else 600
