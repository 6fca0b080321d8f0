"""Secrets in AWS Secrets Manager: ``aws-sm://name``, ``aws-sm://name#field`` for a member of a JSON secret.

Credentials and region are found by ``botocore`` wherever AWS puts them. The secret may be named by its ARN,
which then names the region. It schedules no rotation of AWS's own.

``botocore`` is imported in functions: on import it tries a socket, and importing must do nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Final, Protocol

import orjson

from stockade.core.errors import SecretError
from stockade.secrets.https import TIMEOUT_S
from stockade.secrets.reference import Reference
from stockade.secrets.value import SecretValue

_MISSING = "ResourceNotFoundException"


class SecretsManager(Protocol):
    """What is used of the client."""

    def get_secret_value(self, **arguments: str) -> Mapping[str, object]:
        """Read."""
        ...

    def put_secret_value(self, **arguments: str) -> Mapping[str, object]:
        """Write a new version."""
        ...

    def create_secret(self, **arguments: str) -> Mapping[str, object]:
        """Create."""
        ...

    def delete_secret(self, **arguments: object) -> Mapping[str, object]:
        """Delete."""
        ...


class AwsSmBackend:
    """Reads and writes secrets of one account.

    Args:
        environment: read for the region; everything else ``botocore`` finds by itself.
    """

    __slots__ = ("_clients", "_environment", "_lock")

    scheme: Final = "aws-sm"

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._clients: dict[str, SecretsManager] = {}
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        """Return its name."""
        return "AwsSmBackend()"

    def read(self, reference: Reference) -> SecretValue:
        """Return the secret, or the member of it that the field names."""
        text, failed = self._text(reference)
        if failed:
            raise _failure(reference, failed)
        value = _members(text, reference).get(reference.field) if reference.field else text
        if not isinstance(value, str) or not value:
            raise SecretError(
                f"the secret {reference.path} holds no text" + (" in that field" if reference.field else ""),
                hint="check the name of the field, and that the value is text",
            )
        return SecretValue(value)

    def write(self, reference: Reference, value: SecretValue) -> None:
        """Set the secret, or one member of it; a secret that does not exist is created."""
        text, failed = self._text(reference)
        if failed not in {"", _MISSING}:
            raise _failure(reference, failed)
        new = value.reveal()
        if reference.field:
            members = {} if failed else _members(text, reference)
            new = orjson.dumps({**members, reference.field: new}).decode()
        client = self._client(reference)
        if failed:
            outcome = _code_of(lambda: client.create_secret(Name=reference.path, SecretString=new))
        else:
            outcome = _code_of(lambda: client.put_secret_value(SecretId=reference.path, SecretString=new))
        if outcome:
            raise _failure(reference, outcome)

    def retire(self, reference: Reference) -> None:
        """Remove the member, or the whole secret at once."""
        text, failed = self._text(reference)
        if failed == _MISSING:
            return
        if failed:
            raise _failure(reference, failed)
        client = self._client(reference)
        left = {}
        if reference.field:
            members = _members(text, reference)
            left = {name: members[name] for name in members if name != reference.field}
        if left:
            new = orjson.dumps(left).decode()
            outcome = _code_of(lambda: client.put_secret_value(SecretId=reference.path, SecretString=new))
        else:
            # Without the window for recovery: what is retired has been revoked, and its name is used again.
            outcome = _code_of(
                lambda: client.delete_secret(SecretId=reference.path, ForceDeleteWithoutRecovery=True)
            )
        if outcome:
            raise _failure(reference, outcome)

    def _text(self, reference: Reference) -> tuple[str, str]:
        """Return the text of the secret, and the code of the failure where there is one."""
        client, found = self._client(reference), dict[str, object]()
        failed = _code_of(lambda: found.update(client.get_secret_value(SecretId=reference.path)))
        value = found.get("SecretString", found.get("SecretBinary", ""))
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        return (value if isinstance(value, str) else ""), failed

    def _client(self, reference: Reference) -> SecretsManager:
        parts = reference.path.split(":")
        named = self._environment.get("AWS_REGION") or self._environment.get("AWS_DEFAULT_REGION", "")
        region = parts[3] if parts[0] == "arn" and len(parts) > 3 else named
        # Making a client is not safe in threads, using one is.
        with self._lock:
            client = self._clients.get(region)
            if client is None:
                client = self._clients[region] = _make_client(region)
        return client


def open_backend(environment: Mapping[str, str]) -> AwsSmBackend:
    """Return the backend; AWS is not contacted.

    Raises:
        ImportError: the package of the extra is missing.
    """
    import botocore.session  # noqa: F401 - says early that it is missing

    return AwsSmBackend(environment)


def _make_client(region: str) -> SecretsManager:
    import botocore.session
    from botocore.config import Config

    bounds = Config(connect_timeout=TIMEOUT_S, read_timeout=TIMEOUT_S, retries={"total_max_attempts": 2})
    session = botocore.session.get_session()
    client: SecretsManager = session.create_client(
        "secretsmanager", region_name=region or None, config=bounds
    )
    return client


def _code_of(act: Callable[[], object]) -> str:
    """Run *act*; return the word for its failure, and no message, since messages quote requests."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        act()
    except ClientError as failed:
        return str(failed.response.get("Error", {}).get("Code", "ClientError"))
    except BotoCoreError as failed:
        return type(failed).__name__
    return ""


def _members(text: str, reference: Reference) -> dict[str, object]:
    try:
        members = orjson.loads(text)
    except orjson.JSONDecodeError:
        members = None
    if not isinstance(members, dict):
        raise SecretError(
            f"the secret {reference.path} is not a JSON object, so it has no fields",
            hint="leave #field away, or store a JSON object",
        )
    return members


def _failure(reference: Reference, code: str) -> SecretError:
    if code == _MISSING:
        return SecretError(
            f"there is no secret {reference.path} in AWS Secrets Manager",
            hint="check its name, the account and the region",
        )
    return SecretError(
        f"AWS Secrets Manager refuses the secret {reference.path} ({code})",
        hint="check the region, the credentials and secretsmanager:GetSecretValue for this secret",
    )
