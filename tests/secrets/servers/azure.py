"""Azure as far as it is used: Entra ID tokens and Key Vault secrets, from their REST references."""

from __future__ import annotations

import re

from tests.secrets.servers.stateful import Stateful

SECRET = re.compile(r"/secrets/([A-Za-z0-9-]{1,127})")
TOKEN = re.compile(r"/([^/]+)/oauth2/v2\.0/token")


class Azure(Stateful):
    """One tenant, one application, one vault.

    Attributes:
        tokens: token to the scope it was given for; what is not in it is refused.
    """

    def __init__(self):
        super().__init__()
        self.tokens = {}
        self.versions = {}
        self.deleted = {}

    def answer(self, asked):
        if TOKEN.fullmatch(asked.path):
            return self._token(asked.form, asked.form.get("scope", "").removesuffix("/.default"))
        if asked.path == "/metadata/identity/oauth2/token":
            if asked.headers.get("metadata") != "true":
                return 400, {"error": "invalid_request"}
            return self._issue(asked.query["resource"], as_text=True)
        if asked.path == "/msi/token":
            if asked.headers.get("x-identity-header") != "header-canary":
                return 401, {}
            return self._issue(asked.query["resource"], as_text=True)
        return self._vault(asked)

    def _token(self, form, resource):
        proven = form.get("client_secret") == "client-canary" or form.get("client_assertion") == "jwt-canary"
        if form.get("client_id") != "app" or form.get("grant_type") != "client_credentials" or not proven:
            return 401, {"error": "invalid_client"}
        return self._issue(resource)

    def _issue(self, resource, *, as_text=False):
        token = f"entra-{len(self.tokens)}"
        self.tokens[token] = resource
        return 200, {"access_token": token, "expires_in": "3599" if as_text else 3599, "token_type": "Bearer"}

    def _vault(self, asked):
        if self.tokens.get(asked.bearer) != "https://vault.azure.net":
            return 401, {"error": {"code": "Unauthorized"}}
        found = SECRET.fullmatch(asked.path)
        if not found or not asked.query.get("api-version"):
            return 400, {"error": {"code": "BadParameter"}}
        name = found[1]
        if asked.method == "PUT":
            if name in self.deleted:
                return 409, {"error": {"code": "Conflict"}}
            self.versions.setdefault(name, []).append(asked.json["value"])
            return 200, {"value": asked.json["value"], "id": f"{self.url}/secrets/{name}/1"}
        if name not in self.versions:
            return 404, {"error": {"code": "SecretNotFound"}}
        if asked.method == "DELETE":
            self.deleted[name] = self.versions.pop(name)
            return 200, {"recoveryId": name}
        return 200, {"value": self.versions[name][-1]}
