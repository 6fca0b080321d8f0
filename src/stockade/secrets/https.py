"""A small HTTPS client for the managers of secrets and the identity services in front of them.

It verifies certificates, follows no redirect, bounds what it reads and how long it waits, and speaks plain
HTTP only to this machine and to the metadata addresses of clouds. It does not retry, keeps no connection and
repeats no header and no body in an error.
"""

from __future__ import annotations

import http.client
import ipaddress
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]

import orjson

from stockade.core.errors import ConfigError, SecretError

# A whole Kubernetes secret may have 1 MiB; what is larger is not an answer to any of our questions.
REPLY_BYTES_MAX = 1024 * 1024
TIMEOUT_S = 5.0
# Addresses of this machine's own metadata service, which no cloud serves over TLS.
_METADATA_HOSTS = frozenset({"169.254.169.254", "169.254.170.2", "metadata.google.internal", "localhost"})
_PIECE_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask.

    Attributes:
        method: the HTTP method.
        url: an https:// address (http:// on this machine).
        headers: what to send along; may hold credentials.
        body: the bytes of the body; may hold a secret.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)

    @classmethod
    def of_json(cls, method: str, url: str, headers: Mapping[str, str], body: object) -> Request:
        """Return a request with a JSON body."""
        return cls(method, url, {**headers, "content-type": "application/json"}, orjson.dumps(body))


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered; the body may hold a secret."""

    status: int
    body: bytes = field(repr=False)

    @property
    def ok(self) -> bool:
        """Whether the status says success."""
        return 200 <= self.status < 300

    def json(self) -> object:
        """Return the body as JSON; ``None`` where it is none."""
        try:
            parsed: object = orjson.loads(self.body)
        except orjson.JSONDecodeError:
            return None
        return parsed

    def text(self, *path: str) -> str:
        """Return the text at *path* in the JSON of the body; empty where there is none."""
        found = at(self.json(), *path)
        return found if isinstance(found, str) else ""


class Web:
    """Sends requests, through the proxy that the environment names.

    Args:
        environment: read for ``HTTPS_PROXY``, ``NO_PROXY`` and, through ``ca_variable``, a certificate file.
        ca_variable: names the file of certificates to trust instead of the system's.
        timeout_s: how long one request may take in all.
    """

    __slots__ = ("_ca_variable", "_context", "_environment", "_timeout_s")

    def __init__(
        self, environment: Mapping[str, str], *, ca_variable: str = "", timeout_s: float = TIMEOUT_S
    ) -> None:
        self._environment = environment
        self._ca_variable = ca_variable
        self._timeout_s = timeout_s
        self._context: ssl.SSLContext | None = None

    def __repr__(self) -> str:
        """Return a form without the environment, which holds secrets."""
        return "Web()"

    def send(self, request: Request) -> Reply:
        """Send *request* and return what was answered, whatever its status.

        Raises:
            ConfigError: the address cannot be used.
            SecretError: there is no answer.
        """
        secure, host, port, target = _address(request.url)
        failed = ""
        connection = self._connection(secure=secure, host=host, port=port)
        try:
            return self._exchange(connection, request, target)
        except (OSError, http.client.HTTPException, ValueError) as error:
            failed = type(error).__name__
        finally:
            connection.close()
        # Raised out here: the error of the client may hold headers, and the new one would hold it.
        raise SecretError(
            f"{host} does not answer ({failed})", hint="check the address, the network and the certificate"
        )

    def _exchange(self, connection: http.client.HTTPConnection, request: Request, target: str) -> Reply:
        deadline = time.monotonic() + self._timeout_s
        connection.request(request.method, target, body=request.body, headers=dict(request.headers))
        response = connection.getresponse()
        pieces, size = [], 0
        # A timeout of the socket starts anew with every byte; the deadline does not.
        while piece := response.read1(_PIECE_BYTES):
            size += len(piece)
            if size > REPLY_BYTES_MAX or time.monotonic() > deadline:
                raise TimeoutError
            pieces.append(piece)
        return Reply(response.status, b"".join(pieces))

    def _connection(self, *, secure: bool, host: str, port: int) -> http.client.HTTPConnection:
        if not secure:
            return http.client.HTTPConnection(host, port, timeout=self._timeout_s)
        if self._context is None:
            self._context = ssl.create_default_context(
                cafile=self._environment.get(self._ca_variable) or None
            )
        proxy = self._proxy_for(host)
        if proxy is None:
            return http.client.HTTPSConnection(host, port, timeout=self._timeout_s, context=self._context)
        tunnel = http.client.HTTPSConnection(*proxy, timeout=self._timeout_s, context=self._context)
        tunnel.set_tunnel(host, port)
        return tunnel

    def _proxy_for(self, host: str) -> tuple[str, int] | None:
        def named(name: str) -> str:
            return self._environment.get(name) or self._environment.get(name.lower(), "")

        proxy = urlsplit(named("HTTPS_PROXY"))
        if not proxy.hostname or proxy_bypass_environment(host, {"no": named("NO_PROXY")}):
            return None
        return proxy.hostname, proxy.port or 3128


def at(value: object, *path: str) -> object:
    """Return what lies at *path* in parsed JSON; ``None`` where there is nothing."""
    for name in path:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def quoted(path: str) -> str:
    """Return *path* for an address; steps to other folders are refused, since a proxy may take them.

    Raises:
        ConfigError: there is such a step.
    """
    if any(step in {"", ".", ".."} for step in path.split("/")):
        raise ConfigError(
            "the path of a reference has an empty step, . or ..", hint="name the secret by its full path"
        )
    return quote(path, safe="/")


def _address(url: str) -> tuple[bool, str, int, str]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    secure = parts.scheme == "https"
    if not host or parts.username or parts.password or not (secure or parts.scheme == "http"):
        raise ConfigError("an address of a secrets manager is malformed", hint="write https://host[:port]")
    if not secure and not _on_this_machine(host):
        raise ConfigError(
            f"secrets would travel from {host} in plain text", hint="use https://, or an agent on loopback"
        )
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return secure, host, port or (443 if secure else 80), target


def _on_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback or host in _METADATA_HOSTS
    except ValueError:
        return host in _METADATA_HOSTS
