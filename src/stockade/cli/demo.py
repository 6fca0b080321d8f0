"""``stockade demo``: a gateway in this process, real requests through it, and what became of each.

It keeps its state in a folder that is removed afterwards, needs no network and no model; where the on-device
model is installed, one more scene talks to it.
"""

from __future__ import annotations

import http.client
import json
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import click
from rich.console import Console
from rich.markup import escape

from stockade.access.key import KeyClass, KeyRequest
from stockade.bootstrap import Installation, now_ms
from stockade.cli.demo_scenes import SCENES, Scene, Sent
from stockade.cli.demo_upstream import Provider, provider
from stockade.cli.keys import minted
from stockade.cli.output import EXIT_FINDINGS, printable
from stockade.config import load_settings
from stockade.gateway.background import background
from stockade.gateway.server import Listen
from stockade.gateway.wiring import gateway_of, services_of

_CONFIG = """\
upstreams:
  provider: {{wire: openai, base_url: "{base_url}", boundary: cloud}}
models:
  "*": {{upstream: provider}}
"""


@click.command()
def command() -> None:
    """Send a scripted set of requests through a gateway and show what left, what came back, and why.

    Exit code 0 only if every one of them behaved.
    """
    console = Console(soft_wrap=True, highlight=False)
    with tempfile.TemporaryDirectory(prefix="stockade-demo-") as folder, provider() as cloud:
        found = _installation(Path(folder), cloud.base_url)
        access = found.access()
        key, text = minted(
            KeyRequest(KeyClass.PRODUCTION, name="demo"), pepper=found.keys.pepper, now_ms=now_ms()
        )
        access.store.insert(key)
        services = services_of(found, log=found.log(), access=access)
        with background(gateway_of(services), Listen(port=0)) as address:
            good = [_play(console, scene, cloud, address, text.reveal()) for scene in SCENES]
        good.append(_record(console, found))
    console.print(f"\n{sum(good)} of {len(good)} behaved")
    if not all(good):
        raise click.exceptions.Exit(EXIT_FINDINGS)


def _installation(home: Path, base_url: str) -> Installation:
    path = home / "stockade.yaml"
    path.write_text(_CONFIG.format(base_url=base_url), encoding="utf-8")
    # An environment of its own: settings of the machine have no say in a demonstration.
    return Installation(load_settings(path, environment={"STOCKADE_HOME": str(home)}))


def _play(console: Console, scene: Scene, cloud: Provider, address: str, key: str) -> bool:
    cloud.says = scene.says
    before = len(cloud.received)
    sent = _ask(scene, cloud, before, address, key)
    good = scene.behaved(sent)
    console.print(
        f"\n[bold]{scene.title}[/bold]   [{'green' if good else 'red'}]{'ok' if good else 'FAILED'}[/]"
    )
    console.print(f"  [dim]{scene.why}[/dim]")
    console.print(f"  client   {_shown(_said(scene.messages))}")
    console.print(f"  left     {_shown(sent.left) or '(nothing)'}")
    console.print(f"  back     {_shown(sent.came_back)}")
    console.print(f"  action   {sent.action}   status {sent.status}")
    return good


def _ask(scene: Scene, cloud: Provider, before: int, address: str, key: str) -> Sent:
    body = {"model": "demo", "messages": list(scene.messages), "stream": scene.stream}
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=30)
    try:
        headers = {"authorization": f"Bearer {key}", "content-type": "application/json"}
        connection.request("POST", "/v1/chat/completions", json.dumps(body), headers)
        answer = connection.getresponse()
        raw = answer.read().decode()
        action = answer.headers.get("x-stockade-action", "")
        status = answer.status
    finally:
        connection.close()
    arrived = cloud.received[before:]
    left = _said(arrived[0]["messages"]) if arrived else ""
    if scene.stream and status == 200:
        text, complete = _streamed(raw)
        return Sent(left, status, text, action, complete)
    return Sent(left, status, _content(json.loads(raw)), action)


def _content(answer: dict[str, object]) -> str:
    choices = answer.get("choices")
    if isinstance(choices, list) and choices:
        return str(choices[0]["message"]["content"])
    error = answer.get("error")
    return str(error.get("message")) if isinstance(error, dict) else ""


def _streamed(raw: str) -> tuple[str, bool]:
    data = [line.removeprefix("data: ") for line in raw.splitlines() if line.startswith("data: ")]
    chunks = [json.loads(one) for one in data if one != "[DONE]"]
    said = [c["choices"][0]["delta"].get("content") or "" for c in chunks if c.get("choices")]
    return "".join(said), "[DONE]" in data


def _said(messages: object) -> str:
    assert isinstance(messages, list | tuple)
    texts: list[str] = []
    for message in messages:
        content = message["content"]
        parts = [content] if isinstance(content, str) else [part["text"] for part in content]
        texts += parts
    return "\n".join(texts)


def _shown(text: str) -> str:
    return escape(printable(text).replace("\n", "\n           "))


def _record(console: Console, found: Installation) -> bool:
    """Verify the record that the scenes left, and show what it says of them."""
    from stockade.audit import read, verify

    folder = found.settings.under_home(found.settings.audit.path)
    verified = verify(folder)
    kinds = [entry.kind for entry in read(folder)]
    good = kinds.count("request") == len(SCENES) and kinds.count("answer") == len(SCENES)
    console.print(
        f"\n[bold]The record[/bold]   [{'green' if good else 'red'}]{'ok' if good else 'FAILED'}[/]"
    )
    console.print("  [dim]every request and every answer is in it, on disk before it was sent or shown[/dim]")
    console.print(f"  entries  {verified.entries}, each chained to the one before; they verify")
    return good
