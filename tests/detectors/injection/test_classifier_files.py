from __future__ import annotations

import hashlib
import json

import pytest

from stockade.core.errors import ConfigError
from stockade.detectors.injection.classifier_files import NAMES, PINS, ModelFiles, packaged, read_model

CONTENT = {
    "first.onnx": b"one",
    "second.onnx": b"two",
    "vocabulary.txt": "[PAD]\né".encode(),
    "scale.json": b"{}",
}


@pytest.fixture
def folder(tmp_path):
    for name, data in CONTENT.items():
        (tmp_path / name).write_bytes(data)
    pins = {name: hashlib.sha256(data).hexdigest() for name, data in CONTENT.items()}
    (tmp_path / PINS).write_text(json.dumps(pins), "utf-8")
    return tmp_path


def test_files_that_are_the_pinned_ones_are_read(folder):
    assert read_model(folder) == ModelFiles(b"one", b"two", ("[PAD]", "é"), b"{}")


@pytest.mark.parametrize("name", NAMES)
def test_one_changed_bit_is_refused(folder, name):
    data = bytearray((folder / name).read_bytes())
    data[0] ^= 1
    (folder / name).write_bytes(bytes(data))
    with pytest.raises(ConfigError, match=name):
        read_model(folder)


@pytest.mark.parametrize("name", [*NAMES, PINS])
def test_a_missing_file_is_refused(folder, name):
    (folder / name).unlink()
    with pytest.raises(ConfigError):
        read_model(folder)


@pytest.mark.parametrize("pins", [b"", b"[]", b"\xff", b'{"first.onnx": 1}', b"{}"])
def test_pins_that_pin_nothing_are_refused(folder, pins):
    (folder / PINS).write_bytes(pins)
    with pytest.raises(ConfigError):
        read_model(folder)


def test_the_model_that_is_shipped_is_the_one_that_is_pinned():
    files = read_model(packaged())
    assert len(files.first) + len(files.second) < 40_000_000
    assert "inspected" not in repr(files)
    assert repr(files) == "ModelFiles()"
