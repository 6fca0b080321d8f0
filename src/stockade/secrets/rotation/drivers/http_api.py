"""Any provider whose keys have an HTTP interface with JSON, by description: paths, bodies, where answers lie.

Words in braces are replaced: ``{label}``, ``{id}``, and in headers ``{secret}`` and ``{key}``. Where a value
lies is a JSON pointer. It follows no pages and no links.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.https import Reply, Request, Web
from stockade.secrets.rotation.driver import Access, Created, RefusedKeyError, hinted
from stockade.secrets.value import SecretValue

# Option -> what it is where nothing is said.
DEFAULTS = {
    "admin_header": "authorization: Bearer {secret}",
    "key_header": "authorization: Bearer {key}",
    "create_method": "POST",
    "create_body": '{"name": "{label}"}',
    "create_id": "/id",
    "create_value": "/key",
    "list_items": "",
    "item_id": "/id",
    "item_label": "/name",
    "item_hint": "",
    "item_last_used": "",
    "revoke_method": "DELETE",
    "revoke_body": "",
}
_HEADER = re.compile(r"([A-Za-z0-9-]{1,64}):[ ]?([!-~ ]{0,500})")


class HttpDriver:
    """Rotates keys by description."""

    __slots__ = ("_access", "_options", "_web")

    def __init__(self, access: Access, web: Web) -> None:
        self._access = access
        self._web = web
        self._options = {**DEFAULTS, **access.options}
        for name in ("base_url", "create_path", "list_path", "revoke_path", "test_path"):
            access.needed(name)
        for name in ("admin_header", "key_header"):
            if not _HEADER.fullmatch(self._options[name]):
                raise ConfigError(
                    f"the option {name} is no header", hint="write authorization: Bearer {secret}"
                )

    def identify(self, value: SecretValue) -> str:
        """Return the id of the key with this value, if the list has hints and exactly one fits."""
        pointer = self._options["item_hint"]
        if not pointer:
            return ""
        found = [item for item in self._items() if hinted(_text(item, pointer), value)]
        return _text(found[0], self._options["item_id"]) if len(found) == 1 else ""

    def discard(self, label: str) -> None:
        """End the keys that are called *label*."""
        for item in self._items():
            if _text(item, self._options["item_label"]) == label:
                self.revoke(_text(item, self._options["item_id"]))

    def create(self, label: str, old_key_id: str) -> Created:
        """Make a key called *label*."""
        del old_key_id
        body = self._options["create_body"].replace("{label}", label)
        reply = self._admin(self._options["create_method"], self._options["create_path"], body)
        key_id = _text(reply.json(), self._options["create_id"])
        value = _text(reply.json(), self._options["create_value"])
        if not (reply.ok and key_id and value):
            raise _failure("make a key", reply.status)
        return Created(key_id, SecretValue(value))

    def test(self, value: SecretValue) -> None:
        """Ask for the path that is described for it, with the key."""
        header = self._options["key_header"].replace("{key}", value.reveal())
        reply = self._send("GET", self._options["test_path"], header, "")
        if reply.status in {401, 403}:
            raise RefusedKeyError("the provider does not accept the key", hint="look at its keys")
        if not reply.ok:
            raise _failure("try a key", reply.status)

    def last_used_ms(self, key_id: str) -> int | None:
        """Return when the key was last used, in seconds since 1970, if the list says it."""
        pointer = self._options["item_last_used"]
        if not pointer:
            return None
        for item in self._items():
            if _text(item, self._options["item_id"]) == key_id:
                used = _at(item, pointer)
                return int(used * 1000) if isinstance(used, int | float) else 0
        raise SecretError("the provider does not list the key any more", hint="look at its keys")

    def revoke(self, key_id: str) -> None:
        """End the key."""
        path = self._options["revoke_path"].replace("{id}", quote(key_id, safe=""))
        reply = self._admin(self._options["revoke_method"], path, self._options["revoke_body"])
        if not reply.ok and reply.status not in {404, 410}:
            raise _failure("end a key", reply.status)

    def _items(self) -> list[object]:
        reply = self._admin("GET", self._options["list_path"], "")
        items = _at(reply.json(), self._options["list_items"])
        if not reply.ok or not isinstance(items, list):
            raise _failure("list the keys", reply.status)
        return items

    def _admin(self, method: str, path: str, body: str) -> Reply:
        header = self._options["admin_header"].replace("{secret}", self._access.secret().reveal())
        return self._send(method, path, header, body)

    def _send(self, method: str, path: str, header: str, body: str) -> Reply:
        name, _, value = header.partition(":")
        headers = {name.strip(): value.strip(), **({"content-type": "application/json"} if body else {})}
        url = self._options["base_url"].rstrip("/") + path
        return self._web.send(Request(method, url, headers, body.encode() if body else None))


def open_driver(access: Access, web: Web) -> HttpDriver:
    """Return the driver; nobody is contacted."""
    return HttpDriver(access, web)


def _at(value: object, pointer: str) -> object:
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict):
            value = value.get(name)
        elif isinstance(value, list) and name.isascii() and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            return None
    return value


def _text(value: object, pointer: str) -> str:
    found = _at(value, pointer)
    return found if isinstance(found, str) else str(found) if isinstance(found, int) else ""


def _failure(what: str, status: int) -> SecretError:
    return SecretError(
        f"the provider does not let us {what} (status {status})",
        hint="check the description and the credential",
    )
