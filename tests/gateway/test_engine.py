"""The on-device model's process: supervised, closed to others, gone with its gateway; and it answers."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from stockade.core.errors import ConfigError
from stockade.gateway.connection import UpstreamError
from stockade.gateway.engine import EngineSettings, LocalEngine, Pace
from stockade.gateway.upstream import Pool, Target, Timeouts
from tests.gateway.loopback import in_loop

HURRIED = Pace(delay_s=0.01, delay_max_s=0.02, deaths_max=2)
QUESTION = [{"role": "user", "content": "What is the capital of Germany?"}]
TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "weather",
            "description": "The weather of a city",
            "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
        },
    }
]


@asynccontextmanager
async def started(settings: EngineSettings, pace: Pace | None = None):
    engine = LocalEngine(settings, pace=pace)
    await engine.start()
    try:
        yield engine
    finally:
        await engine.stop()


async def gone(pid: int, seconds: float = 5.0) -> bool:
    until = time.monotonic() + seconds
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        if time.monotonic() > until:
            return False
        await asyncio.sleep(0.02)
    return True


# --- without weights ----------------------------------------------------------------------------------------


@in_loop
async def test_an_engine_that_was_not_started_says_so():
    engine = LocalEngine(EngineSettings(Path("none.gguf")))
    with pytest.raises(UpstreamError, match="connect"):
        _ = engine.endpoint
    await engine.stop()
    assert engine.state == "stopped"


@in_loop
async def test_a_missing_file_is_told_before_anything_is_started(tmp_path):
    engine = LocalEngine(EngineSettings(tmp_path / "none.gguf"))
    with pytest.raises(ConfigError) as caught:
        await engine.start()
    assert "stockade local install" in caught.value.hint
    assert engine.state == "stopped"


@in_loop
async def test_a_missing_runtime_is_told_before_anything_is_started(tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(ConfigError) as caught:
        await LocalEngine(EngineSettings(tmp_path)).start()
    assert 'pip install "stockade[local]"' in caught.value.hint


@in_loop
async def test_a_file_with_another_hash_is_never_loaded_and_not_tried_again(tmp_path, caplog):
    model = tmp_path / "model.gguf"
    model.write_bytes(b"GGUF, but another")
    async with started(EngineSettings(model, sha256=hashlib.sha256(b"the right one").hexdigest())) as engine:
        assert engine.state == "starting"
        with pytest.raises(UpstreamError, match="starting"):
            _ = engine.endpoint
        assert not await engine.wait_up(60)
        assert (engine.state, engine.pid) == ("failed", None)
        assert "SHA-256" in engine.reason
        with pytest.raises(UpstreamError, match="connect"):
            _ = engine.endpoint
    assert [r.levelname for r in caplog.records if r.name == "stockade.gateway.engine"] == ["ERROR"]


@in_loop
async def test_a_file_that_is_no_model_is_tried_again_and_then_given_up(tmp_path, caplog):
    model = tmp_path / "model.gguf"
    model.write_bytes(b"GGUF" + bytes(1000))
    async with started(EngineSettings(model), HURRIED) as engine:
        assert not await engine.wait_up(100)
        assert engine.state == "failed"
        assert engine.reason == "the model file could not be loaded"
    levels = [r.levelname for r in caplog.records if r.name == "stockade.gateway.engine"]
    assert levels == ["WARNING", "ERROR"]


@in_loop
async def test_an_engine_that_does_not_come_up_in_time_is_ended(tmp_path, caplog):
    caplog.set_level(logging.CRITICAL)
    model = tmp_path / "model.gguf"
    model.write_bytes(b"GGUF" + bytes(1000))
    pace = Pace(load_s=0.001, delay_s=0.01, deaths_max=1, stop_s=0.1)
    async with started(EngineSettings(model), pace) as engine:
        assert not await engine.wait_up(30)
        assert (engine.state, engine.reason) == ("failed", "the engine's process died")
    assert psutil.Process().children() == []


@in_loop
async def test_stopping_while_it_starts_leaves_no_process_behind(tmp_path):
    model = tmp_path / "model.gguf"
    model.write_bytes(b"GGUF" + bytes(1000))
    engine = LocalEngine(EngineSettings(model))
    await engine.start()
    await engine.start()
    while engine.pid is None:  # noqa: ASYNC110 - there is nothing else to wait for
        await asyncio.sleep(0.005)
    pid = engine.pid
    await engine.stop()
    await engine.stop()
    assert (engine.state, engine.pid) == ("stopped", None)
    assert await gone(pid)


# --- with weights -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def settings(model_home):
    return EngineSettings.builtin(model_home)


class Asker:
    """Asks an engine over a pool, as the gateway does."""

    def __init__(self, engine: LocalEngine) -> None:
        self.endpoint = engine.endpoint
        target = Target(self.endpoint.host, self.endpoint.port, tls=False, path=self.endpoint.path_prefix)
        self.pool = Pool(target, timeouts=Timeouts(first_byte_s=90, idle_s=90))

    async def send(
        self, path: str, body: object, *, key: str | None = None, method: str = "POST", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        key = self.endpoint.api_key if key is None else key
        named = {"content-type": "application/json", **{n.replace("_", "-"): v for n, v in headers.items()}}
        if key:
            named["authorization"] = f"Bearer {key}"
        exchange = await self.pool.exchange(
            path, headers=named, body=json.dumps(body).encode(), method=method
        )
        try:
            return exchange.head.status, dict(exchange.head.headers), await exchange.body(1_000_000)
        finally:
            exchange.close()

    async def chat(self, **fields: object) -> tuple[int, dict[str, str], bytes]:
        body = {"model": "local", "messages": QUESTION, "max_tokens": 8, "temperature": 0, **fields}
        return await self.send("/chat/completions", body)


@asynccontextmanager
async def asking(settings: EngineSettings):
    async with started(settings) as engine:
        assert await engine.wait_up(100), engine.reason
        asker = Asker(engine)
        yield engine, asker
        asker.pool.close()
        await asyncio.sleep(0.01)


def events(raw: bytes) -> list[str]:
    return [line[6:] for line in raw.decode().split("\n") if line.startswith("data: ")]


@pytest.mark.model
@in_loop
async def test_the_model_answers_whole_and_streamed_with_and_without_tools(settings):
    async with asking(settings) as (_, asker):
        status, _, raw = await asker.chat(max_tokens=16)
        answer = json.loads(raw)["choices"][0]["message"]
        assert status == 200
        assert "Berlin" in answer["content"]
        for tools in ({}, {"tools": TOOLS}):
            status, headers, raw = await asker.chat(stream=True, **tools)
            assert (status, headers["content-type"]) == (200, "text/event-stream")
            assert events(raw)[-1] == "[DONE]"
            deltas = [json.loads(e)["choices"][0]["delta"] for e in events(raw)[:-1]]
            assert "".join(d.get("content") or "" for d in deltas)
        status, _, raw = await asker.chat(tools=TOOLS)
        message = json.loads(raw)["choices"][0]["message"]
        assert status == 200
        assert message.get("content") or message.get("tool_calls")
        # A conversation in which a tool was called, as clients send it back.
        called = {
            "id": "c1",
            "type": "function",
            "function": {"name": "weather", "arguments": '{"city": "Paris"}'},
        }
        turns = [
            {"role": "system", "content": "Be brief."},
            *QUESTION,
            {"role": "assistant", "content": None, "tool_calls": [called]},
            {"role": "tool", "tool_call_id": "c1", "content": "sunny"},
        ]
        assert (await asker.chat(messages=turns, tools=TOOLS, max_tokens=4))[0] == 200


@pytest.mark.model
@in_loop
async def test_the_engine_is_closed_to_everybody_but_the_gateway(settings, monkeypatch):
    canary = "provider-" + "canary-" + "77aa"
    monkeypatch.setitem(os.environ, "UPSTREAM_KEY", canary)
    async with asking(settings) as (engine, asker):
        for key in ("", "wrong", asker.endpoint.api_key[:-1], asker.endpoint.api_key + "x"):
            for path in ("/chat/completions", "/completions", "/models", "/embeddings"):
                assert (await asker.send(path, {"messages": QUESTION}, key=key))[0] in {401, 404}, path
        # No page of any origin may read what it says, nor learn that it may try.
        for method in ("OPTIONS", "POST"):
            _, headers, _ = await asker.send(
                "/chat/completions", {"messages": QUESTION, "max_tokens": 1}, method=method,
                origin="https://evil.example", access_control_request_method="POST",
                access_control_request_headers="authorization",
            )  # fmt: skip
            assert headers.get("access-control-allow-origin", "") == ""
            assert headers.get("access-control-allow-credentials", "false") == "false"
            assert "authorization" not in headers.get("access-control-allow-headers", "").lower()
        process = psutil.Process(engine.pid)
        listening = [c for c in process.net_connections() if c.status == psutil.CONN_LISTEN]
        assert {c.laddr.ip for c in listening} == {"127.0.0.1"}
        seen = " ".join(process.cmdline()) + str(process.environ())
        assert asker.endpoint.api_key not in seen
        assert canary not in seen


@pytest.mark.model
@in_loop
async def test_an_engine_that_dies_is_started_again_elsewhere_with_another_key(settings, caplog):
    async with asking(settings) as (engine, asker):
        first, pid = asker.endpoint, engine.pid
        os.kill(pid, signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        assert await gone(pid)
        while engine.state == "up":  # noqa: ASYNC110 - until its death is noticed
            await asyncio.sleep(0.005)
        assert engine.state == "starting"
        assert await engine.wait_up(100)
        assert engine.endpoint.api_key != first.api_key
        again = Asker(engine)
        assert (await again.send("/models", None, method="GET", key=first.api_key))[0] == 401
        assert (await again.send("/models", None, method="GET"))[0] == 200
        again.pool.close()
        pid = engine.pid
    assert await gone(pid)
    assert engine.state == "stopped"
    assert "started again" in caplog.text


ORPHAN = """
import asyncio, sys
from pathlib import Path
from stockade.gateway.engine import EngineSettings, LocalEngine
async def main():
    engine = LocalEngine(EngineSettings.builtin(Path(sys.argv[1])))
    await engine.start()
    up = await engine.wait_up(100)
    print("up" if up else engine.reason, engine.pid, flush=True)
    await asyncio.sleep(100)
asyncio.run(main())
"""


@pytest.mark.model
@in_loop
async def test_the_engine_goes_when_its_gateway_is_killed(model_home):
    parent = subprocess.Popen(  # noqa: ASYNC220 - the parent is what is killed
        [sys.executable, "-c", ORPHAN, str(model_home)], stdout=subprocess.PIPE, text=True
    )
    try:
        line = parent.stdout.readline()
        assert re.fullmatch(r"up \d+\n", line)
        pid = int(line.split()[1])
        assert psutil.pid_exists(pid)
    finally:
        parent.kill()
        parent.communicate()
    assert await gone(pid, 5)
