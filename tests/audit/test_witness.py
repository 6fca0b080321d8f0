"""The witness protocol against a witness that keeps to it, over a real socket."""

from __future__ import annotations

import shutil
import threading
from base64 import b64encode
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from stockade.audit.verify import verify
from stockade.audit.witness import WITNESSED, ask_witness, post
from stockade.core.errors import ConfigError, StoreError, TamperedError
from stockade_verify import ForgedError, VerifierKey, check_consistency, open_checkpoint
from stockade_verify.note import COSIGNATURE, unpacked

PRIVATE = Ed25519PrivateKey.from_private_bytes(b"w" * 32)
WITNESS = VerifierKey.made("witness.example/w1", PRIVATE.public_key().public_bytes_raw(), COSIGNATURE)


class Witness:
    """Remembers the newest checkpoint of each log it knows, as the protocol has it."""

    def __init__(self):
        self.logs: list[VerifierKey] = []
        self.known: dict[str, tuple[int, bytes]] = {}
        self.asked: list[bytes] = []

    def answer(self, body):
        self.asked.append(body)
        head, _, note = body.partition(b"\n\n")
        old, *steps = head.decode().split("\n")
        size = int(old.removeprefix("old "))
        try:
            checkpoint = open_checkpoint(note, self.logs)
        except ForgedError:
            return 404, b""
        before = self.known.get(checkpoint.origin, (0, b""))
        if size != before[0]:
            return 409, f"{before[0]}\n".encode()
        try:
            if before[0]:
                newer = (checkpoint.size, checkpoint.root)
                check_consistency(before, newer, [unpacked(step) for step in steps])
        except ForgedError:
            return 422, b""
        self.known[checkpoint.origin] = (checkpoint.size, checkpoint.root)
        return 200, cosignature(note.partition(b"\n\n")[0] + b"\n")


def cosignature(text, at=1_700_000_000):
    signed = PRIVATE.sign(b"cosignature/v1\ntime %d\n%b" % (at, text))
    packed = b64encode(WITNESS.key_id + at.to_bytes(8, "big") + signed).decode()
    return f"\u2014 {WITNESS.name} {packed}\n".encode()


@pytest.fixture
def witness():
    kept = Witness()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            status, answer = kept.answer(body) if self.path == "/w/add-checkpoint" else (404, b"")
            self.send_response(status)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        kept.url = f"http://127.0.0.1:{server.server_port}/w/"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield kept
        server.shutdown()
        thread.join()


@pytest.fixture
def grow(open_log, folder, witness):
    def growing(count=3):
        log = open_log()
        for n in range(count):
            log.record("a", {"n": n})
        log.close()
        witness.logs = [VerifierKey.parse((folder / "log.pub").read_text())]

    return growing


def test_a_witness_signs_each_checkpoint_of_a_log_that_grows(grow, folder, witness):
    for size in (5, 10, 15):
        grow()
        note = ask_witness(folder, witness.url, WITNESS)
        assert note == (folder / WITNESSED).read_bytes()
        checkpoint = open_checkpoint(note, [*witness.logs, WITNESS])
        assert (checkpoint.size, checkpoint.witnesses) == (size, (WITNESS.name,))
    assert len(witness.asked) == 3
    assert verify(folder, known=[note]).covered == 15


def test_what_the_witness_knows_is_asked_of_it_where_it_is_not_known_here(grow, folder, witness):
    grow()
    ask_witness(folder, witness.url, WITNESS)
    (folder / WITNESSED).unlink()
    grow()
    ask_witness(folder, witness.url, WITNESS)
    assert [body.partition(b"\n")[0] for body in witness.asked] == [b"old 0", b"old 0", b"old 5"]


def test_a_log_cut_back_or_forked_is_contradicted(grow, folder, witness):
    grow()
    copy = folder.with_name("yesterday")
    shutil.copytree(folder, copy)
    grow()
    ask_witness(folder, witness.url, WITNESS)
    shutil.rmtree(folder)
    copy.rename(folder)
    with pytest.raises(TamperedError, match="knows 10 entries") as caught:
        ask_witness(folder, witness.url, WITNESS)
    assert caught.value.hint
    grow(20)
    with pytest.raises(TamperedError, match="not the beginning"):
        ask_witness(folder, witness.url, WITNESS)
    assert not (folder / WITNESSED).exists()


def test_a_witness_that_does_not_know_the_log_signs_nothing(grow, folder, witness):
    grow()
    witness.logs = []
    with pytest.raises(StoreError, match="status 404"):
        ask_witness(folder, witness.url, WITNESS)


@pytest.mark.parametrize("answer", [b"", b"rubbish", cosignature(b"another text\n")])
def test_an_answer_that_is_no_signature_is_not_kept(grow, folder, answer):
    grow()
    with pytest.raises(StoreError, match="does not hold"):
        ask_witness(folder, "https://w.example", WITNESS, send=lambda url, body: (200, answer))
    assert not (folder / WITNESSED).exists()


@pytest.mark.parametrize("answer", [b"", b"-1\n", b"x" * 50, b"99999\n"])
def test_a_conflict_that_cannot_be_is_told(grow, folder, answer):
    grow()
    with pytest.raises(TamperedError):
        ask_witness(folder, "https://w.example", WITNESS, send=lambda url, body: (409, answer))


def test_only_a_witness_s_key_is_taken_for_one(grow, folder, witness):
    grow()
    with pytest.raises(ConfigError):
        ask_witness(folder, witness.url, witness.logs[0])


@pytest.mark.parametrize("url", ["http://w.example", "ftp://w.example", "file:///etc/passwd", "w", ""])
def test_a_witness_is_asked_over_https_only(url):
    with pytest.raises(ConfigError):
        post(url, b"")


def test_a_witness_that_does_not_answer_is_an_error_of_ours():
    with pytest.raises(StoreError, match="does not answer"):
        post("http://127.0.0.1:9/", b"", timeout_s=2)
