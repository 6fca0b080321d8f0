"""The command line as its user calls it: arguments in; exit code, standard output and error out."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass, field

import pytest

from stockade.cli import main


@dataclass
class Ran:
    code: int
    out: str = field(repr=False)
    err: str = field(repr=False)


@pytest.fixture
def run(tmp_path, monkeypatch, capfdbinary):
    monkeypatch.setenv("STOCKADE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("STOCKADE_CONFIG", raising=False)

    def call(*arguments: str, stdin: bytes | str = b"") -> Ran:
        raw = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
        capfdbinary.readouterr()
        try:
            main(list(arguments))
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else int(bool(stop.code))
        out, err = capfdbinary.readouterr()
        return Ran(code, out.decode(), err.decode())

    return call
