"""Tokens of Google Cloud for this workload: application default credentials.

It reads the file that ``GOOGLE_APPLICATION_CREDENTIALS`` or the gcloud command names (service account,
signed-in user, workload identity federation with a token in a file), else it asks the metadata service. It
runs no program that such a file may name.
"""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlencode

import orjson
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.https import Request, Web, at

SCOPE = "https://www.googleapis.com/auth/cloud-platform"
_JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_EXCHANGE_GRANT = "urn:ietf:params:oauth:grant-type:token-exchange"
_ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"  # noqa: S105 - the name of a type
_FORM = {"content-type": "application/x-www-form-urlencoded"}
_MARGIN_S = 120
_FILE_BYTES_MAX = 64 * 1024


class GcpIdentity:
    """Gives tokens and keeps one until shortly before it ends, thread-safe.

    Args:
        environment: the variables that Google's own clients read.
        web: sends the requests.
        clock: seconds since 1970, signed into the assertion of a service account.
    """

    __slots__ = ("_clock", "_environment", "_lock", "_token", "_until", "_web")

    def __init__(
        self, environment: Mapping[str, str], web: Web, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._environment = environment
        self._web = web
        self._clock = clock
        self._lock = threading.Lock()
        self._token = ""
        self._until = 0.0

    def __repr__(self) -> str:
        """Return a form that holds no token."""
        return "GcpIdentity()"

    def token(self) -> str:
        """Return a bearer token.

        Raises:
            SecretError: nobody gives one.
        """
        with self._lock:
            if self._clock() >= self._until:
                self._token, seconds = self._fetch()
                self._until = self._clock() + seconds - _MARGIN_S
            return self._token

    def forget(self) -> None:
        """Ask anew for the next token: the one in hand was refused."""
        self._until = 0.0

    def _fetch(self) -> tuple[str, int]:
        account = self._account()
        token, seconds = self._exchange(self._request(account))
        impersonate = _text(account, "service_account_impersonation_url")
        if not impersonate:
            return token, seconds
        headers = {"authorization": f"Bearer {token}"}
        reply = self._web.send(Request.of_json("POST", impersonate, headers, {"scope": [SCOPE]}))
        if not reply.ok or not reply.text("accessToken"):
            raise _no_token(reply.status)
        return reply.text("accessToken"), 3600

    def _exchange(self, request: Request) -> tuple[str, int]:
        reply = self._web.send(request)
        token, seconds = reply.text("access_token"), at(reply.json(), "expires_in")
        if not reply.ok or not token:
            raise _no_token(reply.status)
        return token, seconds if isinstance(seconds, int) else 600

    def _request(self, account: Mapping[str, object]) -> Request:
        kind = _text(account, "type")
        if not kind:
            host = self._environment.get("GCE_METADATA_HOST", "metadata.google.internal")
            url = f"http://{host}/computeMetadata/v1/instance/service-accounts/default/token"
            return Request("GET", url, {"metadata-flavor": "Google"})
        form = {
            "service_account": self._of_service_account,
            "authorized_user": _of_user,
            "external_account": _of_federation,
        }.get(kind)
        if form is None:
            raise ConfigError(
                "the credentials file of Google Cloud is of a kind that is not supported",
                hint="use a service account, workload identity federation, or the metadata service",
            )
        url = _text(account, "token_url" if kind == "external_account" else "token_uri")
        return Request(
            "POST", url or "https://oauth2.googleapis.com/token", _FORM, urlencode(form(account)).encode()
        )

    def _of_service_account(self, account: Mapping[str, object]) -> dict[str, str]:
        now = int(self._clock())
        claims = {
            "iss": _text(account, "client_email"),
            "scope": SCOPE,
            "aud": _text(account, "token_uri") or "https://oauth2.googleapis.com/token",
            "iat": now,
            "exp": now + 3600,
        }
        header = {"alg": "RS256", "typ": "JWT", "kid": _text(account, "private_key_id")}
        signed = b".".join(_base64(orjson.dumps(part)) for part in (header, claims))
        signature = _sign(_text(account, "private_key"), signed)
        return {"grant_type": _JWT_GRANT, "assertion": (signed + b"." + _base64(signature)).decode()}

    def _account(self) -> Mapping[str, object]:
        named = self._environment.get("GOOGLE_APPLICATION_CREDENTIALS")
        folder = Path(self._environment.get("HOME", "/")) / ".config/gcloud"
        path = Path(named) if named else folder / "application_default_credentials.json"
        account: object = None
        try:
            account = orjson.loads(path.read_bytes()[:_FILE_BYTES_MAX])
        except FileNotFoundError:
            if not named:
                return {}
        except (OSError, ValueError):
            account = None
        if not isinstance(account, dict):
            raise ConfigError(
                "the credentials file of Google Cloud cannot be read",
                hint="check the path in GOOGLE_APPLICATION_CREDENTIALS",
            )
        return account


def _of_user(account: Mapping[str, object]) -> dict[str, str]:
    names = ("client_id", "client_secret", "refresh_token")
    return {"grant_type": "refresh_token", **{name: _text(account, name) for name in names}}


def _of_federation(account: Mapping[str, object]) -> dict[str, str]:
    source = at(account, "credential_source", "file")
    try:
        subject = Path(source).read_text("utf-8").strip() if isinstance(source, str) else ""
    except (OSError, ValueError):
        subject = ""
    if subject and at(account, "credential_source", "format", "type") == "json":
        name = at(account, "credential_source", "format", "subject_token_field_name")
        subject = _text(_object(subject), name if isinstance(name, str) else "")
    if not subject:
        raise ConfigError(
            "the subject token of workload identity federation cannot be read from a file",
            hint="let the credentials file name credential_source.file",
        )
    return {
        "grant_type": _EXCHANGE_GRANT,
        "audience": _text(account, "audience"),
        "scope": SCOPE,
        "requested_token_type": _ACCESS_TOKEN,
        "subject_token": subject,
        "subject_token_type": _text(account, "subject_token_type"),
    }


def _object(text: str) -> Mapping[str, object]:
    try:
        parsed = orjson.loads(text)
    except orjson.JSONDecodeError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _text(account: Mapping[str, object], name: str) -> str:
    value = account.get(name)
    return value if isinstance(value, str) else ""


def _sign(pem: str, signed: bytes) -> bytes:
    try:
        key = serialization.load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ConfigError(
            "the private key of the Google service account cannot be read", hint="download the file again"
        )
    return key.sign(signed, padding.PKCS1v15(), hashes.SHA256())


def _base64(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")


def _no_token(status: int) -> SecretError:
    return SecretError(
        f"Google Cloud gives no token (status {status})",
        hint="check the credentials file, or the service account of this machine",
    )
