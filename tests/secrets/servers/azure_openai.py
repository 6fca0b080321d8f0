"""Azure OpenAI as far as it is used, from its REST references: a resource with two keys, and its models."""

from __future__ import annotations

import itertools

from tests.secrets.servers.azure import Azure

ACCOUNT = "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/a"


class AzureOpenAi(Azure):
    """One resource; ``slots`` is key1 and key2 to their values."""

    def __init__(self):
        super().__init__()
        self._numbers = itertools.count(1)
        self.slots = {"key1": self._new(), "key2": self._new()}

    def _new(self):
        return "canary" + f"{next(self._numbers):026d}"

    def answer(self, asked):
        if asked.path == "/openai/models":
            return (200, {}) if asked.headers.get("api-key") in self.slots.values() else (401, {})
        if not asked.path.startswith(ACCOUNT):
            return super().answer(asked)
        if self.tokens.get(asked.bearer) != "https://management.azure.com":
            return 401, {}
        if asked.path.endswith("/regenerateKey"):
            slot = {"Key1": "key1", "Key2": "key2"}[asked.json["keyName"]]
            self.slots[slot] = self._new()
        return 200, dict(self.slots)
