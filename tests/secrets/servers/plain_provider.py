"""A provider that nobody has heard of, with keys over HTTP and JSON, for the driver by description."""

from __future__ import annotations

import itertools

from tests.secrets.servers.stateful import Stateful

ADMIN = "owner-" + "canary"
OPTIONS = {
    "admin_header": "x-owner: {secret}", "key_header": "authorization: Token {key}",
    "create_path": "/tokens", "create_body": '{"title": "{label}", "role": "user"}',
    "create_id": "/token/id", "create_value": "/token/secret",
    "list_path": "/tokens", "list_items": "/tokens", "item_label": "/title", "item_hint": "/shown",
    "item_last_used": "/used", "revoke_path": "/tokens/{id}", "test_path": "/me",
}  # fmt: skip


class Provider(Stateful):
    def __init__(self, clock=lambda: 1_800_000_000_000):
        super().__init__()
        self.tokens, self.clock, self._numbers = {}, clock, itertools.count(1)

    def add(self, title):
        number = next(self._numbers)
        secret = f"tok_{number:03d}" + "canary" + f"{number * 7919:06d}"
        self.tokens[number] = {"title": title, "secret": secret, "used": None}
        return number

    def answer(self, asked):
        if asked.path == "/me":
            presented = asked.headers.get("authorization", "").removeprefix("Token ")
            for token in self.tokens.values():
                if token["secret"] == presented:
                    token["used"] = self.clock() // 1000
                    return 200, {}
            return 403, {}
        if asked.headers.get("x-owner") != ADMIN:
            return 401, {}
        if asked.method == "POST":
            number = self.add(asked.json["title"])
            return 201, {"token": {"id": number, "secret": self.tokens[number]["secret"]}}
        if asked.method == "DELETE":
            number = asked.path.rpartition("/")[2]
            found = number.isdecimal() and self.tokens.pop(int(number), None)
            return (200, {}) if found else (404, {})
        return 200, {
            "tokens": [
                {
                    "id": n,
                    "title": t["title"],
                    "used": t["used"],
                    "shown": f"{t['secret'][:7]}...{t['secret'][-4:]}",
                }
                for n, t in self.tokens.items()
            ]
        }
