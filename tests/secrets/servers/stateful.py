"""A small HTTP server with a state, for services whose real server cannot be had: one function answers."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


class Asked:
    """One request as it arrived."""

    def __init__(self, handler):
        parts = urlsplit(handler.path)
        self.method = handler.command
        self.path = parts.path
        self.query = dict(parse_qsl(parts.query))
        self.headers = {name.lower(): value for name, value in handler.headers.items()}
        self.raw = handler.rfile.read(int(self.headers.get("content-length", "0")))

    @property
    def json(self):
        return json.loads(self.raw) if self.raw else {}

    @property
    def form(self):
        return dict(parse_qsl(self.raw.decode()))

    @property
    def bearer(self):
        return self.headers.get("authorization", "").removeprefix("Bearer ")


class Stateful:
    """Answers by ``answer(asked) -> (status, JSON)``; remembers every request; can be told to fail.

    Attributes:
        fail_with: a status that every request gets instead of its answer; 0 for none.
    """

    def __init__(self):
        self.asked = []
        self.fail_with = 0
        self.lock = threading.RLock()
        self.url = ""

    def answer(self, asked):
        raise NotImplementedError

    def respond(self, asked):
        with self.lock:
            self.asked.append(asked)
            if self.fail_with:
                return self.fail_with, {"error": "told to fail"}
            return self.answer(asked)


@contextmanager
def served(state):
    """Serve *state* on loopback; its ``url`` is set."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def reply(self):
            status, body = state.respond(Asked(self))
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    for method in ("GET", "POST", "PUT", "DELETE", "PATCH"):
        setattr(Handler, f"do_{method}", Handler.reply)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
