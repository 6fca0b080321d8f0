"""What the gateway costs, beside nginx that only passes on, in the same run, interleaved.

CPU microseconds are those of the gateway's process tree (user and system), so that a busy machine does not
change them much; read the ratio. Everything with a structure is on: authentication, structured detectors,
surrogates, restoring, and the record, durable before the request is sent and before the answer is shown.
The injection model is off in these rows: it has its own figures in ``bench/injection.py``.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from bench import load

PERSON = "jane.doe@corp.example"
LINE = "The quarterly report says that revenue grew in the north while costs stayed flat. "
ROUNDS = 5
# The injection model is measured by itself (bench/injection.py); here everything with a structure is on.
POLICY = 'policies: {default: {extends: balanced, rules: {"injection.model": {mode: off}}}}\n'


def body(size: int, *, stream: bool = False, sensitive: bool = True) -> bytes:
    """Return a chat request of about *size* bytes; with one address and one card where it is sensitive."""
    text = f"Write to {PERSON} about card 4111 1111 1111 1111. " if sensitive else ""
    text += LINE * max(0, (size - len(text) - 150) // len(LINE))
    messages = [
        {"role": "system", "content": "You are a helpful assistant."},
        {"role": "user", "content": text},
    ]
    return json.dumps({"model": "m", "messages": messages, "stream": stream}).encode()


@contextmanager
def process(command: list[str], environment: dict[str, str] | None = None) -> Iterator[subprocess.Popen[str]]:
    """Run a program until the block ends."""
    started = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **(environment or {})},
    )
    try:
        yield started
    finally:
        started.terminate()
        started.communicate(timeout=20)


@contextmanager
def stockade(home: Path, upstream: int) -> Iterator[tuple[int, str, psutil.Process, float]]:
    """Run a gateway; yield port, key, process and seconds until it was ready."""
    config = home / "stockade.yaml"
    target = f"http://127.0.0.1:{upstream}/v1"
    config.write_text(f'upstreams: {{u: {{wire: openai, base_url: "{target}", boundary: cloud}}}}\n' + POLICY)
    environment = {"STOCKADE_HOME": str(home / "state"), "STOCKADE_CONFIG": str(config)}
    made = subprocess.run(
        [sys.executable, "-m", "stockade", "keys", "create", "--class", "production", "--format", "json"],
        capture_output=True, text=True, check=True, env={**os.environ, **environment},
    )  # fmt: skip
    began = time.perf_counter()
    command = [sys.executable, "-m", "stockade", "serve", "--port", "0", "--config", str(config)]
    with process(command, environment) as gateway:
        assert gateway.stdout is not None
        line = gateway.stdout.readline()
        ready = time.perf_counter() - began
        yield int(line.rpartition(":")[2]), json.loads(made.stdout)["key"], psutil.Process(gateway.pid), ready


@contextmanager
def nginx(home: Path, upstream: int) -> Iterator[tuple[int, psutil.Process] | None]:
    """Run nginx in front of the same upstream, if it is installed."""
    program = shutil.which("nginx")
    if program is None:
        yield None
        return
    port = 20000 + os.getpid() % 20000
    (home / "nginx.conf").write_text(
        f"""daemon off; worker_processes 1; pid {home}/nginx.pid; error_log {home}/error.log;
events {{ worker_connections 512; }}
http {{ access_log off; client_body_temp_path {home}; proxy_temp_path {home}; fastcgi_temp_path {home};
uwsgi_temp_path {home}; scgi_temp_path {home}; client_max_body_size 20m; client_body_buffer_size 1m;
upstream u {{ server 127.0.0.1:{upstream}; keepalive 64; }}
server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://u; proxy_http_version 1.1;
proxy_set_header Connection ""; proxy_buffering off; }} }} }}"""
    )
    with process([program, "-p", str(home), "-c", str(home / "nginx.conf")]) as started:
        time.sleep(0.5)
        yield port, psutil.Process(started.pid)


def cpu(root: psutil.Process) -> float:
    """Return the CPU seconds of a process and its children."""
    tree = [root, *root.children(recursive=True)]
    return sum(t.user + t.system for t in (p.cpu_times() for p in tree))


def microseconds(port: int, root: psutil.Process, raw: bytes, count: int, connections: int = 32) -> float:
    """Return the CPU microseconds per request."""
    before = cpu(root)
    seen = asyncio.run(load.run(port, raw, count=count, connections=connections))
    assert not seen.failed, f"{seen.failed} of {count} failed"
    return (cpu(root) - before) / count * 1e6


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder, process([sys.executable, "-m", "bench.upstream"]) as up:
        assert up.stdout is not None
        upstream = int(up.stdout.readline())
        home = Path(folder)
        with stockade(home, upstream) as (port, key, ours, ready), nginx(home, upstream) as peer:
            idle = ours.memory_info().rss / 2**20
            print(f"start to ready {ready:.2f} s; idle RSS {idle:.0f} MB")
            _whole(port, key, ours, peer)
            _latency(port, key, peer)
            _streams(port, key, ours, peer)


Peer = tuple[int, psutil.Process] | None


def _whole(port: int, key: str, ours: psutil.Process, peer: Peer) -> None:
    for name, raw, count in (
        ("1 KB, two identifiers", body(1024), 1500),
        ("1 KB, nothing to find", body(1024, sensitive=False), 1500),
        ("30 KB, two identifiers", body(30 * 1024), 300),
    ):
        # The text differs in each request, or the memory of findings would answer for the detectors.
        mine, theirs = [], []
        for round_ in range(ROUNDS):
            fresh = raw.replace(b"quarterly", b"q%08d" % round_)
            mine.append(microseconds(port, ours, load.request(port, key, fresh), count))
            if peer:
                theirs.append(microseconds(peer[0], peer[1], load.request(peer[0], key, fresh), count))
        _row(name, mine, theirs, "CPU us/request")


def _latency(port: int, key: str, peer: Peer) -> None:
    raw = body(1024)
    ours, theirs = load.Measured(), load.Measured()
    for _ in range(ROUNDS):
        for where, into in ((port, ours), (peer[0] if peer else 0, theirs)):
            if where:
                seen = asyncio.run(
                    load.run(where, load.request(where, key, raw), count=100, connections=4, rate=50)
                )
                into.seconds += seen.seconds
    print(f"latency at 50/s, 1 KB: p50 {ours.quantile(0.5):.2f} ms, p99 {ours.quantile(0.99):.2f} ms", end="")
    if peer:
        p50, p99 = theirs.quantile(0.5), theirs.quantile(0.99)
        added = f"{ours.quantile(0.5) - p50:.2f} / {ours.quantile(0.99) - p99:.2f} ms"
        print(f"; nginx {p50:.2f} / {p99:.2f} ms; added {added}")
    else:
        print()


def _streams(port: int, key: str, ours: psutil.Process, peer: Peer) -> None:
    from bench.upstream import CHUNKS

    for name, raw in (
        ("stream, nothing to restore", body(1024, stream=True, sensitive=False)),
        ("stream, restoring", body(400, stream=True)),
    ):
        whole = body(1024, sensitive=b"card" in raw)
        mine, theirs = [], []
        for round_ in range(ROUNDS):
            fresh = raw.replace(b"quarterly", b"q%08d" % round_)
            plain = microseconds(
                port, ours, load.request(port, key, whole.replace(b"quarterly", b"w%08d" % round_)), 150, 8
            )
            mine.append((microseconds(port, ours, load.request(port, key, fresh), 100, 8) - plain) / CHUNKS)
            if peer:
                plain = microseconds(peer[0], peer[1], load.request(peer[0], key, whole), 150, 8)
                theirs.append(
                    (microseconds(peer[0], peer[1], load.request(peer[0], key, fresh), 100, 8) - plain)
                    / CHUNKS
                )
        _row(name, mine, theirs, "CPU us/chunk")
    first, far = [], []
    raw = body(400, stream=True)
    for _ in range(ROUNDS):
        first += asyncio.run(load.run(port, load.request(port, key, raw), count=40, connections=1)).first
        if peer:
            far += asyncio.run(
                load.run(peer[0], load.request(peer[0], key, raw), count=40, connections=1)
            ).first
    row = f"time to first byte of a stream: {statistics.median(first) * 1e3:.2f} ms"
    print(row + (f"; nginx {statistics.median(far) * 1e3:.2f} ms" if far else ""))


def _row(name: str, mine: list[float], theirs: list[float], unit: str) -> None:
    ours = statistics.median(mine)
    line = f"{name:<28} {ours:8.1f} {unit} (min {min(mine):.1f}, max {max(mine):.1f})"
    if theirs:
        peer = statistics.median(theirs)
        line += f"; nginx {peer:.1f}; ratio {ours / max(peer, 0.01):.1f}"
    print(line, flush=True)


if __name__ == "__main__":
    main()
