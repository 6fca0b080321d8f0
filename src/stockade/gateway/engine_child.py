"""The child process that holds the on-device model: one native server on loopback, and nothing of Stockade.

Run as a file, so that the process imports nothing of the gateway and stays small. Its first line of standard
input is the order (JSON, with the access key: never in ``argv``, never in the environment); the input then
stays open and its end means that the gateway is gone. Its only line of output says where the server listens,
or the one word why it does not. Whatever the native library would print goes nowhere: prompts pass through
it.

It does not restart, retry or decide; that is the supervisor's work.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import sys
import threading
from io import FileIO
from typing import Protocol, TypedDict

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_SIGKILL = 9
# The engine yields to the gateway that feeds it: other upstreams' requests pass through the same cores.
_NICE = 5
# Prompt prefixes kept outside the slots. The library's own default is 8 GiB.
_PROMPT_CACHE_MIB = 64
_BATCH_TOKENS = 512
_STEP_TOKENS = 128


class _Order(TypedDict):
    """The line on standard input."""

    model_path: str
    sha256: str
    threads: int
    context_tokens: int
    parallel: int
    chat_template: str
    api_key: str
    parent: int


class _Server(Protocol):
    """What is used of the native server; it serves in threads of its own until the process ends."""

    listening_address: str


class _RefusedError(Exception):
    """The engine cannot start, and *word* says why: ``missing``, ``hash``, ``runtime`` or ``load``."""


def main() -> int:
    """Obey one order and serve until the gateway goes away."""
    report = _silence()
    order: _Order = json.loads(sys.stdin.buffer.readline())
    _bind_to_parent(int(order["parent"]))
    watcher = threading.Thread(target=_leave_with_parent, daemon=True)
    watcher.start()
    try:
        with _verified(order["model_path"], order["sha256"]) as model:
            server = _serve(order, model)
    except _RefusedError as refused:
        _say(report, {"failed": str(refused)})
        os._exit(1)
    _say(report, {"address": server.listening_address})
    watcher.join()
    return 0


def _silence() -> FileIO:
    """Point the standard streams at nothing and return the pipe that was standard output."""
    report = FileIO(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    os.close(nothing)
    return report


def _say(report: FileIO, line: dict[str, str]) -> None:
    report.write(json.dumps(line).encode() + b"\n")


def _bind_to_parent(parent: int) -> None:
    """Die with the gateway, keep the memory out of core dumps, and yield to others."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
        libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    if hasattr(os, "nice"):
        os.nice(_NICE)
    # It may have died before the request above was made.
    if os.name == "posix" and os.getppid() != parent:
        os._exit(0)


def _leave_with_parent() -> None:
    """Leave as soon as standard input ends.

    Without ceremony: the native server's own shutdown waits for answers under way and can wait for ever.
    """
    while os.read(0, 4096):
        pass
    os._exit(0)


class _verified:  # noqa: N801 - read as a verb at its one use
    """The path to load: of the very file that was hashed, where the system can name an open file."""

    def __init__(self, path: str, sha256: str) -> None:
        self._path = path
        self._sha256 = sha256

    def __enter__(self) -> str:
        try:
            self._file = open(self._path, "rb")  # noqa: PTH123 - closed in __exit__
        except OSError:
            raise _RefusedError("missing") from None
        if not self._sha256:
            # Nothing to enforce; by its own name, so that a model split over several files is found.
            return self._path
        if hashlib.file_digest(self._file, "sha256").hexdigest() != self._sha256:
            raise _RefusedError("hash")
        return f"/proc/self/fd/{self._file.fileno()}" if sys.platform == "linux" else self._path

    def __exit__(self, *_exception: object) -> None:
        self._file.close()


def _serve(order: _Order, model: str) -> _Server:
    """Load *model* and return the listening server."""
    try:
        import xllamacpp
    except ImportError:
        raise _RefusedError("runtime") from None
    p = xllamacpp.CommonParams()
    p.model.path = model
    p.model_alias = {"local"}
    # One context for all, so that a lone long conversation may have it whole. Keys and values stay at 16 bit:
    # at 8 bit the built-in model loses its thread.
    p.n_ctx, p.n_parallel, p.kv_unified = order["context_tokens"], order["parallel"], True
    # A model that finds no end must not hold the context for ever.
    p.n_predict = order["context_tokens"] // 2
    p.cpuparams.n_threads = p.cpuparams_batch.n_threads = order["threads"]
    if order["chat_template"]:
        p.chat_template = order["chat_template"]
    p.n_batch, p.n_ubatch = _BATCH_TOKENS, _STEP_TOKENS
    p.cache_prompt, p.cache_ram_mib = True, _PROMPT_CACHE_MIB
    # Not reachable by others: loopback, a port of the system's choice, a key, and no page may read it.
    p.hostnames, p.port, p.api_keys = ["127.0.0.1"], 0, [order["api_key"]]
    p.cors_origins, p.cors_methods, p.cors_headers = "", "POST", "content-type"
    p.cors_origins_explicit, p.cors_credentials = True, False
    # Nothing that shows prompts, nothing that fetches, no pages.
    p.endpoint_slots = p.endpoint_props = p.endpoint_metrics = p.ui = p.ui_mcp_proxy = False
    p.offline, p.verbosity, p.path_prompts_log_dir, p.slot_save_path = True, -1, "", ""
    try:
        server: _Server = xllamacpp.Server(p)
    except Exception:  # noqa: BLE001 - whatever the binding makes of a native failure
        raise _RefusedError("load") from None
    return server


if __name__ == "__main__":
    sys.exit(main())
