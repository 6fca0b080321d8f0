"""Anthropic's administration interface as far as it is used, from its reference: list and switch."""

from __future__ import annotations

import re

from tests.secrets.servers.stateful import Stateful

ADMIN = "sk-ant-admin01-" + "canary"


class Anthropic(Stateful):
    """One organization; ``keys`` is id to value and status. ``make`` is what a person does in the console."""

    def __init__(self):
        super().__init__()
        self.keys = {}

    def make(self, number):
        value = f"sk-ant-api03-{number:03d}" + "canary" + f"{number * 7919:06d}"
        self.keys[f"apikey_{number}"] = {"value": value, "status": "active"}
        return value

    def answer(self, asked):
        if asked.headers.get("anthropic-version") != "2023-06-01":
            return 400, {}
        presented = asked.headers.get("x-api-key")
        if asked.path == "/v1/models":
            active = [k["value"] for k in self.keys.values() if k["status"] == "active"]
            return (200, {"data": []}) if presented in active else (401, {})
        if presented != ADMIN:
            return 401, {}
        found = re.fullmatch(r"/v1/organizations/api_keys(?:/([^/]+))?", asked.path)
        if not found:
            return 404, {}
        if found[1] is None:
            return self._page(asked)
        if found[1] not in self.keys or asked.method != "POST":
            return 404, {}
        self.keys[found[1]]["status"] = asked.json["status"]
        return 200, {}

    def _page(self, asked):
        ids = list(self.keys)
        start = ids.index(asked.query["after_id"]) + 1 if "after_id" in asked.query else 0
        page = [
            {"id": i, "status": k["status"], "partial_key_hint": f"{k['value'][:16]}...{k['value'][-4:]}"}
            for i, k in list(self.keys.items())[start : start + 2]
        ]
        more = start + len(page) < len(ids)
        return 200, {"data": page, "has_more": more, "last_id": page[-1]["id"] if page else None}
