"""A real gateway on a real socket in front of a recording upstream, for tests that go through the door."""

from __future__ import annotations

import http.client
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from stockade.access.key import KeyClass, KeyRequest
from stockade.audit import AuditStore, Entry, read
from stockade.bootstrap import Installation, now_ms
from stockade.cli.keys import minted
from stockade.config import load_settings
from stockade.gateway.background import background
from stockade.gateway.server import Listen
from stockade.gateway.services import Services
from stockade.gateway.wiring import gateway_of, services_of
from tests.doors.upstream import RecordingUpstream, running

PROVIDER_KEY = "provider-" + "canary-" + "91f3c7"

CONFIG = """
upstreams:
  cloud: {{wire: openai, base_url: "{base_url}", api_key: "env://UPSTREAM_KEY", boundary: cloud}}
models:
  "*": {{upstream: cloud}}
"""


@dataclass
class Answered:
    status: int
    headers: dict[str, str]
    raw: bytes = field(repr=False)

    @property
    def json(self) -> dict:
        return json.loads(self.raw)

    @property
    def text(self) -> str:
        return self.json["choices"][0]["message"]["content"]

    @property
    def events(self) -> list[str]:
        return [line[6:] for line in self.raw.decode().split("\n") if line.startswith("data: ")]

    @property
    def streamed(self) -> str:
        chunks = [json.loads(e) for e in self.events if e != "[DONE]"]
        deltas = [c["choices"][0]["delta"] for c in chunks if c.get("choices")]
        return "".join(delta.get("content") or "" for delta in deltas)

    @property
    def done(self) -> bool:
        return "[DONE]" in self.events


@dataclass
class Door:
    """A gateway under test, its upstream, and a key for it."""

    address: str
    key: str = field(repr=False)
    upstream: RecordingUpstream
    installation: Installation
    services: Services

    def ask(
        self, body: object, *, key: str | None = None, path: str = "/v1/chat/completions", **headers: str
    ) -> Answered:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {"content-type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}}
        if key != "":
            sent["authorization"] = f"Bearer {key or self.key}"
        return self.send("POST", path, raw, list(sent.items()))

    def say(self, text: str, *, stream: bool = False, **more: object) -> Answered:
        return self.ask(
            {"model": "m", "messages": [{"role": "user", "content": text}], "stream": stream, **more}
        )

    def send(self, method: str, path: str, body: bytes, headers: list[tuple[str, str]]) -> Answered:
        where = urlsplit(self.address)
        connection = http.client.HTTPConnection(where.hostname, where.port, timeout=30)
        try:
            named = {name.lower() for name, _ in headers}
            connection.putrequest(method, path, skip_host="host" in named, skip_accept_encoding=True)
            for name, value in [*headers, ("content-length", str(len(body)))]:
                connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            return Answered(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    @property
    def left(self) -> str:
        """The last user text that reached the upstream."""
        return str(self.upstream.bodies[-1]["messages"][-1]["content"])

    @property
    def record(self) -> list[Entry]:
        settings = self.installation.settings
        return list(read(settings.under_home(settings.audit.path)))

    def on_disk(self) -> bytes:
        """Every byte of the state directory but the keys that seal it."""
        home = self.installation.settings.home
        return b"".join(p.read_bytes() for p in home.rglob("*") if p.is_file() and p.name != "master.key")


def installed(home: Path, config: str) -> Installation:
    path = home / "stockade.yaml"
    path.write_text(config, encoding="utf-8")
    return Installation(load_settings(path, environment={"STOCKADE_HOME": str(home)}))


@contextmanager
def door(
    home: Path,
    *,
    upstream: RecordingUpstream | None = None,
    config: str = CONFIG,
    request: KeyRequest | None = None,
    log: AuditStore | None = None,
    adapt: Callable[[Services], Services] = lambda services: services,
) -> Iterator[Door]:
    """Run a gateway while the block runs."""
    recording = upstream or RecordingUpstream()
    os.environ["UPSTREAM_KEY"] = PROVIDER_KEY
    with running(recording):
        found = installed(home, config.format(base_url=recording.base_url, root_url=recording.root_url))
        access = found.access()
        key, text = minted(
            request or KeyRequest(KeyClass.PRODUCTION), pepper=found.keys.pepper, now_ms=now_ms()
        )
        access.store.insert(key)
        services = adapt(services_of(found, log=log or found.log(), access=access))
        with background(gateway_of(services), Listen(port=0)) as address:
            yield Door(address, text.reveal(), recording, found, services)
