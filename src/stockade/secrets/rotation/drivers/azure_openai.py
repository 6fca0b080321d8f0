"""Azure OpenAI: two keys, of which one is in use; the other is made anew and takes its place.

Ending a key means making it anew as well, since a resource always has two. It needs the right
``Microsoft.CognitiveServices/accounts/regenerateKey/action``.
"""

from __future__ import annotations

from urllib.parse import quote

from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.azure_identity import AzureIdentity
from stockade.secrets.https import Reply, Request, Web
from stockade.secrets.rotation.driver import Access, Created, RefusedKeyError
from stockade.secrets.value import SecretValue

API_VERSION = "2023-05-01"
DATA_VERSION = "2024-10-21"
SLOTS = ("key1", "key2")


class AzureOpenAiDriver:
    """Rotates the keys of one resource; a key's id is ``key1`` or ``key2``."""

    __slots__ = ("_account", "_audience", "_endpoint", "_identity", "_web")

    def __init__(self, access: Access, web: Web, identity: AzureIdentity) -> None:
        self._web = web
        self._identity = identity
        arm = access.options.get("management_url", "https://management.azure.com").rstrip("/")
        self._audience = access.options.get("audience", "https://management.azure.com")
        parts = [quote(access.needed(n), safe="") for n in ("subscription", "resource_group", "account")]
        self._account = (
            f"{arm}/subscriptions/{parts[0]}/resourceGroups/{parts[1]}"
            f"/providers/Microsoft.CognitiveServices/accounts/{parts[2]}"
        )
        self._endpoint = access.options.get("endpoint", f"https://{parts[2]}.openai.azure.com").rstrip("/")

    def identify(self, value: SecretValue) -> str:
        """Return which of the two keys has this value."""
        reply = self._ask("listKeys")
        if not reply.ok:
            raise _failure("read the keys", reply.status)
        return next((slot for slot in SLOTS if SecretValue(reply.text(slot)) == value), "")

    def discard(self, label: str) -> None:
        """Do nothing: an interrupted ``create`` made a key that nobody has, and the next one replaces it."""

    def create(self, label: str, old_key_id: str) -> Created:
        """Make the key anew that is not in use."""
        del label
        if old_key_id not in SLOTS:
            raise ConfigError("it is not known which of the two keys is in use", hint="give key1 or key2")
        slot = SLOTS[1 - SLOTS.index(old_key_id)]
        return Created(slot, SecretValue(self._regenerate(slot)))

    def test(self, value: SecretValue) -> None:
        """List the models with the key."""
        url = f"{self._endpoint}/openai/models?api-version={DATA_VERSION}"
        reply = self._web.send(Request("GET", url, {"api-key": value.reveal()}))
        if reply.status in {401, 403}:
            raise RefusedKeyError(
                "Azure OpenAI does not accept the key", hint="a new key takes a few minutes"
            )
        if not reply.ok:
            raise _failure("try a key", reply.status)

    def last_used_ms(self, key_id: str) -> int | None:
        """Return nothing: Azure does not say."""
        del key_id
        return None

    def revoke(self, key_id: str) -> None:
        """Make the key anew, so that the old value is worth nothing."""
        if key_id not in SLOTS:
            raise ConfigError("it is not known which of the two keys is to go", hint="give key1 or key2")
        self._regenerate(key_id)

    def _regenerate(self, slot: str) -> str:
        reply = self._ask("regenerateKey", {"keyName": slot.capitalize()})
        value = reply.text(slot)
        if not reply.ok or not value:
            raise _failure("make a key anew", reply.status)
        return value

    def _ask(self, verb: str, body: object = None) -> Reply:
        headers = {"authorization": f"Bearer {self._identity.token(self._audience)}"}
        url = f"{self._account}/{verb}?api-version={API_VERSION}"
        return self._web.send(Request.of_json("POST", url, headers, {} if body is None else body))


def open_driver(access: Access, web: Web) -> AzureOpenAiDriver:
    """Return the driver; Azure is not contacted."""
    return AzureOpenAiDriver(access, web, AzureIdentity(access.environment, web))


def _failure(what: str, status: int) -> SecretError:
    return SecretError(
        f"Azure does not let us {what} (status {status})",
        hint="check the identity and its right Microsoft.CognitiveServices/accounts/regenerateKey/action",
    )
