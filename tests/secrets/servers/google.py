"""Google Cloud as far as it is used, from its REST reference: tokens, metadata service, Secret Manager."""

from __future__ import annotations

import base64
import re

from tests.secrets.servers.stateful import Stateful

PATH = re.compile(r"/v1/projects/([^/]+)/secrets(?:/([^/:]+)(?:/versions/latest)?(?::(access|addVersion))?)?")


class Google(Stateful):
    """One project and whoever may read it."""

    def __init__(self):
        super().__init__()
        self.tokens = set()
        self.versions = {}

    def answer(self, asked):
        if asked.path == "/token":
            return self._exchange(asked.form)
        if asked.path == "/computeMetadata/v1/instance/service-accounts/default/token":
            return self._issue() if asked.headers.get("metadata-flavor") == "Google" else (403, {})
        if asked.path.endswith(":generateAccessToken"):
            status, body = self._issue() if asked.bearer in self.tokens else (401, {})
            return status, {"accessToken": body.get("access_token")}
        if asked.bearer not in self.tokens:
            return 401, {"error": {"status": "UNAUTHENTICATED"}}
        return self._secrets(asked)

    def _exchange(self, form):
        proof = form.get("assertion") or form.get("refresh_token") or form.get("subject_token")
        return self._issue() if proof else (400, {"error": "invalid_grant"})

    def _issue(self):
        token = f"google-{len(self.tokens)}"
        self.tokens.add(token)
        return 200, {"access_token": token, "expires_in": 3600, "token_type": "Bearer"}

    def _secrets(self, asked):
        found = PATH.fullmatch(asked.path)
        if not found:
            return 404, {"error": {"status": "NOT_FOUND"}}
        name, verb = found[2], found[3]
        if asked.method == "POST" and name is None:
            if "automatic" not in asked.json["replication"]:
                return 400, {}
            return self._create(asked.query["secretId"])
        if name not in self.versions:
            return 404, {"error": {"status": "NOT_FOUND"}}
        if asked.method == "DELETE":
            del self.versions[name]
            return 200, {}
        if verb == "addVersion":
            self.versions[name].append(base64.b64decode(asked.json["payload"]["data"], validate=True))
            return 200, {"name": f"{name}/versions/{len(self.versions[name])}"}
        if verb == "access" and self.versions[name]:
            return 200, {"payload": {"data": base64.b64encode(self.versions[name][-1]).decode()}}
        return 404, {"error": {"status": "NOT_FOUND"}}

    def _create(self, name):
        if name in self.versions:
            return 409, {"error": {"status": "ALREADY_EXISTS"}}
        self.versions[name] = []
        return 200, {"name": name}
