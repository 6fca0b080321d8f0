"""The child process alone: what it says, what it keeps quiet, and when it leaves."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stockade.gateway import engine_child

CHILD = Path(engine_child.__file__)


def order(model: Path, **changes: object) -> bytes:
    fields = {
        "model_path": str(model), "sha256": "", "threads": 1, "context_tokens": 256, "parallel": 1,
        "chat_template": "", "api_key": "the-key", "parent": os.getpid(), **changes,
    }  # fmt: skip
    return json.dumps(fields).encode() + b"\n"


def child() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", str(CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def said(line: bytes) -> tuple[int, bytes, bytes]:
    """Give a child its order, keep its input open, and return exit code, output and errors."""
    process = child()
    process.stdin.write(line)
    process.stdin.flush()
    out = process.stdout.readline()
    process.wait(60)
    process.stdin.close()
    errors = process.stderr.read()
    process.stdout.close()
    process.stderr.close()
    return process.returncode, out, errors


def test_the_child_imports_nothing_of_the_gateway():
    imported = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(ast.parse(CHILD.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert not any(name.startswith("stockade") for name in imported)


@pytest.mark.parametrize(
    ("content", "changes", "word"),
    [
        (None, {}, "missing"),
        (b"GGUF", {"sha256": "0" * 64}, "hash"),
        (b"GGUF" + bytes(500), {}, "load"),
        (b"not a model", {}, "load"),
    ],
)
def test_why_it_cannot_start_is_one_word_and_all_that_is_said(tmp_path, content, changes, word):
    model = tmp_path / "model.gguf"
    if content is not None:
        model.write_bytes(content)
    assert said(order(model, **changes)) == (1, json.dumps({"failed": word}).encode() + b"\n", b"")


def test_it_leaves_when_its_input_ends(tmp_path):
    process = child()
    begun = time.monotonic()
    # A parent that is gone before the order was read leaves an empty line, and no address is ever said.
    out, _ = process.communicate(b"", timeout=30)
    assert out == b""
    assert time.monotonic() - begun < 30


@pytest.mark.skipif(os.name != "posix", reason="asks who its parent is")
def test_it_serves_nobody_but_the_parent_it_was_told(tmp_path):
    model = tmp_path / "model.gguf"
    model.write_bytes(b"GGUF")
    code, out, _ = said(order(model, parent=1))
    assert (code, out) == (0, b"")


@pytest.mark.skipif(sys.platform != "linux", reason="names an open file by its descriptor")
def test_the_file_that_is_loaded_is_the_very_one_that_was_hashed(tmp_path):
    import hashlib

    model = tmp_path / "model.gguf"
    model.write_bytes(b"the right one")
    digest = hashlib.sha256(b"the right one").hexdigest()
    with engine_child._verified(str(model), digest) as path:
        model.unlink()
        model.write_bytes(b"swapped in between")
        assert Path(path).read_bytes() == b"the right one"


@pytest.mark.model
def test_it_says_where_it_listens_and_leaves_without_ceremony(model_home):
    from stockade.models import installed

    model = installed(model_home)
    process = child()
    process.stdin.write(order(model.path, sha256=model.sha256))
    process.stdin.flush()
    address = json.loads(process.stdout.readline())["address"]
    assert address.startswith("http://127.0.0.1:")
    begun = time.monotonic()
    out, errors = process.communicate(timeout=30)
    assert time.monotonic() - begun < 5
    assert (out, errors) == (b"", b"")
