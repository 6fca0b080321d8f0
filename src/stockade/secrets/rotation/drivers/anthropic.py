"""Anthropic: keys are made by people in the console; they can be found, tried and switched off from here.

So a rotation stages: it says what to make and where to put it, waits for that, and does the rest. A key is
switched off, not archived: a person can switch it on again.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from stockade.core.errors import SecretError
from stockade.secrets.https import Reply, Request, Web, at
from stockade.secrets.rotation.driver import Access, ByHandError, Created, RefusedKeyError, hinted
from stockade.secrets.value import SecretValue

VERSION = "2023-06-01"
_PAGES_MAX = 100


class AnthropicDriver:
    """Rotates keys of an organization."""

    __slots__ = ("_access", "_base", "_web")

    def __init__(self, access: Access, web: Web) -> None:
        self._access = access
        self._web = web
        self._base = access.options.get("base_url", "https://api.anthropic.com").rstrip("/")

    def identify(self, value: SecretValue) -> str:
        """Return the id of the key with this value, if exactly one active key looks like it."""
        found = [
            key_id
            for key in self._keys()
            if at(key, "status") == "active" and isinstance(key_id := at(key, "id"), str)
            if isinstance(hint := at(key, "partial_key_hint"), str) and hinted(hint, value)
        ]
        return found[0] if len(found) == 1 else ""

    def discard(self, label: str) -> None:
        """Do nothing: what a person makes, no crash leaves behind."""

    def create(self, label: str, old_key_id: str) -> Created:
        """Say what a person has to do."""
        del old_key_id
        raise ByHandError(
            "Anthropic lets only people make keys", hint=f"make one called {label} in the console"
        )

    def test(self, value: SecretValue) -> None:
        """List the models with the key."""
        reply = self._send("GET", "/v1/models", value)
        if reply.status in {401, 403}:
            raise RefusedKeyError("Anthropic does not accept the key", hint="look at the keys in the console")
        if not reply.ok:
            raise _failure("try a key", reply.status)

    def last_used_ms(self, key_id: str) -> int | None:
        """Return nothing: the interface does not say."""
        del key_id
        return None

    def revoke(self, key_id: str) -> None:
        """Switch the key off."""
        path = f"/v1/organizations/api_keys/{quote(key_id, safe='')}"
        reply = self._send("POST", path, self._access.secret(), {"status": "inactive"})
        if not reply.ok and reply.status != 404:
            raise _failure("switch a key off", reply.status)

    def _keys(self) -> Iterator[object]:
        after = ""
        for _ in range(_PAGES_MAX):
            query = urlencode({"limit": 100, **({"after_id": after} if after else {})})
            reply = self._send("GET", f"/v1/organizations/api_keys?{query}", self._access.secret())
            items = at(reply.json(), "data")
            if not reply.ok or not isinstance(items, list):
                raise _failure("list the keys", reply.status)
            yield from items
            after = reply.text("last_id")
            if at(reply.json(), "has_more") is not True or not after:
                return
        raise SecretError("Anthropic's list has no end", hint="try again")

    def _send(self, method: str, path: str, key: SecretValue, body: object = None) -> Reply:
        headers = {"x-api-key": key.reveal(), "anthropic-version": VERSION}
        if body is None:
            return self._web.send(Request(method, f"{self._base}{path}", headers))
        return self._web.send(Request.of_json(method, f"{self._base}{path}", headers, body))


def open_driver(access: Access, web: Web) -> AnthropicDriver:
    """Return the driver; Anthropic is not contacted."""
    return AnthropicDriver(access, web)


def _failure(what: str, status: int) -> SecretError:
    return SecretError(
        f"Anthropic does not let us {what} (status {status})", hint="check the administration key"
    )
