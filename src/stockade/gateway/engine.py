"""The on-device upstream: a model in a child process, started beside the gateway, watched and restarted.

A child process, so that a fault in native code ends a conversation and not the gateway, and so that its
memory is counted apart. It listens on loopback, on a port of the system's choice, and answers only to a key
made anew for each start and handed over on a pipe. The gateway does not wait for it: ``start`` returns at
once, and a request that comes too early is told so.

It watches the process, not the answers: a request that takes too long is cut by the gateway's own deadlines.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import json
import logging
import os
import secrets
import sys
from collections import deque
from dataclasses import asdict
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from stockade.core.errors import ConfigError
from stockade.gateway.connection import UpstreamError
from stockade.gateway.engine_settings import Endpoint, EngineSettings, Pace

__all__ = ["Endpoint", "EngineSettings", "LocalEngine", "Pace", "State"]

LOG = logging.getLogger("stockade.gateway.engine")

State = Literal["stopped", "starting", "up", "failed"]

_CHILD = Path(__file__).with_name("engine_child.py")
# The gateway's environment may hold provider keys: the child gets only what a process needs to run.
_ENVIRONMENT = (
    "PATH PYTHONPATH PYTHONHOME VIRTUAL_ENV LD_LIBRARY_PATH DYLD_LIBRARY_PATH SYSTEMROOT TEMP TMP TMPDIR LANG"
)
_REASONS = {
    "missing": "the model file is not there",
    "hash": "the model file is not the one whose SHA-256 was given",
    "runtime": "the on-device runtime cannot be loaded",
    "load": "the model file could not be loaded",
}
# Trying again does not change these.
_FINAL = {"missing", "hash", "runtime"}


class LocalEngine:
    """One supervised on-device model.

    Attributes:
        state: ``failed`` is for good: nothing is tried again until ``stop`` and ``start``.
        reason: why it is ``failed``, or why it died last; empty if it never did.
        pid: the child process, while there is one.
    """

    def __init__(self, settings: EngineSettings, *, pace: Pace | None = None) -> None:
        self.settings = settings
        self.state: State = "stopped"
        self.reason = ""
        self.pid: int | None = None
        self._pace = pace or Pace()
        self._endpoint: Endpoint | None = None
        self._task: asyncio.Task[None] | None = None
        self._settled = asyncio.Event()

    @property
    def endpoint(self) -> Endpoint:
        """Where to send requests now.

        Raises:
            UpstreamError: it is not up.
        """
        if self._endpoint is None:
            raise UpstreamError("starting" if self.state == "starting" else "connect")
        return self._endpoint

    async def start(self) -> None:
        """Begin to load the model; return at once.

        Raises:
            ConfigError: the runtime or the model file is missing, so that trying makes no sense.
        """
        if self._task is not None:
            return
        if importlib.util.find_spec("xllamacpp") is None:
            raise ConfigError(
                "the runtime for on-device models is not installed", hint='run: pip install "stockade[local]"'
            )
        if not self.settings.model_path.is_file():
            raise ConfigError(
                "the file of the on-device model is not there",
                hint="run: stockade local install, or set `model:` to a GGUF file of your own",
            )
        self._become("starting")
        self._task = asyncio.create_task(self._supervise(), name="on-device model")
        self._task.add_done_callback(self._ended)

    async def stop(self) -> None:
        """End the child and wait until it is gone."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._become("stopped")

    async def wait_up(self, timeout_s: float) -> bool:
        """Wait until it is up or failed, at most *timeout_s*, and say whether it is up."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self._settled.wait()
        return self.state == "up"

    def _become(self, state: State, endpoint: Endpoint | None = None) -> None:
        self.state = state
        self._endpoint = endpoint
        if state == "starting":
            self._settled.clear()
        else:
            self._settled.set()

    def _ended(self, task: asyncio.Task[None]) -> None:
        """See to it that a fault of the supervision itself is not taken for patience."""
        if not task.cancelled() and task.exception() is not None:
            LOG.error("the supervision of the on-device model failed", exc_info=task.exception())
            self.reason = "its supervision failed"
            self._become("failed")

    async def _supervise(self) -> None:
        """Start the child and start it again when it dies, until that makes no more sense."""
        pace, loop = self._pace, asyncio.get_running_loop()
        deaths: deque[float] = deque()
        delay = pace.delay_s
        while True:
            word = await self._run_once()
            self.reason = _REASONS.get(word, "the engine's process died")
            now = loop.time()
            deaths.append(now)
            while deaths[0] < now - pace.window_s:
                deaths.popleft()
            if len(deaths) == 1:
                delay = pace.delay_s
            if word in _FINAL or len(deaths) >= pace.deaths_max:
                LOG.error("the on-device model is given up: %s", self.reason)
                self._become("failed")
                return
            LOG.warning("the on-device model is started again in %.1f s: %s", delay, self.reason)
            self._become("starting")
            await asyncio.sleep(delay)
            delay = min(2 * delay, pace.delay_max_s)

    async def _run_once(self) -> str:
        """Run one child from its start to its end; return the word it failed with, or ``died``."""
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",
                str(_CHILD),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env={name: os.environ[name] for name in _ENVIRONMENT.split() if name in os.environ},
                # Ctrl-C in a terminal is for the gateway, which then ends its child in good order.
                start_new_session=os.name == "posix",
            )
        except OSError:
            return "died"
        self.pid = process.pid
        try:
            word = await self._serve(process)
            if word:
                return word
            await process.wait()
            return "died"
        finally:
            self.pid = None
            self._endpoint = None
            await self._end(process)

    async def _serve(self, process: asyncio.subprocess.Process) -> str:
        """Give the child its order and wait until it listens; return the word it failed with, or nothing."""
        assert process.stdin is not None
        assert process.stdout is not None
        key = secrets.token_urlsafe(32)
        order = asdict(self.settings) | {
            "model_path": str(self.settings.model_path.resolve()),
            "api_key": key,
            "parent": os.getpid(),
        }
        try:
            process.stdin.write(json.dumps(order).encode() + b"\n")
            async with asyncio.timeout(self._pace.load_s):
                await process.stdin.drain()
                said = json.loads(await process.stdout.readline() or b"{}")
        except (OSError, TimeoutError, ValueError):
            return "died"
        if "address" not in said:
            return str(said.get("failed", "died"))
        address = urlsplit(said["address"])
        if address.hostname != "127.0.0.1" or not address.port:
            return "died"
        self._become("up", Endpoint(address.hostname, address.port, key))
        return ""

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        """Let the child leave by closing its input; kill it if it stays."""
        if process.stdin is not None:
            process.stdin.close()
        try:
            async with asyncio.timeout(self._pace.stop_s):
                await process.wait()
        except (TimeoutError, asyncio.CancelledError):
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
