"""Secrets in Google Cloud Secret Manager: ``gcp-sm://project/name``, over its REST interface.

It reads the latest version and adds versions; old versions stay until the project's own rules remove them.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Final

from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.gcp_identity import GcpIdentity
from stockade.secrets.https import Reply, Request, Web
from stockade.secrets.reference import Reference
from stockade.secrets.value import SecretValue

_PROJECT = re.compile(r"[a-z0-9][a-z0-9:.-]{0,63}")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,255}")


class GcpSmBackend:
    """Reads and writes secrets of projects.

    Args:
        web: sends the requests.
        identity: who asks.
        endpoint: where the service answers.
    """

    __slots__ = ("_endpoint", "_identity", "_web")

    scheme: Final = "gcp-sm"

    def __init__(
        self, web: Web, identity: GcpIdentity, *, endpoint: str = "https://secretmanager.googleapis.com"
    ) -> None:
        self._web = web
        self._identity = identity
        self._endpoint = endpoint

    def __repr__(self) -> str:
        """Return its name."""
        return "GcpSmBackend()"

    def read(self, reference: Reference) -> SecretValue:
        """Return the latest version."""
        parent, name = _names(reference)
        reply = self._ask("GET", f"{parent}/secrets/{name}/versions/latest:access")
        if not reply.ok:
            raise _failure(reference, reply.status)
        try:
            value = base64.b64decode(reply.text("payload", "data"), validate=True).decode("utf-8")
        except (binascii.Error, ValueError):
            value = ""
        if not value:
            raise SecretError(f"the secret {reference.path} is empty or not text", hint="store it as text")
        return SecretValue(value)

    def write(self, reference: Reference, value: SecretValue) -> None:
        """Add a version; a secret that does not exist is created, replicated as Google chooses."""
        parent, name = _names(reference)
        body = {"payload": {"data": base64.b64encode(value.reveal().encode()).decode()}}
        reply = self._ask("POST", f"{parent}/secrets/{name}:addVersion", body)
        if reply.status == 404:
            made = self._ask("POST", f"{parent}/secrets?secretId={name}", {"replication": {"automatic": {}}})
            # 409: somebody else made it between the two.
            if not made.ok and made.status != 409:
                raise _failure(reference, made.status)
            reply = self._ask("POST", f"{parent}/secrets/{name}:addVersion", body)
        if not reply.ok:
            raise _failure(reference, reply.status)

    def retire(self, reference: Reference) -> None:
        """Delete the secret with all its versions."""
        parent, name = _names(reference)
        reply = self._ask("DELETE", f"{parent}/secrets/{name}")
        if not reply.ok and reply.status != 404:
            raise _failure(reference, reply.status)

    def _ask(self, method: str, path: str, body: object = None) -> Reply:
        reply = self._send(method, path, body)
        if reply.status == 401:
            self._identity.forget()
            reply = self._send(method, path, body)
        return reply

    def _send(self, method: str, path: str, body: object) -> Reply:
        url = f"{self._endpoint}/v1/{path}"
        headers = {"authorization": f"Bearer {self._identity.token()}"}
        if body is None:
            return self._web.send(Request(method, url, headers))
        return self._web.send(Request.of_json(method, url, headers, body))


def open_backend(environment: Mapping[str, str]) -> GcpSmBackend:
    """Return the backend; Google Cloud is not contacted."""
    web = Web(environment)
    return GcpSmBackend(web, GcpIdentity(environment, web))


def _names(reference: Reference) -> tuple[str, str]:
    project, _, name = reference.path.partition("/")
    if not _PROJECT.fullmatch(project) or not _NAME.fullmatch(name):
        raise ConfigError(
            "the path of a gcp-sm:// reference is malformed",
            hint="write gcp-sm://project/name in letters, digits, hyphens and underscores",
        )
    return f"projects/{project}", name


def _failure(reference: Reference, status: int) -> SecretError:
    if status == 404:
        return SecretError(
            f"there is no secret {reference.path} in Secret Manager", hint="check project and name"
        )
    return SecretError(
        f"Secret Manager refuses the secret {reference.path} (status {status})",
        hint="give this identity roles/secretmanager.secretAccessor, or secretVersionAdder to write",
    )
