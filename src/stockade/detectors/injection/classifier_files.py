"""The model's files: read from the package, and refused unless each is the one that was released.

The hash of every file stands in ``pins.json`` and is compared before anything interprets the bytes: a
runtime that parses a model someone swapped is already running their graph. Nothing is fetched, ever.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Protocol

from stockade.core.errors import ConfigError

FIRST, SECOND, VOCABULARY, SCALE = "first.onnx", "second.onnx", "vocabulary.txt", "scale.json"
NAMES = (FIRST, SECOND, VOCABULARY, SCALE)
PINS = "pins.json"


class Folder(Protocol):
    """Where the files are: a directory, or the inside of an archive."""

    def joinpath(self, name: str, /) -> Readable:
        """Return the file called *name*."""
        ...


class Readable(Protocol):
    """One file."""

    def read_bytes(self) -> bytes:
        """Return what is in it."""
        ...


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """The verified bytes of a model.

    Attributes:
        first: the network that looks at everything.
        second: the network for what the first does not clear.
        vocabulary: the word pieces by number.
        scale: how scores become confidences, as JSON.
    """

    first: bytes = field(repr=False)
    second: bytes = field(repr=False)
    vocabulary: tuple[str, ...] = field(repr=False)
    scale: bytes = field(repr=False)


def packaged() -> Folder:
    """Return the folder of the model that comes with the product."""
    return resources.files("stockade.detectors.injection").joinpath("model")


def read_model(folder: Folder) -> ModelFiles:
    """Read the model in *folder*.

    Raises:
        ConfigError: a file is missing, or is not the one that is pinned.
    """
    pins = _pins(_read(folder, PINS))
    found = {name: _verified(folder, name, pins) for name in NAMES}
    vocabulary = tuple(found[VOCABULARY].decode("utf-8").split("\n"))
    return ModelFiles(found[FIRST], found[SECOND], vocabulary, found[SCALE])


def _pins(data: bytes) -> Mapping[str, str]:
    try:
        table = json.loads(data)
    except ValueError:
        table = None
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise ConfigError("the pins of the injection model cannot be read", hint=_REINSTALL)
    return table


def _verified(folder: Folder, name: str, pins: Mapping[str, str]) -> bytes:
    data = _read(folder, name)
    if not hmac.compare_digest(hashlib.sha256(data).hexdigest(), pins.get(name, "")):
        raise ConfigError(f"the injection model's {name} is not the file that was released", hint=_REINSTALL)
    return data


def _read(folder: Folder, name: str) -> bytes:
    try:
        return folder.joinpath(name).read_bytes()
    except OSError:
        raise ConfigError(f"the injection model's {name} cannot be read", hint=_REINSTALL) from None


_REINSTALL = "install the package again from a source you trust"
