"""A gateway in a thread of this process: for the demonstration, for tests, for programs that embed it.

Whoever needs a gateway for good runs ``stockade serve``; this one ends with the block that started it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from stockade.core.errors import ConfigError
from stockade.gateway.server import Listen, address_of, configured

_START_SECONDS = 30.0


@contextmanager
def background(app: Callable[..., Any], listen: Listen) -> Iterator[str]:
    """Serve *app* while the block runs; yield its base address.

    Raises:
        ConfigError: it could not start.
    """
    server = uvicorn.Server(configured(app, listen))
    thread = threading.Thread(target=_run, args=(server,), name="stockade-gateway", daemon=True)
    thread.start()
    try:
        until = time.monotonic() + _START_SECONDS
        while not server.started and thread.is_alive() and time.monotonic() < until:
            time.sleep(0.005)
        if not server.started:
            raise ConfigError(
                f"cannot listen on {listen.host}:{listen.port}, or the gateway could not start",
                hint="look at the lines above; port 0 takes any that is free",
            )
        yield address_of(server)
    finally:
        server.should_exit = True
        thread.join(_START_SECONDS)


def _run(server: uvicorn.Server) -> None:
    try:
        server.run()
    except SystemExit:
        return  # uvicorn's way of saying that it cannot bind; ``started`` tells it
