"""Logs and proofs made by the writer, for the program that must not believe it."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from stockade.audit.disk import Disk
from stockade.audit.entry import encoded
from stockade.audit.key import LogKey
from stockade.audit.seal import Seals
from stockade.audit.sink import Sink

KEY = LogKey("stockade/verify", b"k" * 32)


@pytest.fixture
def key():
    return KEY


@pytest.fixture
def memory(tmp_path):
    """A folder that no disk slows down, where there is one."""
    shared = Path("/dev/shm")
    if not os.access(shared, os.W_OK):
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(dir=shared))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def written(memory):
    """Write a log of 1 + count + 1 entries and return its folder."""

    def write(count=12, *, name="log", segment_bytes=2_000, stopped=True, big=0):
        folder = memory / name
        folder.mkdir()
        sink = Sink(folder, Disk(), Seals(folder, Disk(), KEY))
        sink.segment_bytes = segment_bytes
        assert sink.start(1_700_000_000_000) == ""
        for n in range(count):
            body = {"n": n, "key_id": f"k{n % 2}", "pad": "x" * big}
            assert sink.append([encoded("request", body)], 1_700_000_000_000 + n) == ""
        if stopped:
            assert sink.stop(1_700_000_000_000 + count) == ""
        sink.close()
        return folder

    return write
