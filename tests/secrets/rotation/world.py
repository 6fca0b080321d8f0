"""A whole rotation in one place: a provider behind HTTP, a file that holds the key, stores and a clock."""

from __future__ import annotations

import itertools
from contextlib import contextmanager

from tests.secrets.servers.openai_admin import ADMIN, OpenAi
from tests.secrets.servers.stateful import served

from stockade.secrets.backends.file import FileBackend
from stockade.secrets.https import Web
from stockade.secrets.reference import Reference
from stockade.secrets.rotation.driver import Access
from stockade.secrets.rotation.drivers.openai import OpenAiDriver
from stockade.secrets.rotation.machine import Outside, Rotator
from stockade.secrets.rotation.steps import Acts
from stockade.secrets.rotation.target import Target
from stockade.secrets.value import SecretValue
from stockade.storage.memory_rotation import MemoryRotationStore, MemoryTraffic

START = 1_800_000_000_000


class World:
    """OpenAI with one service account, whose key lies in a file."""

    def __init__(self, folder, **changes):
        self.now_ms = START
        self.openai = OpenAi(clock=lambda: self.now_ms)
        account, key_id = self.openai.add_account("by hand")
        self.old_key = f"{account}:{key_id}"
        self.old_value = self.openai.keys[key_id]["value"]
        self.file = folder / "key"
        self.file.write_text(self.old_value, "utf-8")
        self.file.chmod(0o600)
        self.store, self.traffic, self.backend = MemoryRotationStore(), MemoryTraffic(), FileBackend()
        self.forgotten = []
        self.changes = changes
        self._labels = itertools.count(1)
        self._holders = itertools.count(1)

    def access(self):
        options = {"project": "proj_1", "base_url": f"{self.openai.url}/v1"}
        return Access(options, lambda: SecretValue(ADMIN))

    def target(self):
        return Target("cloud", "openai", Reference("file", str(self.file)), self.access(), **self.changes)

    def rotator(self, wrap=lambda _name, thing: thing):
        """Return what a new process would drive, with everything it touches wrapped by *wrap*."""
        driver = wrap("driver", OpenAiDriver(self.access(), Web({})))
        backend, store = wrap("backend", self.backend), wrap("store", self.store)
        acts = Acts(self.target(), backend, self.traffic, self.forgotten.append)
        label = lambda: f"stockade-{next(self._labels)}"  # noqa: E731
        outside = Outside(store, lambda: self.now_ms, label, f"process-{next(self._holders)}")
        return Rotator(self.target(), driver, acts, outside)

    @property
    def value(self):
        return self.file.read_text("utf-8")

    @property
    def files(self):
        return sorted(path.name for path in self.file.parent.iterdir())


@contextmanager
def world(folder, **changes):
    made = World(folder, **changes)
    with served(made.openai):
        yield made
