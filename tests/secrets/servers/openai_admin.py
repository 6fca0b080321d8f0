"""OpenAI's administration interface as far as it is used, from its published description, with its traps.

A key of a service account cannot be deleted; deleting the account ends all its keys. Lists have pages.
"""

from __future__ import annotations

import itertools
import re

from tests.secrets.servers.stateful import Stateful

PROJECT = "/v1/organization/projects/proj_1"
ADMIN = "sk-admin-" + "canary"
PAGE = 2


class OpenAi(Stateful):
    """One project.

    Attributes:
        accounts: id to name.
        keys: id to value, account (empty for a person's) and last use in seconds.
        clock: milliseconds.
    """

    def __init__(self, clock=lambda: 1_800_000_000_000):
        super().__init__()
        self.accounts, self.keys, self.clock = {}, {}, clock
        self._numbers = itertools.count(1)

    def add_account(self, name):
        number = next(self._numbers)
        account = f"user-{number}"
        self.accounts[account] = name
        return account, self.add_key(account)

    def add_key(self, account):
        number = next(self._numbers)
        key_id = f"key_{number}"
        value = f"sk-svcacct-{number:04d}-" + "canary" + f"{number * 7919:08d}"
        self.keys[key_id] = {"value": value, "account": account, "last_used_at": None}
        return key_id

    def live(self):
        return [key["value"] for key in self.keys.values()]

    def answer(self, asked):
        if asked.path == "/v1/models":
            return self._models(asked.bearer)
        if asked.bearer != ADMIN:
            return 401, {"error": {"code": "invalid_api_key"}}
        found = re.fullmatch(rf"{PROJECT}/(service_accounts|api_keys)(?:/([^/]+))?", asked.path)
        if not found:
            return 404, {}
        kind, item = found[1], found[2]
        if kind == "service_accounts":
            return self._accounts(asked, item)
        return self._keys(asked, item)

    def _models(self, value):
        for key in self.keys.values():
            if key["value"] == value:
                key["last_used_at"] = self.clock() // 1000
                return 200, {"data": []}
        return 401, {"error": {"code": "invalid_api_key"}}

    def _accounts(self, asked, account):
        if asked.method == "POST":
            account, key_id = self.add_account(asked.json["name"])
            key = {"id": key_id, "value": self.keys[key_id]["value"]}
            return 200, {"id": account, "name": asked.json["name"], "api_key": key}
        if asked.method == "GET":
            return self._page([{"id": a, "name": n} for a, n in self.accounts.items()], asked)
        if account not in self.accounts:
            return 404, {}
        del self.accounts[account]
        self.keys = {k: v for k, v in self.keys.items() if v["account"] != account}
        return 200, {"id": account, "deleted": True}

    def _keys(self, asked, key_id):
        if key_id is None:
            return self._page([self._shown(k) for k in self.keys], asked)
        if key_id not in self.keys:
            return 404, {}
        if asked.method == "GET":
            return 200, self._shown(key_id)
        if self.keys[key_id]["account"]:
            return 400, {"error": {"message": "the key belongs to a service account"}}
        del self.keys[key_id]
        return 200, {"deleted": True}

    def _shown(self, key_id):
        key = self.keys[key_id]
        owner = {"type": "service_account", "service_account": {"id": key["account"]}}
        return {
            "id": key_id, "redacted_value": f"{key['value'][:8]}...{key['value'][-4:]}",
            "last_used_at": key["last_used_at"], "owner": owner if key["account"] else {"type": "user"},
        }  # fmt: skip

    def _page(self, items, asked):
        ids = [item["id"] for item in items]
        start = ids.index(asked.query["after"]) + 1 if "after" in asked.query else 0
        page = items[start : start + min(PAGE, int(asked.query["limit"]))]
        more = start + len(page) < len(items)
        return 200, {"data": page, "has_more": more, "last_id": page[-1]["id"] if page else None}
