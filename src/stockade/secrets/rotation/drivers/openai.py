"""OpenAI: keys of service accounts in one project, through the administration interface.

The interface refuses to delete a key that belongs to a service account; the account goes instead. So each
key lives in an account of its own, and an account that holds other keys is never deleted. Keys of people
cannot be made here, but one can be replaced by the first rotation.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from stockade.core.errors import SecretError
from stockade.secrets.https import Reply, Request, Web, at
from stockade.secrets.rotation.driver import Access, Created, RefusedKeyError, hinted
from stockade.secrets.value import SecretValue

_PAGES_MAX = 100


class OpenAiDriver:
    """Rotates keys of a project. A key's id is ``service account:key``, without account for a person's."""

    __slots__ = ("_access", "_base", "_project", "_web")

    def __init__(self, access: Access, web: Web) -> None:
        self._access = access
        self._web = web
        self._base = access.options.get("base_url", "https://api.openai.com/v1").rstrip("/")
        self._project = f"/organization/projects/{quote(access.needed('project'), safe='')}"

    def identify(self, value: SecretValue) -> str:
        """Return the id of the key with this value, if exactly one key of the project looks like it."""
        found = [_id(key) for key in self._keys() if hinted(_text(key, "redacted_value"), value)]
        return found[0] if len(found) == 1 else ""

    def discard(self, label: str) -> None:
        """Delete the service accounts called *label*."""
        path = f"{self._project}/service_accounts"
        for account in list(self._pages(path)):
            if _text(account, "name") == label:
                self._delete_account(_text(account, "id"))

    def create(self, label: str, old_key_id: str) -> Created:
        """Make a service account called *label*, with its key."""
        del old_key_id
        reply = self._ask("POST", f"{self._project}/service_accounts", {"name": label})
        account, key = reply.text("id"), reply.text("api_key", "id")
        value = reply.text("api_key", "value")
        if not (reply.ok and account and key and value):
            raise _failure("make a service account", reply.status)
        return Created(f"{account}:{key}", SecretValue(value))

    def test(self, value: SecretValue) -> None:
        """List the models with the key."""
        headers = {"authorization": f"Bearer {value.reveal()}"}
        reply = self._web.send(Request("GET", f"{self._base}/models", headers))
        if reply.status in {401, 403}:
            raise RefusedKeyError("OpenAI does not accept the key", hint="look at the project's keys")
        if not reply.ok:
            raise _failure("try a key", reply.status)

    def last_used_ms(self, key_id: str) -> int | None:
        """Return when the key was last used, to the second."""
        reply = self._ask("GET", f"{self._project}/api_keys/{quote(key_id.rpartition(':')[2], safe='')}")
        if not reply.ok:
            raise _failure("read when a key was used", reply.status)
        used = at(reply.json(), "last_used_at")
        return used * 1000 if isinstance(used, int) else 0

    def revoke(self, key_id: str) -> None:
        """End the key: its service account, or itself where it is a person's."""
        account, _, key = key_id.rpartition(":")
        if not account:
            reply = self._ask("DELETE", f"{self._project}/api_keys/{quote(key, safe='')}")
            if not reply.ok and reply.status != 404:
                raise _failure("delete a key", reply.status)
            return
        others = [_id(k) for k in self._keys() if _id(k).startswith(f"{account}:") and _id(k) != key_id]
        if others:
            raise SecretError(
                "the service account of the key holds other keys, which would end with it",
                hint="move their users to other keys, then go on",
            )
        self._delete_account(account)

    def _delete_account(self, account: str) -> None:
        reply = self._ask("DELETE", f"{self._project}/service_accounts/{quote(account, safe='')}")
        if not reply.ok and reply.status != 404:
            raise _failure("delete a service account", reply.status)

    def _keys(self) -> Iterator[object]:
        return self._pages(f"{self._project}/api_keys")

    def _pages(self, path: str) -> Iterator[object]:
        after = ""
        for _ in range(_PAGES_MAX):
            query = urlencode({"limit": 100, **({"after": after} if after else {})})
            reply = self._ask("GET", f"{path}?{query}")
            items = at(reply.json(), "data")
            if not reply.ok or not isinstance(items, list):
                raise _failure("list what the project has", reply.status)
            yield from items
            if at(reply.json(), "has_more") is not True or not items:
                return
            after = reply.text("last_id") or _text(items[-1], "id")
        raise SecretError("OpenAI's list has no end", hint="try again")

    def _ask(self, method: str, path: str, body: object = None) -> Reply:
        headers = {"authorization": f"Bearer {self._access.secret().reveal()}"}
        if body is None:
            return self._web.send(Request(method, f"{self._base}{path}", headers))
        return self._web.send(Request.of_json(method, f"{self._base}{path}", headers, body))


def open_driver(access: Access, web: Web) -> OpenAiDriver:
    """Return the driver; OpenAI is not contacted."""
    return OpenAiDriver(access, web)


def _id(key: object) -> str:
    account = at(key, "owner", "service_account", "id")
    own = _text(key, "id")
    return f"{account}:{own}" if isinstance(account, str) and account else own


def _text(item: object, name: str) -> str:
    value = at(item, name)
    return value if isinstance(value, str) else ""


def _failure(what: str, status: int) -> SecretError:
    return SecretError(
        f"OpenAI does not let us {what} (status {status})",
        hint="check the administration key, its scopes and the project",
    )
