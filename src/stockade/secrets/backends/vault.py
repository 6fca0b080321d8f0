"""Secrets in Vault and OpenBao: ``vault://mount/path#field``, key-value engines of both versions.

The variables of the environment are those of their command lines (``VAULT_ADDR``, ``BAO_ADDR``, …). It signs
in with a token, an AppRole or a Kubernetes service account; it renews no token that it was given, that is an
agent's business.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.https import Reply, Request, Web, at, quoted
from stockade.secrets.reference import Reference
from stockade.secrets.value import SecretValue

_SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/token"
# Two writers of one secret take turns through its version number; each try is one request.
_WRITE_TRIES = 5
_HINT = "run: stockade secrets check"


class VaultBackend:
    """Reads and writes fields of key-value secrets.

    Args:
        environment: where the address and the credentials are named.
        web: sends the requests.
        monotonic: seconds, for how long a sign-in counts.
    """

    __slots__ = ("_environment", "_lock", "_mounts", "_now", "_token", "_token_until", "_web")

    scheme: Final = "vault"

    def __init__(
        self, environment: Mapping[str, str], web: Web, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._environment = environment
        self._web = web
        self._now = monotonic
        self._lock = threading.Lock()
        self._mounts: dict[str, tuple[str, bool]] = {}
        self._token = ""
        self._token_until = 0.0

    def __repr__(self) -> str:
        """Return a form that holds no token."""
        return "VaultBackend()"

    def read(self, reference: Reference) -> SecretValue:
        """Return the field."""
        fields, _ = self._fields(reference)
        value = fields.get(reference.field)
        if not isinstance(value, str) or not value:
            raise SecretError(
                f"the secret {reference.path} has no text in the field {reference.field}",
                hint="check the name of the field",
            )
        return SecretValue(value)

    def write(self, reference: Reference, value: SecretValue) -> None:
        """Set the field and leave the others of the secret as they are."""
        self._change(reference, lambda fields: {**fields, reference.field: value.reveal()})

    def retire(self, reference: Reference) -> None:
        """Remove the field; a secret without fields goes, too."""
        name = reference.field
        self._change(reference, lambda fields: {key: fields[key] for key in fields if key != name})

    # -- one secret ---------------------------------------------------------------------------------------

    def _fields(self, reference: Reference, *, missing_ok: bool = False) -> tuple[dict[str, object], int]:
        url, versioned = self._url(reference)
        reply = self._ask("GET", url)
        content = at(reply.json(), "data")
        version = at(content, "metadata", "version")
        fields = at(content, "data") if versioned else content
        if reply.ok and isinstance(fields, dict):
            return fields, version if isinstance(version, int) else 0
        if missing_ok and (reply.status == 404 or (reply.ok and fields is None)):
            return {}, version if isinstance(version, int) else 0
        raise _failure(reference, reply.status)

    def _change(
        self, reference: Reference, changed: Callable[[dict[str, object]], dict[str, object]]
    ) -> None:
        url, versioned = self._url(reference)
        status = 0
        for _ in range(_WRITE_TRIES):
            before, version = self._fields(reference, missing_ok=True)
            fields = changed(before)
            if fields == before:
                return
            body = {"options": {"cas": version}, "data": fields} if versioned else fields
            status = self._ask("POST" if fields else "DELETE", url, body if fields else None).status
            if 200 <= status < 300:
                return
            # 400: somebody wrote between our reading and writing.
            if status != 400:
                break
        raise _failure(reference, status)

    def _url(self, reference: Reference) -> tuple[str, bool]:
        """Return the address of a secret and whether its mount keeps versions, as the server says."""
        path = quoted(reference.path)
        first = path.partition("/")[0]
        mount, versioned = self._mounts.get(first, ("", True))
        if not mount:
            reply = self._ask("GET", f"{self._address()}/v1/sys/internal/ui/mounts/{path}")
            # Without the right to ask, take what nearly all mounts are.
            mount = reply.text("data", "path").strip("/") or first
            versioned = not reply.ok or at(reply.json(), "data", "options", "version") == "2"
            if reply.ok and "/" not in mount:
                self._mounts[first] = (mount, versioned)
        rest = path.removeprefix(f"{mount}/")
        return f"{self._address()}/v1/{mount}/{'data/' if versioned else ''}{rest}", versioned

    # -- the server ---------------------------------------------------------------------------------------

    def _ask(self, method: str, url: str, body: object = None) -> Reply:
        reply = self._send(method, url, body, self._signed_in())
        if reply.status == 403 and self._token_until:
            # The sign-in may have been revoked before its time.
            self._token_until = 0.0
            reply = self._send(method, url, body, self._signed_in())
        return reply

    def _send(self, method: str, url: str, body: object, token: str) -> Reply:
        headers = {"x-vault-request": "true"}
        if token:
            headers["x-vault-token"] = token
        if namespace := self._named("NAMESPACE"):
            headers["x-vault-namespace"] = namespace
        if body is None:
            return self._web.send(Request(method, url, headers))
        return self._web.send(Request.of_json(method, url, headers, body))

    def _signed_in(self) -> str:
        if token := self._named("TOKEN"):
            return token
        with self._lock:
            if self._now() >= self._token_until:
                self._sign_in()
            return self._token

    def _sign_in(self) -> None:
        path, body = self._credentials()
        if not path:
            self._token = _file(Path(self._environment.get("HOME", "/")) / ".vault-token")
            if not self._token:
                raise ConfigError(
                    "there are no credentials for vault:// references",
                    hint="set VAULT_TOKEN, VAULT_ROLE_ID and VAULT_SECRET_ID, or VAULT_KUBERNETES_ROLE",
                )
            return
        reply = self._send("POST", f"{self._address()}/v1/auth/{path}/login", body, "")
        self._token = reply.text("auth", "client_token")
        if not reply.ok or not self._token:
            raise SecretError(f"the sign-in to Vault failed (status {reply.status})", hint=_HINT)
        lease = at(reply.json(), "auth", "lease_duration")
        # Two thirds of it: a token must not end between the check and the use.
        self._token_until = self._now() + (lease if isinstance(lease, int) and lease else 3600) * 2 / 3

    def _credentials(self) -> tuple[str, dict[str, str]]:
        if role_id := self._named("ROLE_ID"):
            return self._named("APPROLE_PATH") or "approle", {
                "role_id": role_id,
                "secret_id": self._named("SECRET_ID"),
            }
        if role := self._named("KUBERNETES_ROLE"):
            path = Path(self._named("KUBERNETES_TOKEN_FILE") or _SERVICE_ACCOUNT)
            return self._named("KUBERNETES_PATH") or "kubernetes", {"role": role, "jwt": _file(path)}
        return "", {}

    def _address(self) -> str:
        return (self._named("ADDR") or "https://127.0.0.1:8200").rstrip("/")

    def _named(self, name: str) -> str:
        return self._environment.get(f"VAULT_{name}") or self._environment.get(f"BAO_{name}", "")


def open_backend(environment: Mapping[str, str]) -> VaultBackend:
    """Return the backend; the server is not contacted."""
    variable = "VAULT_CACERT" if environment.get("VAULT_CACERT") else "BAO_CACERT"
    return VaultBackend(environment, Web(environment, ca_variable=variable))


def _file(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, ValueError):
        return ""


def _failure(reference: Reference, status: int) -> SecretError:
    if status == 404:
        return SecretError(f"there is no secret {reference.path} in Vault", hint="check mount and path")
    if status == 403:
        return SecretError(
            f"Vault refuses the secret {reference.path}", hint="give the policy of this identity the path"
        )
    what = "is sealed or standing by" if status in {429, 472, 473, 503} else f"answers with status {status}"
    return SecretError(f"Vault {what} for the secret {reference.path}", hint=_HINT)
